import "server-only";
import type { UserRow } from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { storedCapabilities } from "@/lib/domain/users/capabilities";

/** Throws `invalid_input` for a user who cannot have a console password here. */
export function requireLocal({ kind, capabilities }: UserRow): void {
  if (kind === "service")
    throw new AppError(
      "invalid_input",
      "A service user has no console password; it works with keys only.",
    );
  if (kind === "federated")
    throw new AppError(
      "invalid_input",
      "This user signs in at an identity provider and has no console password here.",
    );
  if (!storedCapabilities.parse(capabilities).canUseConsolePassword)
    throw new AppError(
      "invalid_input",
      "The capability “Local password” is off for this user. Switch it on first.",
    );
}
