import "server-only";
import { runtime } from "@/lib/config/runtime";

/** Somebody has to look at the row: it is shown as unreadable, and everything around it goes on. */
export function logUnreadable({
  id,
  ownerId,
  kind,
}: {
  readonly id: string;
  readonly ownerId: string;
  readonly kind: string;
}): void {
  runtime().log.error(
    { credential: id, owner: ownerId, kind },
    "a stored credential is unreadable",
  );
}
