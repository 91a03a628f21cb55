import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type ConsoleSession, settleAdministrator } from "../support/console-session";
import { postgresProcesses } from "../support/processes";
import { type RunningServer, startServer } from "../support/server";
import { call, type Signer } from "../support/signer";

let server: RunningServer;
let session: ConsoleSession;
let signer: Signer;

beforeAll(async () => {
  server = await startServer();
  ({ session, signer } = await settleAdministrator(server));
});
afterAll(() => server.stop());

const signal = (name: NodeJS.Signals) => {
  for (const pid of postgresProcesses(server.dataDir)) process.kill(pid, name);
};

const ask = () => call(server.url, signer, { method: "GET", path: `/users/${signer.userId}` });

describe("a database that does not answer", () => {
  it("makes pages and API a 503 that says when to come back, and all is well when it answers again", async () => {
    signal("SIGSTOP");
    try {
      const page = await session.get("/profile/api-keys");
      expect(page.status).toBe(503);
      expect(page.headers.get("retry-after")).toBe("5");
      expect(await page.text()).toContain("The database is away");
      const reply = await ask();
      expect([reply.status, reply.body]).toMatchObject([503, { code: "ServiceUnavailable" }]);
      expect(Number(reply.headers["retry-after"])).toBeGreaterThan(0);
      const ready = await fetch(`${server.url}/readyz`);
      expect(ready.status).toBe(503);
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    } finally {
      signal("SIGCONT");
    }
    await expect.poll(async () => (await ask()).status, { timeout: 20_000 }).toBe(200);
    const page = await session.get("/profile/api-keys");
    expect([page.status, page.headers.get("retry-after")]).toEqual([200, null]);
  });
});
