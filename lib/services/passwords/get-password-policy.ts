import "server-only";
import { z } from "zod";

import { findUser } from "@/lib/data/users";
import { isSelf } from "@/lib/domain/policy";

import { query } from "../use-case";
import { passwordPolicyOf } from "./policy";

/** The rules that a new console password has to meet. Whoever must change theirs needs to read them, too. */
export const getPasswordPolicy = query({
  name: "getPasswordPolicy",
  input: z.strictObject({}),
  duringForcedChange: true,
  load: (tx, _input, caller) => findUser(tx, caller.userId),
  authorize: isSelf,
  run: (tx) => passwordPolicyOf(tx),
});
