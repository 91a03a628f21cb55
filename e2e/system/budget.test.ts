import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";

import { afterAll, beforeAll, expect, it } from "vitest";

import { ConsoleSession, settleAdministrator } from "../support/console-session";
import { countOf, isEmbedded, rowsOf, withDatabase } from "../support/database";
import { startByNpm } from "../support/npm-start";
import { ask, makePerson, opened, resetPassword } from "../support/people";
import { report } from "../support/race";
import { type RunningServer, startServer } from "../support/server";
import { makeKeyPair, type Signer } from "../support/signer";

let server: RunningServer;
let session: ConsoleSession;
let signer: Signer;

beforeAll(async () => {
  server = await startServer();
  ({ session, signer } = await settleAdministrator(server));
  if (isEmbedded) await logStatements();
  await server.stop();
  server = await startServer({ dataDir: server.dataDir, port: server.port });
  await addKeys();
});
afterAll(() => server?.stop());

/** The first password was shown by the first start; the administrator is settled before the log begins. */
async function logStatements(): Promise<void> {
  await withDatabase(server.dataDir, async (client) => {
    // The launcher silences the log on its command line; a setting of the database stands above that.
    await client.query("alter database postgres set log_min_messages = 'log'");
    await client.query("alter database postgres set log_statement = 'all'");
  });
}

/** Three keys, as on the page that people see. */
async function addKeys(): Promise<void> {
  for (let key = 1; key < 3; key += 1) {
    const body = { key: makeKeyPair().publicPem };
    const path = `/users/${signer.userId}/apiKeys`;
    expect((await ask(server.url, signer, { method: "POST", path, body })).status).toBe(200);
  }
}

/** The statements that the server ran while `work` did, without those of its own background. */
async function statementsDuring(work: () => Promise<void>): Promise<string[]> {
  const file = join(server.dataDir, "postgres.log");
  const before = readFileSync(file).length;
  await work();
  await sleep(300);
  const text = readFileSync(file).subarray(before).toString();
  return text
    .split(/\n(?=\d{4}-\d\d-\d\d )/)
    .flatMap((entry) => /LOG:\s+(?:statement|execute [^:]*): ([\s\S]*)/.exec(entry)?.[1] ?? [])
    .filter((statement) => !isOfBackground(statement));
}

/** The mail worker's look into its queue, the batch of last uses, the housekeeping. */
const isOfBackground = (statement: string) =>
  /\bmails\b|"servers"|"last_used_at" = |least\(|"notice_at"|pg_try_advisory|delete from/i.test(
    statement,
  );

// Statements are read from PostgreSQL's own log, which only the embedded one shows.
it.runIf(isEmbedded)(
  "a signed list of API keys takes two statements at most, and no transaction",
  async () => {
    const requests = 40;
    const path = `/users/${signer.userId}/apiKeys`;
    const list = () => ask(server.url, signer, { method: "GET", path });
    await list();
    const statements = await statementsDuring(async () => {
      for (let request = 0; request < requests; request += 1)
        expect((await list()).status).toBe(200);
    });
    report("budget/sql", { requests, statements: statements.length });
    expect(statements.length).toBeGreaterThanOrEqual(requests);
    expect(statements.length).toBeLessThanOrEqual(requests * 2);
    expect(statements.filter((statement) => /^(begin|commit)/i.test(statement))).toEqual([]);
  },
);

it.runIf(isEmbedded)(
  "a sign-in, wrong or right, reads nothing of its user but the row",
  async () => {
    const person = await makePerson(server.url, signer);
    const oneTime = await resetPassword(server.url, signer, person);
    const browser = new ConsoleSession(server.url);
    const form = (password: string) =>
      browser.prepareForm("/sign-in", { userName: person.name, password });
    const [wrong, right] = [await form("Not-The-Password-4"), await form(oneTime)];
    const statements = await statementsDuring(async () => {
      expect(opened(await browser.sendForm(wrong))).toBe(false);
      expect(opened(await browser.sendForm(right))).toBe(true);
    });
    report("budget/sign-in", { statements: statements.length });
    expect(statements.filter((statement) => /for update/i.test(statement))).toHaveLength(2);
    expect(statements.filter((one) => /"?(memberships|invitations)"?|deputy_id/.test(one))).toEqual(
      [],
    );
  },
);

it("pages, forms and API share one pool", async () => {
  const path = `/users/${signer.userId}/apiKeys`;
  await Promise.all(
    Array.from({ length: 96 }, async (_, index) => {
      if (index % 2 === 0) await ask(server.url, signer, { method: "GET", path });
      else await (await session.get("/profile/api-keys")).text();
    }),
  );
  const names = await rowsOf<{ application_name: string }>(
    server.dataDir,
    "select distinct application_name from pg_stat_activity where backend_type = 'client backend' and datname = current_database()",
  );
  const backends = await countOf(
    server.dataDir,
    "select count(*) from pg_stat_activity where application_name = 'latchkey' and datname = current_database()",
  );
  report("budget/pool", { backends });
  expect(names.map((row) => row.application_name).toSorted()).toEqual([
    "latchkey",
    "latchkey-e2e",
    ...(isEmbedded ? ["latchkey-launcher"] : []),
  ]);
  // Two pools of sixteen under such a load would show more than sixteen.
  expect(backends).toBeGreaterThan(1);
  expect(backends).toBeLessThanOrEqual(16);
});

it("the first load of the profile page brings at most 165 KB of JavaScript", async () => {
  const response = await session.get("/profile/api-keys");
  expect(response.status).toBe(200);
  const page = await response.text();
  const tags = [...page.matchAll(/<script\b[^>]*\ssrc="([^"]+)"[^>]*>/g)];
  const modern = tags.filter(([tag]) => !/\bnomodule\b/i.test(tag));
  const sources = new Set(modern.map(([, source = ""]) => source.replaceAll("&amp;", "&")));
  let bytes = 0;
  for (const source of sources) {
    const script = await fetch(new URL(source, server.url));
    expect(script.status).toBe(200);
    bytes += gzipSync(Buffer.from(await script.arrayBuffer())).length;
  }
  report("budget/javascript", { scripts: sources.size, "KB gzip": (bytes / 1024).toFixed(1) });
  expect(sources.size).toBeGreaterThan(3);
  expect(bytes).toBeLessThanOrEqual(165 * 1024);
});

it("a second npm start with nothing changed is soon ready", async () => {
  await server.stop();
  const { milliseconds, output } = await startByNpm(server.dataDir);
  report("budget/start", { milliseconds: Math.round(milliseconds) });
  expect(output).toContain("Latchkey is ready at");
  expect(output).not.toContain("Building");
  expect(milliseconds).toBeLessThan(15_000);
});
