import "server-only";
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const goodbyeMilliseconds = 1_000;
const longestDrainMilliseconds = 10_000;

/**
 * Stops taking requests without losing one: first a second of answers with `Connection: close`, because closing at once
 * races with requests on reused connections; then the listener, and what is still running gets time to finish.
 */
export async function closeServer(
  server: Server,
  { isHurried }: { isHurried: boolean },
): Promise<void> {
  if (!server.listening) return;
  if (!isHurried) await sleep(goodbyeMilliseconds);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), longestDrainMilliseconds);
  await closed;
  clearTimeout(late);
}
