import { once } from "node:events";
import { createServer, get, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { closeServer, watchConnections } from "./close";

let server: Server;
let connections: ReadonlySet<Socket>;
let port: number;

beforeEach(async () => {
  // No wait ends by itself here.
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  server = createServer();
  connections = watchConnections(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => vi.useRealTimers());

const stop = () => closeServer(server, connections, { isHurried: true });

async function connected(): Promise<Socket> {
  const before = connections.size;
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  await vi.waitUntil(() => connections.size > before);
  return socket;
}

it("waits for answers under way, and not to the last for connections on which nothing is asked", async () => {
  const silent = await connected();
  const asked = once(server, "request");
  const answered = once(get({ port, host: "127.0.0.1", agent: false }), "response");
  const [, response] = await asked;

  const closed = stop();
  const isSilentClosed = once(silent, "close");
  await vi.advanceTimersByTimeAsync(500);
  await isSilentClosed;
  response.end("whole");
  const [message] = await answered;
  expect(await message.setEncoding("utf8").toArray()).toEqual(["whole"]);
  await closed;
});

it("answers what comes on a connection that was made just before", async () => {
  server.on("request", (_request, response) => response.end("still here"));
  const late = await connected();
  const closed = stop();
  await vi.advanceTimersByTimeAsync(400);
  late.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  const answer = (await late.setEncoding("utf8").toArray()).join("");
  expect(answer).toContain("still here");
  await closed;
});
