import "server-only";
import type { Tenancy } from "@/lib/config/runtime";
import type { Tx } from "@/lib/data/db";
import { changePolicies, insertPolicy, readStatements } from "@/lib/data/policies";
import { makeOcid } from "@/lib/domain/ocid";
import { firstPolicies } from "@/lib/domain/policies/first-policies";
import { random } from "@/lib/secrets/random";

/** Makes the policies that a tenancy begins with, once: what an administrator deletes later stays deleted. */
export async function ensureFirstPolicies(tx: Tx, { id, realm }: Tenancy): Promise<void> {
  if ((await readStatements(tx, id)).version > 0) return;
  // Of servers that start at once, one was here first.
  if ((await changePolicies(tx, id)) > 0) return;
  for (const { statements, ...policy } of firstPolicies) {
    await insertPolicy(tx, {
      ...policy,
      id: makeOcid("policy", realm, random),
      tenancyId: id,
      statements: [...statements],
      versionDate: null,
      freeformTags: {},
      definedTags: {},
    });
  }
}
