import "server-only";
import { z } from "zod";

import { findPolicy, updatePolicy as changePolicy } from "@/lib/data/policies";
import { statements, versionDate } from "@/lib/domain/policies/policy-fields";
import { presentPolicy } from "@/lib/domain/policies/present";
import { every, may, mayGive } from "@/lib/domain/policy";
import { definedTags, freeformTags } from "@/lib/domain/tags";
import { description } from "@/lib/domain/text";

import { requireSeen, seenVersion } from "../seen";
import { mutation } from "../use-case";
import { actorNow, lockPolicies, requireOpen } from "./to-change";

/** Changes a policy; in force with the next request. Of what is added nobody gives what they do not hold themselves. */
export const updatePolicy = mutation({
  name: "updatePolicy",
  input: z.strictObject({
    policyId: z.string(),
    seenVersion,
    description: description.optional(),
    statements: statements.optional(),
    versionDate: versionDate.optional(),
    freeformTags: freeformTags.optional(),
    definedTags: definedTags.optional(),
  }),
  stepUp: true,
  load: async (tx, { policyId }, caller) => {
    const policy = await findPolicy(tx, policyId);
    return policy && { policy, actor: await actorNow(tx, caller) };
  },
  authorize: (_caller, { policy, actor }, input) =>
    every([
      may(actor, "UpdatePolicy"),
      mayGive(actor, onlyIn(input.statements, policy.statements)),
    ]),
  lock: lockPolicies,
  version: ({ policy }) => policy.version,
  run: async (tx, { loaded: { policy }, input: { policyId, seenVersion: seen, ...change } }) => {
    requireOpen(policy);
    requireSeen(seen, policy);
    const given = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined),
    );
    return presentPolicy(await changePolicy(tx, policyId, given));
  },
  audit: ({ loaded: { policy }, input: { policyId, seenVersion: _seen, ...change } }) => ({
    owner: null,
    subject: { type: "policy", id: policyId, name: policy.name },
    details: {
      changed: Object.keys(change),
      ...(change.statements && {
        added: onlyIn(change.statements, policy.statements),
        removed: onlyIn(policy.statements, change.statements),
      }),
    },
  }),
});

const onlyIn = (some: readonly string[] = [], others: readonly string[]) =>
  some.filter((text) => !others.includes(text));
