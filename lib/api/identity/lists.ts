import { z } from "zod";

import type { Caller } from "@/lib/domain/caller";
import { notFound } from "@/lib/domain/errors";

/** Query parameters that lists share (identity-api.md 5.1, 5.2); the use cases judge their values further. */
const bounded = z.string().min(1, "Leave it out or give it a value.").max(255);

export const compartmentQuery = { compartmentId: bounded };

export const pageQuery = {
  limit: z
    .string()
    .regex(/^\d{1,4}$/, "Use a number from 1 to 1000.")
    .optional(),
  page: z.string().min(1, "Leave it out or give it a value.").max(512).optional(),
};

const states = ["CREATING", "ACTIVE", "INACTIVE", "DELETING", "DELETED"] as const;

/** Whatever its case. */
export const lifecycleStateQuery = {
  lifecycleState: z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(states))
    .optional(),
};

/** Groups and policies are ACTIVE from their creation to their end. */
export const mayHold = ({
  lifecycleState,
}: {
  lifecycleState?: (typeof states)[number] | undefined;
}) => lifecycleState === undefined || lifecycleState === "ACTIVE";

export const sortQuery = {
  sortBy: z.enum(["TIMECREATED", "NAME"]).optional(),
  sortOrder: z.enum(["ASC", "DESC"]).optional(),
};

export const nameQuery = { name: bounded.optional() };

/** What lists of things that have a name and a lifecycle take, all of them. */
export const namedListQuery = {
  ...compartmentQuery,
  ...pageQuery,
  ...nameQuery,
  ...sortQuery,
  ...lifecycleStateQuery,
};

/** A `name` is asked for as it is spelt; the use cases find it whatever its case, so one at most is left out here. */
export const isNamed = ({ name }: { name?: string | undefined }, item: { name: string }) =>
  name === undefined || item.name === name;

export const idQuery = bounded.optional();

/** Everything lives in the root compartment: any other is not there. Throws `not_found`. */
export function requireTenancy(caller: Caller, compartmentId: string): void {
  if (compartmentId !== caller.tenancyId) throw notFound();
}

/** A use case's input from a query: what is absent stays absent. */
export function given(query: Record<string, unknown>, ...names: string[]): Record<string, unknown> {
  const found = names.map((name) => [name, query[name]] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}
