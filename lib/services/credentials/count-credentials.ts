import "server-only";
import { z } from "zod";

import { countCredentialsByKind } from "@/lib/data/credentials";
import { findUser } from "@/lib/data/users";
import { may } from "@/lib/domain/policy";

import { query } from "../use-case";

/** How many credentials of each kind count towards a user's limits, by the kind's id. */
export const countUserCredentials = query({
  name: "countCredentials",
  input: z.strictObject({ ownerId: z.string() }),
  load: (tx, { ownerId }) => findUser(tx, ownerId),
  authorize: (caller, user) => may(caller, "CountCredentials", { user }),
  run: (tx, { loaded: owner }) => countCredentialsByKind(tx, owner.id),
});
