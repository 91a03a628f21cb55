import "server-only";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const goodbyeMilliseconds = 1_000;
const firstRequestMilliseconds = 500;
const longestDrainMilliseconds = 10_000;

/** The connections of a server, from its first on: Node does not tell which of them never asked anything. */
export function watchConnections(server: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return open;
}

/**
 * Stops taking requests without losing one: first a second of answers with `Connection: close`, because closing at once
 * races with requests on reused connections; then the listener, and what is still running gets time to finish.
 */
export async function closeServer(
  server: Server,
  connections: ReadonlySet<Socket>,
  { isHurried }: { isHurried: boolean },
): Promise<void> {
  if (!server.listening) return;
  if (!isHurried) await sleep(goodbyeMilliseconds);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // Browsers open some ahead of need. To Node they are not idle, and a stop would wait for them to the last. No new ones
  // come any more; the last that came get time for what they came with.
  const unasked = setTimeout(() => {
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
  }, firstRequestMilliseconds);
  const late = setTimeout(() => server.closeAllConnections(), longestDrainMilliseconds);
  await closed;
  clearTimeout(unasked);
  clearTimeout(late);
}
