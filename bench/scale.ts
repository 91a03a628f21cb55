import { readFileSync, rmSync } from "node:fs";

import { type ConsoleSession, settleAdministrator } from "../e2e/support/console-session";
import { countOf, rowsOf, withDatabase } from "../e2e/support/database";
import { type RunningServer, startServer } from "../e2e/support/server";
import { say, verdict } from "./measure";
import { seedUsers } from "./seed";

/** What people do, at a thousand users and at a million, on one machine in one run: `npm run bench:scale [-- users]`. */
const small = 1_000;
const large = Number(process.argv[2] ?? 1_000_000);
const times = 80;
const atMost = 2;

interface House {
  readonly server: RunningServer;
  readonly session: ConsoleSession;
}

/** The address of the n-th visit: never the same twice where somebody would not ask for the same. */
type Visit = (n: number) => Promise<string> | string;

async function main(): Promise<void> {
  const server = await startServer();
  try {
    const { session } = await settleAdministrator(server);
    const house = { server, session };
    await seed(house, 1, small);
    const before = await measure(house, small);
    await seed(house, small + 1, large);
    const after = await measure(house, large);
    for (const [what, slow] of after) {
      const ratio = slow / (before.get(what) ?? Number.NaN);
      say(
        `${what}: ${ratio.toFixed(2)} times the p95 of ${small} users (at most ${atMost}), ${verdict(atMost, ratio)}`,
      );
      if (!(ratio <= atMost)) process.exitCode = 1;
    }
    await exportEverything(house);
  } finally {
    await server.stop();
    rmSync(server.dataDir, { recursive: true, force: true });
  }
}

async function seed({ server: { dataDir } }: House, from: number, to: number): Promise<void> {
  const began = performance.now();
  await withDatabase(dataDir, (client) => seedUsers(client, { from, to }));
  const counted = await Promise.all(
    ["users", "credentials", "audit_events"].map(
      async (table) => `${await countOf(dataDir, `select count(*) from ${table}`)} ${table}`,
    ),
  );
  say(`seeded in ${((performance.now() - began) / 1_000).toFixed(0)} s: ${counted.join(", ")}`);
}

async function measure(house: House, users: number): Promise<Map<string, number>> {
  const names = await sample(house);
  const name = (n: number) => names[n % names.length] ?? { id: "", name: "" };
  const visits: Record<string, Visit> = {
    "users list": () => "/identity/users",
    "users by prefix": (n) => `/identity/users?search=${name(n).name.slice(0, -2)}`,
    "users by substring": (n) => `/identity/users?search=${name(n).name.slice(3)}`,
    "users by common substring": () => "/identity/users?search=schmidt",
    "users by a first name late in the alphabet": () => "/identity/users?search=tara",
    "users by two letters that nobody has": () => "/identity/users?search=zq",
    "users by what nobody has": (n) => `/identity/users?search=nobody-${n}`,
    "users by OCID": (n) => `/identity/users?search=${name(n).id}`,
    "suspended users": () => "/identity/users?state=suspended",
    "federated users": () => "/identity/users?kind=federated",
    "newest users": () => "/identity/users?sort=-created",
    "blocked users": () => "/identity/users?state=blocked",
    "users with old credentials": () => "/identity/users?holds=old",
    "next page of users": await pagesAfter(house, "/identity/users"),
    "user page": (n) => `/identity/users/${name(n).id}/api-keys`,
    "audit log": () => "/identity/audit",
    "audit log of a person": (n) => `/identity/audit?search=${name(n).name}`,
    "audit log of an action": () => "/identity/audit?action=issueCredential",
    "credential report page": () => "/identity/credential-report?show=old",
    "credential report, first byte": () => "/api/console/credential-report/export?format=csv",
  };
  const p95s = new Map<string, number>();
  for (const [what, visit] of Object.entries(visits)) {
    const taken: number[] = [];
    // The first visits compile the page and fill caches, at either size.
    for (let n = -10; n < times; n += 1) {
      const path = await visit(n + 10);
      const spent = await timed(house, path, what.endsWith("first byte"));
      if (n >= 0) taken.push(spent);
    }
    const p95 = quantile(taken, 0.95);
    p95s.set(what, p95);
    say(
      `${users} users, ${what}: p50 ${quantile(taken, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`,
    );
  }
  return p95s;
}

/** People from everywhere in the table. */
function sample({ server }: House): Promise<{ id: string; name: string }[]> {
  return rowsOf(
    server.dataDir,
    "select id, name from users where name like '%.%.%' order by md5(id) limit 100",
  );
}

/** Every visit one page further, as somebody who leafs through. */
async function pagesAfter(house: House, start: string): Promise<Visit> {
  let next = start;
  return async () => {
    const path = next;
    const page = await (await get(house, path)).text();
    const link = /href="([^"]*[?&]page=[^"]*)"[^>]*>Next page/.exec(page)?.[1];
    next = link === undefined ? start : link.replaceAll("&amp;", "&");
    return next;
  };
}

async function get({ server, session }: House, path: string): Promise<Response> {
  const answer = await fetch(server.url + path, { headers: { cookie: session.cookieHeader } });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  return answer;
}

async function timed(house: House, path: string, isFirstByte: boolean): Promise<number> {
  const began = performance.now();
  const answer = await get(house, path);
  if (!isFirstByte) {
    await answer.arrayBuffer();
    return performance.now() - began;
  }
  const reader = answer.body?.getReader();
  await reader?.read();
  const spent = performance.now() - began;
  await reader?.cancel();
  return spent;
}

/** Everything that can be taken along, while the process is watched. */
async function exportEverything(house: House): Promise<void> {
  for (const path of ["credential-report", "users", "audit"]) {
    const began = performance.now();
    const answer = await get(house, `/api/console/${path}/export?format=csv`);
    const memory: number[] = [];
    let bytes = 0;
    let seen = 0;
    for await (const part of answer.body ?? []) {
      bytes += part.length;
      if (performance.now() - seen < 250) continue;
      seen = performance.now();
      memory.push(residentMegabytes(house.server.pid));
    }
    // What the first tenth took is the engine's own; a leak or a buffer would go on from there.
    const settled = Math.max(...memory.slice(0, Math.ceil(memory.length / 10)));
    const most = Math.max(...memory);
    const seconds = (performance.now() - began) / 1_000;
    say(
      `export of ${path}: ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(0)} s, memory ${settled.toFixed(0)} MB after a tenth, ${most.toFixed(0)} MB at most (64 MB more at most), ${verdict(settled + 64, most)}`,
    );
    if (most > settled + 64) process.exitCode = 1;
  }
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1_024;
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

await main();
