import "server-only";
import { z } from "zod";

import { deletePolicy as removePolicy, findPolicy } from "@/lib/data/policies";
import { may } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { actorNow, lockPolicies, requireOpen } from "./to-change";

/** Deletes a policy: what only it granted is over with the next request. */
export const deletePolicy = mutation({
  name: "deletePolicy",
  input: z.strictObject({ policyId: z.string() }),
  stepUp: true,
  load: async (tx, { policyId }, caller) => {
    const policy = await findPolicy(tx, policyId);
    return policy && { policy, actor: await actorNow(tx, caller) };
  },
  authorize: (_caller, { actor }) => may(actor, "DeletePolicy"),
  lock: lockPolicies,
  version: ({ policy }) => policy.version,
  run: async (tx, { loaded: { policy } }) => {
    requireOpen(policy);
    await removePolicy(tx, policy.id);
    return { id: policy.id };
  },
  audit: ({ loaded: { policy } }) => ({
    owner: null,
    subject: { type: "policy", id: policy.id, name: policy.name },
    details: { removed: policy.statements },
  }),
});
