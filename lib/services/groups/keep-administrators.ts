import "server-only";
import { countActiveAdministrators } from "@/lib/data/groups";
import type { Tx } from "@/lib/data/db";
import { AppError } from "@/lib/domain/errors";

/**
 * `Administrators` keeps a member who can act once this one is out of it or closed. Call under the group's lock; throws
 * `conflict`.
 */
export async function requireOtherAdministrator(
  tx: Tx,
  groupId: string,
  userId: string,
): Promise<void> {
  if ((await countActiveAdministrators(tx, groupId, { except: userId })) > 0) return;
  throw new AppError(
    "conflict",
    "Administrators keeps at least one active member. Add another one first.",
  );
}
