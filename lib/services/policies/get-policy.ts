import "server-only";
import { z } from "zod";

import { findPolicy } from "@/lib/data/policies";
import { presentPolicy } from "@/lib/domain/policies/present";
import { may } from "@/lib/domain/policy";

import { query } from "../use-case";

export const getPolicy = query({
  name: "getPolicy",
  input: z.strictObject({ policyId: z.string() }),
  load: (tx, { policyId }) => findPolicy(tx, policyId),
  authorize: (caller) => may(caller, "GetPolicy"),
  run: (_tx, { loaded: policy }) => presentPolicy(policy),
});
