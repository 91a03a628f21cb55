import "server-only";
import { z } from "zod";

import { findUser } from "@/lib/data/users";
import { may } from "@/lib/domain/policy";

import { query } from "../use-case";
import { usageOf } from "./usage";

/** How many credentials of each kind a user has and may have, by the kind's id. */
export const getUsage = query({
  name: "getUsage",
  input: z.strictObject({ ownerId: z.string() }),
  load: (tx, { ownerId }) => findUser(tx, ownerId),
  authorize: (caller, user) => may(caller, "CountCredentials", { user }),
  run: (tx, { loaded: owner }) => usageOf(tx, owner.id),
});
