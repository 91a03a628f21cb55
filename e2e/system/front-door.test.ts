import { readdirSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { bypasses } from "../support/bypass";
import { ConsoleSession } from "../support/console-session";
import { pageEntries } from "../support/entries";
import { isFull, report } from "../support/race";
import { exchange, type RawReply, wire } from "../support/raw";
import { startServer, type RunningServer } from "../support/server";
import { addPeople, commonPassword, type House, startHouse } from "../support/house";
import type { Person } from "../support/people";

/** G2 and G34: what the front door lets in, and what every answer carries. */
const publicName = "console.latchkey.test";
const metricsToken = "metrics-token-of-the-system-test-0123456789";

let house: House;
let secure: RunningServer;
let person: Person;
let cookie: string;
const counts = { answers: 0, statuses: new Set<number>(), scripts: 0, nonces: 0, bypasses: 0 };

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
  const [made] = await addPeople(house, 1);
  if (!made) throw new Error("Nobody was made.");
  person = made;
  const session = new ConsoleSession(house.server.url);
  await session.signIn(person.name, commonPassword);
  cookie = session.cookieHeader;
});

afterAll(async () => {
  await secure.stop();
  await house.stop();
  report("G34 headers, G2 bypasses", {
    ...counts,
    statuses: [...counts.statuses].toSorted().join(" "),
  });
});

type Headers = (readonly [string, string])[];

async function ask(line: string, headers: Headers = [], body = ""): Promise<RawReply> {
  const { port } = house.server;
  const isHostGiven = headers.some(([name]) => name.toLowerCase() === "host");
  const host: Headers = isHostGiven ? [] : [["host", `localhost:${port}`]];
  return exchange(port, wire(line, [...host, ...headers], body));
}

async function askSecure(line: string, headers: Headers = [], body = ""): Promise<RawReply> {
  return exchange(secure.port, wire(line, [["host", publicName], ...headers], body));
}

const everywhere: Record<string, RegExp> = {
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "referrer-policy": /^same-origin$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "permissions-policy": /camera=\(\)/,
  "content-security-policy":
    /^default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$|^default-src 'self'; script-src 'nonce-[A-Za-z0-9+/]{24}' 'strict-dynamic';/,
};

const strictTransport = "max-age=31536000; includeSubDomains";

function missingHeaders({ status, headers }: RawReply): string[] {
  counts.answers += 1;
  counts.statuses.add(status);
  const missing = Object.entries(everywhere)
    .filter(([name, pattern]) => !pattern.test(headers.get(name) ?? ""))
    .map(([name]) => name);
  const script = /script-src ([^;]*)/.exec(headers.get("content-security-policy") ?? "")?.[1] ?? "";
  return [
    ...missing,
    ...(script.includes("unsafe") ? ["a script-src without unsafe"] : []),
    ...["x-powered-by", "server"].filter((name) => headers.has(name)),
  ];
}

function addresses(): string[] {
  const asset = /\/_next\/static\/[^"\\]+\.js/.exec(signInPage)?.[0] ?? "/_next/static/none.js";
  return [
    ...pageEntries().map((path) =>
      path
        .replace("[userId]", person.id)
        .replace("[section]", "api-keys")
        .replace("[kind]", "api_key")
        .replace("[...nextauth]", "session"),
    ),
    "/nowhere",
    "/api/nowhere",
    "/api/auth/nowhere",
    "/_next/nowhere",
    asset,
    "/favicon.ico",
    "/20160918/regions",
    "/20160918/nowhere",
    "/openapi.json",
    "/healthz",
    "/readyz",
    "/metrics",
  ];
}

let signInPage = "";

test("every answer of every address carries the headers, whatever its status", async () => {
  signInPage = (await ask("GET /sign-in")).body;
  const own = `http://localhost:${house.server.port}`;
  const form: Headers = [
    ["origin", own],
    ["content-type", "text/plain"],
  ];
  const broken: Headers = [
    ["origin", own],
    ["content-type", "multipart/form-data"],
  ];
  const problems: string[] = [];
  for (const path of addresses()) {
    const replies: [string, RawReply][] = [
      ["GET", await ask(`GET ${path}`)],
      ["GET signed in", await ask(`GET ${path}`, [["cookie", cookie]])],
      [
        "GET data",
        await ask(`GET ${path}?_rsc`, [
          ["cookie", cookie],
          ["rsc", "1"],
        ]),
      ],
      ["HEAD", await ask(`HEAD ${path}`)],
      ["POST empty", await ask(`POST ${path}`, [...form, ["content-length", "0"]])],
      ["POST broken", await ask(`POST ${path}`, [...broken, ["content-length", "1"]], "x")],
      [
        "POST foreign",
        await ask(`POST ${path}`, [
          ["origin", "https://evil.test"],
          ["content-length", "0"],
        ]),
      ],
      [
        "POST without length",
        await ask(`POST ${path}`, [...form, ["transfer-encoding", "chunked"]], "0\r\n\r\n"),
      ],
      ["DELETE", await ask(`DELETE ${path}`)],
      ["TRACE", await ask(`TRACE ${path}`)],
      ["foreign host", await ask(`GET ${path}`, [["host", "evil.test"]])],
    ];
    for (const [what, reply] of replies) {
      const missing = missingHeaders(reply);
      if (missing.length > 0)
        problems.push(`${what} ${path} (${reply.status}): ${missing.join(", ")}`);
    }
    const overTls = await askSecure(`GET ${path}`);
    if (overTls.headers.get("strict-transport-security") !== strictTransport)
      problems.push(`${path} over https: no HSTS`);
  }
  expect(problems).toEqual([]);
  for (const family of [2, 3, 4, 5])
    expect([...counts.statuses].some((status) => Math.floor(status / 100) === family)).toBe(true);
});

test("every script of every page has the nonce of its answer, and no nonce comes twice", async () => {
  const seen = new Set<string>();
  let answers = 0;
  const look = async (path: string, headers: Headers) => {
    const { headers: given, body } = await ask(`GET ${path}`, headers);
    const policy = given.get("content-security-policy") ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    if (nonce === undefined) return;
    answers += 1;
    seen.add(nonce);
    const tags = body.match(/<script\b[^>]*>/g) ?? [];
    counts.scripts += tags.length;
    expect(
      tags.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      path,
    ).toEqual([]);
    if (given.get("content-type")?.startsWith("text/html"))
      expect(given.get("cache-control")).toMatch(/no-store/);
  };
  for (const path of addresses().filter((path) => !path.startsWith("/_next/static/"))) {
    await look(path, []);
    await look(path, [["cookie", cookie]]);
  }
  for (let round = 0; round < (isFull ? 10_000 : 200); round += 1) await look("/nowhere", []);
  counts.nonces = seen.size;
  expect(seen.size).toBe(answers);
  expect(counts.scripts).toBeGreaterThan(100);
});

describe("what is turned away", () => {
  const own = () => `http://localhost:${house.server.port}`;

  test.each(["TRACE", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])(
    "%s on pages: 405",
    async (method) => {
      for (const path of ["/", "/sign-in", "/profile/details", "/api/auth/session", "/nowhere"]) {
        const { status, headers } = await ask(`${method} ${path}`, [["cookie", cookie]]);
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
    userName: person.name,
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
    `/identity/users/${person.id}/details`,
    `/identity/users/${person.id}/activity`,
    `/api/console/users/${person.id}/activity`,
    `/api/console/users/${person.id}/credentials/api_key`,
  ];
  const leaks: string[] = [];
  for (const { name, headers, target } of bypasses) {
    for (const page of pages) {
      const { status, body, headers: given } = await ask(`GET ${target(page)}`, [...headers]);
      counts.bypasses += 1;
      const isShown = body.includes(person.name) || body.includes("@people.test");
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
