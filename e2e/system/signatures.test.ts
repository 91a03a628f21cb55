import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

import { addPeople, giveKey, type House, startHouse } from "../support/house";
import { isFull, race, report } from "../support/race";
import {
  makeKeyPair,
  ownDate,
  type Reply,
  send,
  sign,
  type SignedRequest,
  type Signer,
} from "../support/signer";

/** G7 and G8 through the real servers: what was changed on the way is nobody's, and what came before has no effect. */
const apiHost = "api.latchkey.test";
const counts = { valid: 0, mutated: 0, kinds: 0, replays: 0 };
let house: House;
let signer: Signer;

beforeAll(async () => {
  house = await startHouse({ count: 2, env: { LATCHKEY_HOSTS: apiHost } });
  const [person] = await addPeople(house, 1);
  signer = await giveKey(house, person?.id ?? "", makeKeyPair());
});

afterAll(async () => {
  await house.stop();
  report("G7 mutated signatures, G8 replays", counts);
});

const on = (index: number) => (house.servers[index % 2] ?? house.server).url;

function fresh(method: "GET" | "POST" | "PUT"): SignedRequest {
  const { userId } = signer;
  const date = ownDate();
  if (method === "GET")
    return sign(signer, apiHost, { method, path: `/users/${userId}/apiKeys?limit=7`, date });
  const body = { description: `from a test ${randomInt(1e9)}` };
  const path = method === "POST" ? `/users/${userId}/authTokens` : `/users/${userId}`;
  return sign(signer, apiHost, { method, path, body, date });
}

type Change = (request: SignedRequest) => SignedRequest;

const withHeader =
  (name: string, change: (value: string) => string): Change =>
  (request) => ({
    ...request,
    headers: { ...request.headers, [name]: change(request.headers[name] ?? "") },
  });

const inAuthorization = (change: (value: string) => string) => withHeader("authorization", change);

/** Another character of the same kind at a place of its own each time. */
function flip(text: string): string {
  const places = [...text.matchAll(/[A-Za-z0-9]/g)].map(({ index }) => index);
  const at = places[randomInt(places.length)] ?? 0;
  const other = text[at] === "A" ? "B" : "A";
  return (
    text.slice(0, at) +
    (/[0-9]/.test(text[at] ?? "") ? String((Number(text[at]) + 1) % 10) : other) +
    text.slice(at + 1)
  );
}

function flipSignature(authorization: string): string {
  return authorization.replace(/signature="([^"]+)"/, (_all, base64: string) => {
    const bytes = Buffer.from(base64, "base64");
    const at = randomInt(bytes.length);
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << randomInt(8)), at);
    return `signature="${bytes.toString("base64")}"`;
  });
}

const part = (name: string, change: (value: string) => string) =>
  inAuthorization((text) =>
    text.replace(
      new RegExp(`${name}="([^"]*)"`),
      (_all, value: string) => `${name}="${change(value)}"`,
    ),
  );

const changesOfAll: Record<string, Change> = {
  "a bit of the signature": inAuthorization(flipSignature),
  "no signature": part("signature", () => ""),
  "half a signature": part("signature", (value) => value.slice(0, value.length / 2)),
  "a signature that is not base64": part("signature", (value) => `!${value.slice(1)}`),
  "another fingerprint": part("keyId", (value) => value.replace(/[^/]+$/, flipHex)),
  "another user": part("keyId", (value) => value.replace(signer.userId, house.admin.id)),
  "a user that is not there": part("keyId", (value) =>
    value.replace(/(ocid1\.user\.[^/]*)./, "$1x"),
  ),
  "another tenancy": part("keyId", (value) => value.replace(/^([^/]*)[^/]/, "$1_")),
  "no key": part("keyId", () => ""),
  "another algorithm": part("algorithm", () => "rsa-sha1"),
  hmac: part("algorithm", () => "hmac-sha256"),
  "another version": part("version", () => "2"),
  "no host in the list": part("headers", (value) => value.replace(" host", "")),
  "no target in the list": part("headers", (value) => value.replace(" (request-target)", "")),
  "no date in the list": part("headers", (value) => value.replace("date ", "")),
  "another order": part("headers", (value) => value.split(" ").toReversed().join(" ")),
  "a header more in the list": part("headers", (value) => `${value} accept`),
  "a name twice": part("headers", (value) => `${value} host`),
  "another scheme": inAuthorization((value) => value.replace("Signature", "Bearer")),
  nothing: inAuthorization(() => ""),
  "a date one second later": withHeader("date", (value) =>
    new Date(Date.parse(value) + 1000).toUTCString(),
  ),
  "a date that is none": withHeader("date", () => "yesterday"),
  "another method": (request) => ({
    ...request,
    method: request.method === "GET" ? "DELETE" : request.method === "POST" ? "PUT" : "DELETE",
  }),
  "another target": (request) => ({
    ...request,
    target: `${request.target}${request.target.includes("?") ? "&" : "?"}more=1`,
  }),
  "an encoded target": (request) => ({
    ...request,
    target: request.target.replace("users", "%75sers"),
  }),
};

const changesOfBodies: Record<string, Change> = {
  "another body": (request) => ({
    ...request,
    body: request.body.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)),
  }),
  "another digest": withHeader("x-content-sha256", flip),
  "another type": withHeader("content-type", () => "application/json; charset=utf-8"),
  "no digest in the list": part("headers", (value) => value.replace(" x-content-sha256", "")),
  "no length in the list": part("headers", (value) => value.replace(" content-length", "")),
};

const flipHex = (fingerprint: string) =>
  fingerprint.replace(/[0-9a-f]$/, (digit) => (digit === "0" ? "1" : "0"));

/** Routes that the changed request still names: a method or path that is not served answers 404 or 405 to anybody. */
const isServed = (name: string, method: string) =>
  !(name === "another method" && method !== "PUT") && name !== "an encoded target";

const looks = ({ status, headers, text }: Reply) =>
  `${status} ${Object.keys(headers).toSorted().join(" ")} ${text}`;

test("a request that was changed is refused, with one answer for every change", async () => {
  const rounds = isFull ? 200 : 6;
  const answers = new Map<string, string>();
  const before = await tokens();
  for (let round = 0; round < rounds; round += 1) {
    for (const method of ["GET", "POST", "PUT"] as const) {
      const changes = { ...changesOfAll, ...(method === "GET" ? {} : changesOfBodies) };
      counts.kinds = Object.keys({ ...changesOfAll, ...changesOfBodies }).length;
      for (const [name, change] of Object.entries(changes)) {
        const reply = await send(on(round), change(fresh(method)));
        counts.mutated += 1;
        if (isServed(name, method)) answers.set(looks(reply), `${name} on ${method}`);
        else expect([401, 404, 405], `${name} on ${method}`).toContain(reply.status);
      }
      const valid = await send(on(round), fresh(method === "POST" ? "GET" : method));
      counts.valid += 1;
      // An owner may not change themselves: 404 is the answer to somebody who is known.
      expect([200, 404], valid.text).toContain(valid.status);
    }
  }
  expect([...answers]).toHaveLength(1);
  expect([...answers.keys()][0]).toMatch(/^401 /);
  expect(await tokens()).toEqual(before);
});

async function tokens(): Promise<unknown[]> {
  const { rows } = await house.database.query(
    "select id, details, version, ended_at from credentials where kind = 'auth_token' order by id",
  );
  return rows;
}

test("a repeated signature has no second effect, neither at once nor later", async () => {
  const people = await addPeople(house, isFull ? 500 : 10);
  const pair = makeKeyPair();
  const sent: SignedRequest[] = [];
  const repeat = async (requests: readonly SignedRequest[]) => {
    const replies = await Promise.all(
      requests.flatMap((request) =>
        Array.from({ length: copies }, (_, index) => send(on(index), request)),
      ),
    );
    counts.replays += replies.length;
    return replies;
  };
  for (const { id } of people) {
    const theirs = await giveKey(house, id, pair);
    const keep = async (method: string, path: string, body?: unknown) => {
      const request = sign(theirs, apiHost, { method, path, body, date: ownDate() });
      const reply = await send(on(0), request);
      expect([200, 204], reply.text).toContain(reply.status);
      sent.push(request);
      return reply;
    };
    const made = await keep("POST", `/users/${id}/authTokens`, { description: "once" });
    const path = `/users/${id}/authTokens/${Object(made.body).id}`;
    await keep("PUT", path, { description: "twice" });
    await keep("DELETE", path);
    const state = await tokens();
    expect((await repeat(sent.slice(-3))).filter((reply) => !isTurnedAway(reply))).toEqual([]);
    expect(await tokens()).toEqual(state);
  }
  await sleep(5_500);
  const state = await tokens();
  const texts = new Set<string>();
  for (let at = 0; at < sent.length; at += 3)
    for (const reply of await repeat(sent.slice(at, at + 3)))
      texts.add(`${reply.status} ${reply.text}`);
  expect([...texts]).toEqual([expect.stringMatching(/^401 /)]);
  expect(await tokens()).toEqual(state);
});

/** Told to sign anew; on a machine that takes more than five seconds over a crowd, refused. */
function isTurnedAway({ status, headers }: Reply): boolean {
  return status === 429 ? headers["retry-after"] === "1" : status === 401;
}

/** Of each signed request, to the servers in turn. */
const copies = isFull ? 8 : 10;

test("of one signature sent many times at once, one has an effect", async () => {
  const rounds = isFull ? 600 : 28;
  const racers = 16;
  const pair = makeKeyPair();
  for (let round = 0; round < rounds; round += 1) {
    const [person] = await addPeople(house, 1);
    const theirs = await giveKey(house, person?.id ?? "", pair);
    const path = `/users/${theirs.userId}/authTokens`;
    const request = sign(theirs, apiHost, {
      method: "POST",
      path,
      body: { description: "race" },
      date: ownDate(),
    });
    const replies = await race(racers, (index) => () => send(on(index), request));
    const others = replies.filter((reply) => !isTurnedAway(reply));
    expect(others.map(({ status }) => status)).toEqual([200]);
    counts.replays += racers - 1;
    const { rowCount } = await house.database.query(
      "select 1 from credentials where owner_id = $1 and kind = 'auth_token'",
      [theirs.userId],
    );
    expect(rowCount).toBe(1);
  }
});
