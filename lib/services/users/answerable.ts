import "server-only";
import { z } from "zod";

import type { Tx } from "@/lib/data/db";
import { findUserByNameKey, holdPersonByNameKey } from "@/lib/data/users";
import type { UserKind } from "@/lib/domain/caller";
import { AppError } from "@/lib/domain/errors";
import { userName, userNameKey } from "@/lib/domain/users/user-name";

/** A person by their user name, or nobody: an empty text and null both say so. */
const someone = z.union([z.literal("").transform(() => null), z.null(), userName]);

/** Who answers for a service user, and who stands in for them. */
export const answerableFields = { owner: someone.optional(), deputy: someone.optional() };

interface Asked {
  readonly owner?: string | null | undefined;
  readonly deputy?: string | null | undefined;
}

/**
 * The columns for what was asked. Throws `invalid_input` at the field: only service users have an owner, who is a
 * person, and their deputy is another one.
 */
export async function answerableColumns(
  tx: Tx,
  kind: UserKind,
  { owner, deputy }: Asked,
  now: { ownerId?: string | undefined; deputyId?: string | undefined } = {},
): Promise<{ ownerId?: string | null; deputyId?: string | null }> {
  if (kind !== "service") {
    if (owner) throw problem("owner", "Only a service user has an owner.");
    if (deputy) throw problem("deputy", "Only a service user has a deputy.");
    return {};
  }
  if (owner === null) throw problem("owner", "Say who answers for this service user.");
  const ownerId = owner === undefined ? undefined : await personNamed(tx, "owner", owner);
  const deputyId = deputy ? await personNamed(tx, "deputy", deputy) : deputy;
  const isOne = (ownerId ?? now.ownerId) === (deputyId === undefined ? now.deputyId : deputyId);
  if (isOne && (ownerId ?? now.ownerId) !== undefined)
    throw problem("deputy", "The deputy is somebody else than the owner.");
  return {
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(deputyId === undefined ? {} : { deputyId }),
  };
}

/**
 * Keeps those who were asked for from being deleted, before the service user itself is locked: a deletion locks in this
 * order, too.
 */
export async function holdAnswerable(tx: Tx, { owner, deputy }: Asked): Promise<void> {
  for (const name of [owner, deputy]) if (name) await holdPersonByNameKey(tx, userNameKey(name));
}

async function personNamed(tx: Tx, field: string, name: string): Promise<string> {
  const person = await holdPersonByNameKey(tx, userNameKey(name));
  if (person) return person.id;
  throw problem(
    field,
    (await findUserByNameKey(tx, userNameKey(name)))
      ? `“${name}” is a service user: only a person can answer for another one.`
      : `There is no user “${name}”.`,
  );
}

function problem(field: string, message: string): AppError {
  return new AppError("invalid_input", message, { fields: { [field]: message } });
}
