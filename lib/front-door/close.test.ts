import { once } from "node:events";
import { createServer, get } from "node:http";
import { type AddressInfo, connect } from "node:net";

import { afterEach, expect, it, vi } from "vitest";

import { closeServer, watchConnections } from "./close";

afterEach(() => vi.useRealTimers());

it("does not wait for connections on which nothing was ever asked, and waits for answers under way", async () => {
  // The longest wait never ends here.
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const server = createServer();
  const connections = watchConnections(server);
  const asked = once(server, "request");
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const silent = connect(port, "127.0.0.1");
  await once(silent, "connect");
  const answered = once(get({ port, host: "127.0.0.1", agent: false }), "response");
  const [, response] = await asked;
  await vi.waitUntil(() => connections.size === 2);

  const isSilentClosed = once(silent, "close");
  const closed = closeServer(server, connections, { isHurried: true });
  await isSilentClosed;
  response.end("whole");
  const [message] = await answered;
  expect(await message.setEncoding("utf8").toArray()).toEqual(["whole"]);
  await closed;
});
