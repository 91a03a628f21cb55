import "server-only";
import { z } from "zod";

import { findUser, listAnsweredFor } from "@/lib/data/users";
import { allowedWith, may } from "@/lib/domain/policy";
import { presentUser } from "@/lib/domain/users/present";

import { query } from "../use-case";

const mostListed = 20;

/** A user and all that the caller may do with them: a page offers nothing that its use case would refuse. */
export const getManagedUser = query({
  name: "getUser",
  input: z.strictObject({ userId: z.string() }),
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "GetUser", { user }),
  run: async (tx, { caller, loaded: user }) => ({
    user: presentUser(user),
    mayDo: allowedWith(caller, user),
    groupNames: user.groups.map(({ name }) => name),
    answersFor: user.kind === "service" ? [] : await listAnsweredFor(tx, user.id, mostListed),
  }),
});
