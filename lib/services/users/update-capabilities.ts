import "server-only";
import { z } from "zod";

import { endSessions } from "@/lib/data/sessions";
import { findUser, lockUser, updateUser } from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { may } from "@/lib/domain/policy";
import {
  applyCapabilities,
  capabilityChanges,
  storedCapabilities,
} from "@/lib/domain/users/capabilities";
import { presentUser } from "@/lib/domain/users/present";

import { mutation } from "../use-case";

/**
 * Switches credential kinds on or off for a user. What is off opens nothing from the next attempt on; nothing is deleted,
 * but the sessions that a console password opened end with it.
 */
export const updateCapabilities = mutation({
  name: "updateCapabilities",
  input: z.strictObject({ userId: z.string(), capabilities: capabilityChanges }),
  stepUp: true,
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "UpdateUserCapabilities", { user }),
  lock: (tx, { input }) => lockUser(tx, input.userId),
  concerns: (user) => user,
  version: (user) => user.version,
  run: async (tx, { input, loaded: user }) => {
    if (user.kind === "service" && input.capabilities.canUseConsolePassword) {
      throw new AppError("invalid_input", "A service user has no console password.");
    }
    const capabilities = applyCapabilities(
      storedCapabilities.parse(user.capabilities),
      input.capabilities,
    );
    if (user.kind === "local" && !capabilities.canUseConsolePassword)
      await endSessions(tx, user.id);
    return presentUser(await updateUser(tx, user.id, { capabilities }));
  },
  audit: ({ loaded: user, input }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
    details: { capabilities: input.capabilities },
  }),
});
