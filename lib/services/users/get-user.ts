import "server-only";
import { z } from "zod";

import { findUser } from "@/lib/data/users";
import { may } from "@/lib/domain/policy";
import { presentUser } from "@/lib/domain/users/present";

import { query } from "../use-case";

export const getUser = query({
  name: "getUser",
  input: z.strictObject({ userId: z.string() }),
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "GetUser", { user }),
  run: (_tx, { loaded: user }) => presentUser(user),
});
