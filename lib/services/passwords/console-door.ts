import "server-only";
import { findAccount } from "@/lib/data/accounts";
import {
  type ConsolePassword,
  findConsolePasswords,
  type PasswordSlot,
  replaceVerifier,
} from "@/lib/data/console-passwords";
import { storedCapabilities } from "@/lib/domain/users/capabilities";

import { checkPassword, type PasswordCheck, type PasswordDoor } from "./check";

/** The console, by the password that its user chose and, where asked for, by the temporary one that was mailed. */
export function consoleDoor(slots: readonly PasswordSlot[]): PasswordDoor<ConsolePassword> {
  return {
    findUser: findAccount,
    isFor: ({ kind }) => kind === "local",
    isOpenTo: ({ state, kind, capabilities }) =>
      state === "active" &&
      kind === "local" &&
      storedCapabilities.parse(capabilities).canUseConsolePassword,
    places: 2,
    passwords: async (tx, userId) => {
      const all = await findConsolePasswords(tx, userId);
      return slots.flatMap((slot) => all.filter((one) => one.slot === slot));
    },
    strengthen: (tx, user, weak, verifier) => replaceVerifier(tx, user.id, weak.verifier, verifier),
  };
}

/** A check of the console's password for whoever has nothing to add to it. */
export function checkConsolePassword({
  slots,
  ...attempt
}: Parameters<typeof checkPassword>[1] & { slots: readonly PasswordSlot[] }): Promise<
  PasswordCheck<ConsolePassword>
> {
  return checkPassword(consoleDoor(slots), attempt, { whenRight: async () => undefined });
}
