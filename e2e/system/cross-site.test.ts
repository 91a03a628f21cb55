import { afterAll, beforeAll, expect, test } from "vitest";

import { ConsoleSession } from "../support/console-session";
import { actionEntries } from "../support/entries";
import { addPeople, commonPassword, type House, startHouse } from "../support/house";
import type { Person } from "../support/people";
import { report, tally } from "../support/race";
import { exchange, wire } from "../support/raw";

/** G8b: whatever a foreign page can make a browser send, with the victim's cookie, has no effect. */
interface Mutation {
  readonly name: string;
  readonly path: string;
  readonly type: string;
  readonly body: string;
  readonly headers: readonly (readonly [string, string])[];
}

let house: House;
let person: Person;
let session: ConsoleSession;
let cookie: string;
let tokenId: string;
let mutations: Mutation[];
const statuses: number[] = [];
const counts = { variations: 0, effects: 0, own: 0 };

beforeAll(async () => {
  house = await startHouse();
  const [made] = await addPeople(house, 1);
  if (!made) throw new Error("Nobody was made.");
  person = made;
  session = new ConsoleSession(house.server.url);
  await session.signIn(person.name, commonPassword);
  const values = { description: "before" };
  const argument = { ownerId: person.id, kind: "auth_token", values };
  const { result } = await session.act("issueCredentialAction", argument);
  tokenId = String(Object(result?.ok === true && result.output["credential"]).id);
  mutations = await collect();
  cookie = session.cookieHeader;
});

afterAll(async () => {
  await house.stop();
  report("G8b cross-site", { ...counts, statuses: JSON.stringify(tally(statuses)) });
});

/** An action by script, two forms as a browser without JavaScript sends them, and what next-auth answers. */
async function collect(): Promise<Mutation[]> {
  const visitor = new ConsoleSession(house.server.url);
  const signIn = await visitor.prepareForm("/sign-in", {
    userName: person.name,
    password: commonPassword,
  });
  const forgot = await visitor.prepareForm("/forgot-password", { userName: person.name });
  const { csrfToken } = Object(await (await session.get("/api/auth/csrf")).json());
  const update = {
    ownerId: person.id,
    kind: "auth_token",
    credential: { id: tokenId },
    values: { description: "after" },
  };
  const urlEncoded = "application/x-www-form-urlencoded";
  return [
    {
      name: "action",
      path: "/profile/auth-tokens",
      type: "text/plain;charset=UTF-8",
      body: JSON.stringify([update]),
      headers: [["next-action", idOf("updateCredentialAction")]],
    },
    ...[signIn, forgot].map(({ path, type, body }) => ({
      name: `form ${path}`,
      path,
      type,
      body: body.toString("latin1"),
      headers: [],
    })),
    {
      name: "next-auth sign-in",
      path: "/api/auth/callback/credentials",
      type: urlEncoded,
      body: new URLSearchParams({
        csrfToken: String(csrfToken),
        userName: person.name,
        password: commonPassword,
        json: "true",
      }).toString(),
      headers: [],
    },
    // Last: they end the session that the others use.
    { name: "sign-out", path: "/sign-out", type: urlEncoded, body: "", headers: [] },
    {
      name: "next-auth sign-out",
      path: "/api/auth/signout",
      type: urlEncoded,
      body: new URLSearchParams({ csrfToken: String(csrfToken), json: "true" }).toString(),
      headers: [],
    },
  ];
}

const idOf = (name: string) => actionEntries().find((one) => one.name === name)?.id ?? "";

/** All that these requests could change. */
async function state(): Promise<string> {
  const { rows } = await house.database.query<{ state: string }>(
    `select concat_ws('|', (select json_agg(s order by id) from (select id, token_hash from sessions) s),
       (select json_agg(c order by id) from (select id, version from credentials) c),
       (select count(*) from mails)) as state`,
  );
  return rows[0]?.state ?? "";
}

interface Disguise {
  readonly origin?: string | undefined;
  readonly site?: string | undefined;
  readonly host?: string;
  readonly method?: string;
  readonly type?: string;
}

async function post(mutation: Mutation, disguise: Disguise): Promise<number> {
  const { port } = house.server;
  const { origin, site, host = `localhost:${port}`, method = "POST", type } = disguise;
  const headers = [
    ["host", host],
    ["cookie", cookie],
    ["content-type", type ?? mutation.type],
    ["content-length", String(mutation.body.length)],
    ...mutation.headers,
    ...(origin === undefined ? [] : [["origin", origin] as const]),
    ...(site === undefined ? [] : [["sec-fetch-site", site] as const]),
  ] as const;
  const text = wire(`${method} ${mutation.path}`, headers, mutation.body);
  const { status } = await exchange(port, Buffer.from(text, "latin1"));
  return status;
}

function foreignOrigins(): (string | undefined)[] {
  const { port } = house.server;
  return [
    "https://evil.test",
    "null",
    "",
    `https://localhost:${port}`,
    `http://127.0.0.1:${port}`,
    `http://localhost:${port + 1}`,
    "http://localhost",
    `http://localhost:${port}.evil.test`,
    `http://localhost.evil.test:${port}`,
    `http://evil.localhost:${port}`,
    `http://localhost:${port}/`,
    `http://localhost:${port}@evil.test`,
    `http://LOCALHOST:${port}`,
    `http://localhost:${port}, https://evil.test`,
    "file://",
    "chrome-extension://abcdefghijklmnop",
  ];
}

const sites = [undefined, "cross-site", "same-site", "none", "same-origin"];

function disguises(): Disguise[] {
  const own = `http://localhost:${house.server.port}`;
  const { port } = house.server;
  const byOrigin = foreignOrigins().flatMap((origin) => sites.map((site) => ({ origin, site })));
  const bySite = ["cross-site", "same-site", "none", "", "same-origin, cross-site"].flatMap(
    (site) => [
      { origin: own, site },
      { origin: undefined, site },
    ],
  );
  const types = [
    "text/plain",
    "application/json",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
  ];
  const byType = types.map((type) => ({ origin: "https://evil.test", site: "cross-site", type }));
  const hosts = [
    "evil.test",
    `evil.test:${port}`,
    `localhost.evil.test:${port}`,
    `localhost:${port}, evil.test`,
  ];
  const byHost = hosts.flatMap((host) => [
    { origin: `http://${host}`, site: "same-origin", host },
    { origin: own, site: "same-origin", host },
  ]);
  const methods = ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"];
  const byMethod = methods.map((method) => ({
    origin: "https://evil.test",
    site: "cross-site",
    method,
  }));
  return [
    ...byOrigin,
    ...bySite,
    ...byType,
    ...byHost,
    ...byMethod,
    { origin: undefined, site: undefined },
  ];
}

test("nothing that a foreign page sends has an effect", async () => {
  const before = await state();
  const effects: string[] = [];
  for (const mutation of mutations) {
    for (const disguise of disguises()) {
      const status = await post(mutation, disguise);
      counts.variations += 1;
      statuses.push(status);
      const isRead = disguise.method === "GET" || disguise.method === "HEAD";
      if (!isRead && ![403, 405, 421].includes(status))
        effects.push(`${mutation.name} ${JSON.stringify(disguise)}: ${status}`);
      if ((await state()) === before) continue;
      counts.effects += 1;
      effects.push(`${mutation.name} ${JSON.stringify(disguise)}: an effect`);
    }
  }
  expect(effects).toEqual([]);
  expect(counts.variations).toBeGreaterThanOrEqual(200);
});

test("a cookie of next-auth's own does not open the door to a foreign form", async () => {
  const before = await state();
  for (const path of ["/api/auth/signout", "/api/auth/signin", "/api/auth/session?update=1"]) {
    const response = await fetch(house.server.url + path, { headers: { cookie } });
    expect(response.status).toBeLessThan(500);
  }
  expect(await state()).toBe(before);
});

test("our own pages' requests work", async () => {
  const own = `http://localhost:${house.server.port}`;
  const ours: Disguise[] = [
    { origin: own },
    { origin: own, site: "same-origin" },
    { site: "same-origin" },
  ];
  for (const mutation of mutations) {
    const isLast = mutation.name.endsWith("sign-out");
    if (isLast) {
      // What came before ended the session it found.
      await session.signIn(person.name, commonPassword);
      cookie = session.cookieHeader;
    }
    for (const disguise of isLast ? ours.slice(0, 1) : ours) {
      const before = await state();
      const status = await post(mutation, disguise);
      counts.own += 1;
      expect([200, 302, 303], `${mutation.name} ${status}`).toContain(status);
      expect((await state()) === before, `${mutation.name} ${JSON.stringify(disguise)}`).toBe(
        false,
      );
    }
  }
});
