import "server-only";
import { and, asc, count, eq, sql } from "drizzle-orm";

import { AppError } from "@/lib/domain/errors";

import type { Tx } from "./db";
import { keyset, type PageRequest } from "./keyset";
import { violatedConstraint } from "./problems";
import { policies } from "./schema/policies";
import { tenancies } from "./schema/tenancies";

const columns = {
  id: policies.id,
  tenancyId: policies.tenancyId,
  name: policies.name,
  description: policies.description,
  statements: policies.statements,
  versionDate: policies.versionDate,
  isProtected: policies.isProtected,
  freeformTags: policies.freeformTags,
  definedTags: policies.definedTags,
  version: policies.version,
  createdAt: policies.createdAt,
};

export interface PolicyRow {
  id: string;
  tenancyId: string;
  name: string;
  description: string;
  statements: string[];
  versionDate: string | null;
  isProtected: boolean;
  freeformTags: unknown;
  definedTags: unknown;
  version: number;
  createdAt: Date;
}

/**
 * Every statement in force and the version that this is, in one statement, so that the two always belong together. A
 * tenancy without policies has none.
 */
export async function readStatements(
  tx: Tx,
  tenancyId: string,
): Promise<{ version: number; policies: { id: string; name: string; statements: string[] }[] }> {
  const rows = await tx
    .select({
      version: tenancies.policiesVersion,
      id: policies.id,
      name: policies.name,
      statements: policies.statements,
    })
    .from(tenancies)
    .leftJoin(policies, eq(policies.tenancyId, tenancies.id))
    .where(eq(tenancies.id, tenancyId))
    .orderBy(asc(policies.createdAt), asc(policies.id));
  return {
    version: rows[0]?.version ?? 0,
    policies: rows.flatMap(({ id, name, statements }) =>
      id === null || name === null || statements === null ? [] : [{ id, name, statements }],
    ),
  };
}

/**
 * Begins a change to the policies: until the transaction ends nobody else makes one, and every request after it reads
 * them anew. Answers the version that was before.
 */
export async function changePolicies(tx: Tx, tenancyId: string): Promise<number> {
  const [changed] = await tx
    .update(tenancies)
    .set({ policiesVersion: sql`${tenancies.policiesVersion} + 1` })
    .where(eq(tenancies.id, tenancyId))
    .returning({ version: tenancies.policiesVersion });
  if (!changed) throw new Error("The tenancy is not in its own database.");
  return changed.version - 1;
}

type NewPolicy = Omit<PolicyRow, "version" | "createdAt" | "isProtected"> & {
  isProtected?: boolean;
};

/** Throws `already_exists` for a taken name, whatever its case. Call after `changePolicies`. */
export async function insertPolicy(tx: Tx, policy: NewPolicy): Promise<PolicyRow> {
  try {
    const [made] = await tx
      .insert(policies)
      .values({ ...policy, nameKey: policy.name.toLowerCase() })
      .returning(columns);
    if (!made) throw new Error("The insert of a policy returned nothing.");
    return made;
  } catch (error) {
    if (violatedConstraint(error) !== "policies_name_key") throw error;
    throw new AppError("already_exists", "A policy of this name exists. Choose another name.", {
      fields: { name: "A policy of this name exists." },
    });
  }
}

export async function findPolicy(tx: Tx, id: string): Promise<PolicyRow | undefined> {
  const [policy] = await tx.select(columns).from(policies).where(eq(policies.id, id));
  return policy;
}

export async function countPolicies(tx: Tx, tenancyId: string): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(policies)
    .where(eq(policies.tenancyId, tenancyId));
  return row?.count ?? 0;
}

export async function listPolicies(
  tx: Tx,
  tenancyId: string,
  filter: { name?: string | undefined },
  page: PageRequest,
): Promise<PolicyRow[]> {
  const named =
    filter.name === undefined ? undefined : eq(policies.nameKey, filter.name.toLowerCase());
  const { beyond, order } = keyset(page, policies);
  return tx
    .select(columns)
    .from(policies)
    .where(and(eq(policies.tenancyId, tenancyId), named, beyond))
    .orderBy(...order)
    .limit(page.limit + 1);
}

/** Call after `changePolicies`. */
export async function updatePolicy(
  tx: Tx,
  id: string,
  change: Partial<
    Pick<PolicyRow, "description" | "statements" | "versionDate" | "freeformTags" | "definedTags">
  >,
): Promise<PolicyRow> {
  const [changed] = await tx
    .update(policies)
    .set({ ...change, version: sql`${policies.version} + 1` })
    .where(eq(policies.id, id))
    .returning(columns);
  if (!changed) throw new Error("A policy vanished under its lock.");
  return changed;
}

/** Call after `changePolicies`. */
export async function deletePolicy(tx: Tx, id: string): Promise<void> {
  await tx.delete(policies).where(eq(policies.id, id));
}
