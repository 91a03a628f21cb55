import "server-only";
import { runtime } from "@/lib/config/runtime";
import type { Tx } from "@/lib/data/db";
import { changePolicies, findPolicy } from "@/lib/data/policies";
import { AppError } from "@/lib/domain/errors";

/** A policy that is about to change: from here on nobody else changes any, and requests read them anew afterwards. */
export async function policyToChange(tx: Tx, policyId: string) {
  await changePolicies(tx, runtime().tenancy.id);
  return findPolicy(tx, policyId);
}

/** Throws `conflict` for the one of `Administrators`. */
export function requireOpen({ isProtected }: { isProtected: boolean }): void {
  if (!isProtected) return;
  throw new AppError(
    "conflict",
    "This policy lets Administrators do everything: it can be neither changed nor deleted.",
  );
}
