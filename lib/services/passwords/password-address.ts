import "server-only";
import type { UserRow } from "@/lib/data/users";
import { addressOf, type Recipient } from "@/lib/domain/mail/recipient";
import { storedCapabilities } from "@/lib/domain/users/capabilities";

/** Where mail that opens the console may go; undefined for whoever cannot come in with a password. */
export function passwordAddressOf(user: UserRow): Recipient | undefined {
  if (user.kind !== "local" || user.state !== "active") return undefined;
  if (!storedCapabilities.parse(user.capabilities).canUseConsolePassword) return undefined;
  return addressOf(user);
}
