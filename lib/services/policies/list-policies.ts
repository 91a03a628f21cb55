import "server-only";
import { z } from "zod";

import { listPolicies as selectPolicies } from "@/lib/data/policies";
import { presentPolicy } from "@/lib/domain/policies/present";
import { may } from "@/lib/domain/policy";

import { pageFields, pageOf, pageRequest, sortFields } from "../paged";
import { query } from "../use-case";

export const listPolicies = query({
  name: "listPolicies",
  input: z.strictObject({ name: z.string().optional(), ...pageFields, ...sortFields }),
  load: async () => ({}),
  authorize: (caller) => may(caller, "ListPolicies"),
  run: async (tx, { caller, input: { name, ...page } }) => {
    const request = pageRequest(page, { list: "policies", name }, caller);
    return pageOf(
      await selectPolicies(tx, caller.tenancyId, { name }, request),
      request,
      presentPolicy,
    );
  },
});
