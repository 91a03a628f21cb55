import "server-only";
import { z } from "zod";

import { AppError } from "@/lib/domain/errors";

/** The version that the writer of a form has read: a form cannot send `if-match`. */
export const seenVersion = z.int().optional();

/** Throws `stale` for a form that was filled in before somebody else's change. */
export function requireSeen(seen: number | undefined, { version }: { version: number }): void {
  if (seen !== undefined && seen !== version)
    throw new AppError(
      "stale",
      "Somebody has changed it meanwhile. Look at what it is now and repeat your change.",
    );
}
