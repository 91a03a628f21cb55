import { readdirSync } from "node:fs";

import { metadataPaths, oauthPaths } from "@/lib/domain/oauth/addresses";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { pageAccess, type PageRow } from "../support/access-pages";
import { bypasses } from "../support/bypass";
import { type Cell, Cells } from "../support/cell";
import { ConsoleSession } from "../support/console-session";
import { operationEntries, pageEntries } from "../support/entries";
import { isFull, report } from "../support/race";
import { type Question, questions } from "../support/questions";
import { exchange, type RawReply, wire } from "../support/raw";
import { startServer, type RunningServer } from "../support/server";
import { commonPassword, type House, startHouse } from "../support/house";
import { HeaderJudge, headersOf, missingHeaders } from "../support/security-headers";
import { call, ownDate, send } from "../support/signer";

/** G2 and G34: what the front door lets in, and what every answer carries. */
const publicName = "console.latchkey.test";
const metricsToken = "metrics-token-of-the-system-test-0123456789";

let house: House;
let secure: RunningServer;
let owner: Cell & { readonly cookie: string };
let bypassesTried = 0;

beforeAll(async () => {
  house = await startHouse();
  secure = await startServer({
    dataDir: house.server.dataDir,
    env: {
      LATCHKEY_URL: `https://${publicName}`,
      HOST: "127.0.0.1",
      LATCHKEY_METRICS_TOKEN: metricsToken,
    },
  });
  const { cookie = "", ...cell } = await (await Cells.open(house)).make("owner");
  owner = { ...cell, cookie };
});

afterAll(async () => {
  await secure.stop();
  await house.stop();
  report("G34 headers, G2 bypasses", {
    answers: judge.answers,
    statuses: [...judge.statuses].toSorted().join(" "),
    scripts: judge.scripts,
    nonces: judge.nonces.size,
    bypasses: bypassesTried,
  });
});

type Headers = readonly (readonly [string, string])[];

async function ask(line: string, headers: Headers = [], body = ""): Promise<RawReply> {
  const { port } = house.server;
  const isHostGiven = headers.some(([name]) => name.toLowerCase() === "host");
  const host: Headers = isHostGiven ? [] : [["host", `localhost:${port}`]];
  return exchange(port, wire(line, [...host, ...headers], body));
}

const hostHeader = () => ({ host: `localhost:${house.server.port}` });

async function askSecure(line: string, headers: Headers = [], body = ""): Promise<RawReply> {
  return exchange(secure.port, wire(line, [["host", publicName], ...headers], body));
}

const strictTransport = "max-age=31536000; includeSubDomains";
const judge = new HeaderJudge();

/** Pages of the build as the person's and the administrator's own, so that both see what is there. */
function pages(): { path: string; isForSomebody: boolean }[] {
  const rows: Record<string, PageRow> = pageAccess;
  return pageEntries().flatMap((name) => {
    const row = rows[name];
    const verdicts = [row?.verdicts.owner, row?.verdicts.administrator];
    const isForSomebody = verdicts.includes("allowed");
    return { path: row?.paths(owner.target)[0] ?? name, isForSomebody };
  });
}

const others = (asset: string) => [
  "/nowhere",
  "/api/nowhere",
  "/api/auth/nowhere",
  "/api/report-leak",
  "/_next/nowhere",
  asset,
  "/favicon.ico",
  "/20160918/regions",
  "/20160918/nowhere",
  ...metadataPaths,
  ...Object.values(oauthPaths),
  "/openapi.json",
  "/healthz",
  "/readyz",
  "/metrics",
];

const visitors = () => ({
  origin: `http://localhost:${house.server.port}`,
  person: owner.cookie,
  administrator: house.admin.session.cookieHeader,
});

/** All questions at one address; answers its faults and the statuses by question. */
async function crawl(path: string, asked: readonly Question[]) {
  const statuses: Record<string, number> = {};
  const faults = await Promise.all(
    asked.map(async ([what, method, headers, body]) => {
      const address = what === "data" ? `${path}${path.includes("?") ? "&" : "?"}_rsc` : path;
      const reply = await ask(`${method} ${address}`, headers, body);
      statuses[what] = reply.status;
      const found = judge.faultsOf(reply);
      return found.length === 0 ? [] : [`${what} ${path} (${reply.status}): ${found.join(", ")}`];
    }),
  );
  return { statuses, faults: faults.flat() };
}

test("every answer of every address carries the headers, whatever its status", async () => {
  const { body } = await ask("GET /sign-in");
  const asset = /\/_next\/static\/[^"\\]+\.js/.exec(body)?.[0] ?? "";
  const problems: string[] = [];
  const asked = questions(visitors());
  for (const { path, isForSomebody } of [
    ...pages(),
    ...others(asset).map((one) => ({ path: one, isForSomebody: false })),
  ]) {
    const { faults, statuses } = await crawl(path, asked);
    problems.push(...faults);
    const seen = [statuses["GET signed in"], statuses["GET as administrator"]];
    if (isForSomebody && !seen.includes(200)) problems.push(`${path} is only refused`);
    const overTls = await askSecure(`GET ${path}`);
    if (overTls.headers.get("strict-transport-security") !== strictTransport)
      problems.push(`${path} over https: no HSTS`);
  }
  expect(problems).toEqual([]);
  expect(judge.scripts).toBeGreaterThan(100);
  for (const family of [2, 3, 4])
    expect([...judge.statuses].some((status) => Math.floor(status / 100) === family)).toBe(true);
});

test("every operation's answer carries the headers, signed or not", async () => {
  const problems: string[] = [];
  const { url } = house.server;
  for (const { name, method, path } of await operationEntries(url)) {
    const filled = path.replaceAll(/\{\w+\}/g, owner.target.id);
    const replies = [
      await call(url, house.admin.signer, { method: "GET", path: filled, date: ownDate() }),
      await send(url, { method, target: `/20160918${filled}`, headers: hostHeader(), body: "" }),
    ];
    for (const { status, headers } of replies) {
      const faults = judge.faultsOf({ status, headers: headersOf(headers), body: "" });
      if (faults.length > 0) problems.push(`${name} (${status}): ${faults.join(", ")}`);
    }
  }
  expect(problems).toEqual([]);
});

test("a failure of ours carries them too, as page, data and reply", async () => {
  const { database, server, admin } = house;
  const away = ["sessions", "credentials"];
  const failed = new Set<string>();
  const problems: string[] = [];
  for (const table of away) await database.query(`alter table ${table} rename to ${table}_away`);
  try {
    const asked = questions(visitors()).filter(([what]) => /GET|data/.test(what));
    for (const { path } of pages()) {
      const { faults, statuses } = await crawl(path, asked);
      problems.push(...faults);
      for (const [what, status] of Object.entries(statuses)) if (status === 500) failed.add(what);
    }
    const path = `/users/${admin.id}`;
    const reply = await call(server.url, admin.signer, { method: "GET", path });
    if (reply.status === 500) failed.add("reply");
    problems.push(...missingHeaders(headersOf(reply.headers)));
  } finally {
    for (const table of away) await database.query(`alter table ${table}_away rename to ${table}`);
  }
  expect(problems).toEqual([]);
  expect([...failed].toSorted()).toEqual([
    "GET as administrator",
    "GET signed in",
    "data",
    "reply",
  ]);
  expect(judge.nonces.size).toBe(judge.given);
});

test("no nonce comes twice", async () => {
  for (let round = 0; round < (isFull ? 10_000 : 200); round += 1)
    expect(judge.faultsOf(await ask("GET /nowhere"))).toEqual([]);
  expect(judge.nonces.size).toBe(judge.given);
});

describe("what is turned away", () => {
  const own = () => `http://localhost:${house.server.port}`;

  test.each(["TRACE", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])(
    "%s on pages: 405",
    async (method) => {
      for (const path of ["/", "/sign-in", "/profile/details", "/api/auth/session", "/nowhere"]) {
        const { status, headers } = await ask(`${method} ${path}`, [["cookie", owner.cookie]]);
        expect(status, path).toBe(405);
        expect(headers.get("allow")).toBe("GET, HEAD, POST");
      }
    },
  );

  test("a Host that is not ours: 421, but not for probes", async () => {
    const { port } = house.server;
    for (const host of [
      "evil.test",
      "localhost",
      `localhost:${port + 1}`,
      `evil.test:${port}`,
      "",
    ]) {
      for (const path of ["/sign-in", "/20160918/regions", "/openapi.json"])
        expect((await ask(`GET ${path}`, [["host", host]])).status, `${host} ${path}`).toBe(421);
      for (const path of ["/healthz", "/readyz", "/metrics"])
        expect((await ask(`GET ${path}`, [["host", host]])).status, `${host} ${path}`).toBe(200);
    }
    for (const host of [`LOCALHOST:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
      expect((await ask("GET /sign-in", [["host", host]])).status, host).toBe(200);
    expect((await exchange(port, "GET /sign-in HTTP/1.0\r\n\r\n")).status).toBe(421);
  });

  test("two Hosts, absolute targets and dot segments: 400", async () => {
    const host = ["host", `localhost:${house.server.port}`] as const;
    expect((await ask("GET /sign-in", [host, host])).status).toBe(400);
    expect((await ask("GET /20160918/regions", [host, ["Host", "evil.test"]])).status).toBe(400);
    const targets = ["http://localhost/sign-in", `${own()}/sign-in`, "*", "evil.test:443"];
    for (const target of targets) expect((await ask(`GET ${target}`)).status, target).toBe(400);
    const dotted = [
      "/../sign-in",
      "/x/../sign-in",
      "/./sign-in",
      "/%2e%2e/sign-in",
      "/x/.%2E/y",
      "/x/..",
      "/20160918/../20160918/regions",
      "/x\\..\\y",
    ];
    for (const target of dotted) expect((await ask(`GET ${target}`)).status, target).toBe(400);
  });

  test("a form without length: 411; too large: 413, as JSON for machines", async () => {
    const origin = ["origin", own()] as const;
    const chunked = ["transfer-encoding", "chunked"] as const;
    const length = (size: number) => ["content-length", String(size)] as const;
    for (const path of ["/sign-in", "/profile/details", "/api/auth/signout"]) {
      expect((await ask(`POST ${path}`, [origin, chunked], "0\r\n\r\n")).status).toBe(411);
      expect(
        (await ask(`POST ${path}`, [origin, length(262_145)], "x".repeat(262_145))).status,
      ).toBe(413);
      expect(
        (await ask(`POST ${path}`, [origin, length(262_144)], "x".repeat(262_144))).status,
      ).not.toBe(413);
    }
    for (const size of [65_537, 262_145]) {
      const reply = await ask("POST /20160918/users", [length(size)], "x".repeat(size));
      expect(reply.status).toBe(413);
      expect(JSON.parse(reply.body)).toMatchObject({ code: "PayloadTooLarge" });
    }
  });

  test("an Upgrade is answered like any other request", async () => {
    const upgrade: Headers = [
      ["upgrade", "websocket"],
      ["sec-websocket-version", "13"],
      ["sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="],
    ];
    for (const path of [
      "/",
      "/_next/hmr",
      "/_next/webpack-hmr",
      "/sign-in",
      "/profile/details",
      "/nowhere",
      "/healthz",
      "/20160918/regions",
    ])
      for (const server of [ask, askSecure]) {
        const reply = await server(`GET ${path}`, [...upgrade, ["connection", "Upgrade"]]);
        expect([path, reply.isHanging]).toEqual([path, false]);
        expect([200, 307, 401, 404]).toContain(reply.status);
      }
    expect((await ask("GET /", [...upgrade, ["host", "evil.test"]])).status).toBe(421);
  });

  test("the prerendered error page by its name: our 404", async () => {
    for (const target of [
      "/_global-error",
      "/_global-error?x",
      "/_global-error/",
      "/_global-error.rsc",
    ]) {
      const { status, headers, body } = await ask(`GET ${target}`);
      const nonce = /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1] ?? "";
      expect([target, status]).toEqual([target, 404]);
      expect(body).toContain(`nonce="${nonce}"`);
      expect(headers.get("cache-control")).not.toMatch(/max-age=[1-9]/);
    }
  });
});

test("nothing but the last resort is prerendered", () => {
  const files = readdirSync(".next/server/app", { recursive: true, encoding: "utf8" });
  expect(files.filter((path) => path.endsWith(".html"))).toEqual(["_global-error.html"]);
});

test("metrics ask for the token when there is one", async () => {
  const bearing = (value: string): Headers => [["authorization", value]];
  expect((await askSecure("GET /metrics")).status).toBe(401);
  for (const wrong of ["Bearer x", `Basic ${metricsToken}`, `Bearer ${metricsToken}x`, "Bearer "])
    expect((await askSecure("GET /metrics", bearing(wrong))).status, wrong).toBe(401);
  const reply = await askSecure("GET /metrics", bearing(`Bearer ${metricsToken}`));
  expect(reply.status).toBe(200);
  expect(reply.body).toContain("process_cpu");
});

test("over https the cookie is bound to the host", async () => {
  const { body, headers } = await signInOver(`https://${publicName}`);
  const given = headers.get("set-cookie") ?? body;
  expect(given).toMatch(/^__Host-latchkey\.session=/);
  for (const attribute of [/;\s*Secure/i, /;\s*HttpOnly/i, /;\s*SameSite=Lax/i, /;\s*Path=\//i])
    expect(given).toMatch(attribute);
  expect(given).not.toMatch(/Domain=/i);
});

async function signInOver(origin: string): Promise<RawReply> {
  const local = new ConsoleSession(house.server.url);
  const { type, body } = await local.prepareForm("/sign-in", {
    userName: owner.target.name,
    password: commonPassword,
  });
  return askSecure(
    "POST /sign-in",
    [
      ["origin", origin],
      ["content-type", type],
      ["content-length", String(body.length)],
    ],
    body.toString("latin1"),
  );
}

test("no known way past a guard shows a stranger anything", async () => {
  const pages = [
    "/profile/details",
    "/identity/users",
    `/identity/users/${owner.target.id}/details`,
    `/identity/users/${owner.target.id}/activity`,
    `/api/console/users/${owner.target.id}/activity`,
    `/api/console/users/${owner.target.id}/credentials/api_key`,
  ];
  const leaks: string[] = [];
  for (const { name, headers, target } of bypasses) {
    for (const page of pages) {
      const { status, body, headers: given } = await ask(`GET ${target(page)}`, [...headers]);
      bypassesTried += 1;
      const isShown = body.includes(owner.target.name) || body.includes("@people.test");
      const isOdd = status >= 500 || status === 0 || given.get("location")?.includes("evil.test");
      if (isShown || isOdd) leaks.push(`${name} on ${page}: ${status}`);
    }
  }
  expect(leaks).toEqual([]);
  expect(bypasses.length).toBeGreaterThanOrEqual(60);
});

test("sockets that asked for an upgrade do not keep a server from ending", async () => {
  const extra = await startServer({ dataDir: house.server.dataDir });
  const upgrade: Headers = [
    ["host", `localhost:${extra.port}`],
    ["upgrade", "websocket"],
    ["connection", "Upgrade"],
  ];
  for (const path of ["/", "/_next/hmr", "/nowhere"])
    await exchange(extra.port, wire(`GET ${path}`, upgrade));
  expect(await extra.stop()).toBe(0);
});

test("a forged policy does not become ours", async () => {
  for (const name of ["content-security-policy", "content-security-policy-report-only"]) {
    const { headers, body } = await ask("GET /sign-in", [[name, "script-src 'nonce-forged'"]]);
    expect(headers.get("content-security-policy")).not.toContain("forged");
    expect(body).not.toContain("forged");
  }
});
