import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { countPolicies, insertPolicy } from "@/lib/data/policies";
import { AppError } from "@/lib/domain/errors";
import { makeOcid } from "@/lib/domain/ocid";
import {
  mostPolicies,
  policyName,
  statements,
  versionDate,
} from "@/lib/domain/policies/policy-fields";
import { presentPolicy } from "@/lib/domain/policies/present";
import { every, may, mayGive } from "@/lib/domain/policy";
import { definedTags, freeformTags } from "@/lib/domain/tags";
import { description } from "@/lib/domain/text";
import { random } from "@/lib/secrets/random";

import { mutation } from "../use-case";
import { actorNow, lockPolicies } from "./to-change";

/**
 * Writes a policy; it is in force with the next request. Nobody gives what they do not hold themselves. Throws
 * `already_exists` for a taken name, `limit_reached`.
 */
export const createPolicy = mutation({
  name: "createPolicy",
  input: z.strictObject({
    name: policyName,
    description,
    statements,
    versionDate: versionDate.optional(),
    freeformTags: freeformTags.optional(),
    definedTags: definedTags.optional(),
  }),
  stepUp: true,
  load: (tx, _input, caller) => actorNow(tx, caller),
  authorize: (_caller, actor, input) =>
    every([may(actor, "CreatePolicy"), mayGive(actor, input.statements)]),
  lock: lockPolicies,
  run: async (tx, { input }) => {
    const { tenancy } = runtime();
    if ((await countPolicies(tx, tenancy.id)) >= mostPolicies)
      throw new AppError(
        "limit_reached",
        `A tenancy has at most ${mostPolicies} policies. Add the statements to one of them.`,
      );
    const policy = await insertPolicy(tx, {
      id: makeOcid("policy", tenancy.realm, random),
      tenancyId: tenancy.id,
      name: input.name,
      description: input.description,
      statements: input.statements,
      versionDate: input.versionDate ?? null,
      freeformTags: input.freeformTags ?? {},
      definedTags: input.definedTags ?? {},
    });
    return presentPolicy(policy);
  },
  audit: ({ input, output }) => ({
    owner: null,
    subject: { type: "policy", id: output?.id ?? "", name: input.name },
    details: { added: input.statements },
  }),
});
