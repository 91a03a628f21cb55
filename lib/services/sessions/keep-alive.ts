import "server-only";
import { runtime, single } from "@/lib/config/runtime";
import { reading } from "@/lib/data/db";
import { touchSession } from "@/lib/data/sessions";

const everyMilliseconds = 60_000;
const mostRemembered = 10_000;

/** Notes that a session is in use: at most one statement a minute and session, off the caller's path. */
export function keepSessionAlive(sessionId: string, lastSeenAt: Date, now: Date): void {
  if (now.getTime() - lastSeenAt.getTime() < everyMilliseconds) return;
  const touched = single("session-touches", () => new Map<string, number>());
  if (Date.now() - (touched.get(sessionId) ?? 0) < everyMilliseconds) return;
  if (touched.size > mostRemembered) touched.clear();
  touched.set(sessionId, Date.now());
  reading((tx) => touchSession(tx, sessionId)).catch((error: unknown) =>
    runtime().log.warn({ err: error }, "a session could not be kept alive"),
  );
}
