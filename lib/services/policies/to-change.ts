import "server-only";
import { runtime } from "@/lib/config/runtime";
import type { Tx } from "@/lib/data/db";
import { changePolicies } from "@/lib/data/policies";
import { findStanding } from "@/lib/data/users";
import { AppError, notFound } from "@/lib/domain/errors";
import type { Actor } from "@/lib/domain/policy";

import { policiesAt } from "./in-force";

/** From here on nobody else changes any policy, and requests read them anew afterwards. */
export function lockPolicies(tx: Tx): Promise<unknown> {
  return changePolicies(tx, runtime().tenancy.id);
}

/**
 * Whoever writes policies, by the groups and the policies of this moment and not of the request's beginning: of two who
 * write at once the second is judged by what the first left. Throws `not_found` for somebody who was deleted meanwhile.
 */
export async function actorNow(tx: Tx, { userId }: { userId: string }): Promise<Actor> {
  const standing = await findStanding(tx, userId);
  if (!standing) throw notFound();
  const policies = await policiesAt(standing.policiesVersion, tx);
  return { userId, groups: standing.groups, policies };
}

/** Throws `conflict` for the one of `Administrators`. */
export function requireOpen({ isProtected }: { isProtected: boolean }): void {
  if (!isProtected) return;
  throw new AppError(
    "conflict",
    "This policy lets Administrators do everything: it can be neither changed nor deleted.",
  );
}
