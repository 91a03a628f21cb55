import "server-only";
import { z } from "zod";

import { findConsolePasswords } from "@/lib/data/console-passwords";
import { findUser } from "@/lib/data/users";
import { notFound } from "@/lib/domain/errors";
import { may } from "@/lib/domain/policy";

import { query } from "../use-case";

/** When the console password was set, and whether it is a one-time password; `not_found` when there is none. */
export const getPasswordInformation = query({
  name: "getPasswordInformation",
  input: z.strictObject({ userId: z.string() }),
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "GetUserUIPasswordInformation", { user }),
  run: async (tx, { loaded: user }) => {
    const main = (await findConsolePasswords(tx, user.id)).find(({ slot }) => slot === "main");
    if (!main) throw notFound();
    return {
      userId: user.id,
      createdAt: main.createdAt.toISOString(),
      isOneTime: main.mustChange,
      isExpired: main.isExpired,
    };
  },
});
