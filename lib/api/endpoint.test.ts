import { createHash } from "node:crypto";

import { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { startRuntime } from "@/lib/config/runtime";
import { listActivity } from "@/lib/services/activity/list-activity";
import { makeCaller } from "@/lib/testing/callers";

import {
  type Answer,
  call,
  type Draft,
  newKeyPair,
  parseAnswer,
  sendRaw,
  signed,
  type Signer,
  type Stage,
  startStage,
} from "./stage.fixture";

/** What SDKs never send, and what they send in more than one way: over raw sockets. */
let stage: Stage;
let person: Signer;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

let count = 0;
beforeEach(async () => {
  count += 1;
  person = await stage.person(`raw-${count}`);
});

const base = "/20160918";
const own = (rest = "") => `${base}/users/${person.userId}${rest}`;
const get = (target: string, more: Partial<Draft> = {}) =>
  call(stage, person, { method: "GET", target, ...more });
const post = (target: string, body: unknown, more: Partial<Draft> = {}) =>
  call(stage, person, { method: "POST", target, body: JSON.stringify(body), ...more });
const notAuthenticated = {
  code: "NotAuthenticated",
  message: "The required information to complete authentication was not provided or was incorrect.",
};
const codeOf = ({ status, json }: Answer) => [status, Object(json).code];

describe("the target is signed byte for byte", () => {
  it.each([
    ["literal colons", () => own(`/apiKeys/${person.fingerprint}`)],
    ["escaped colons", () => own(`/apiKeys/${person.fingerprint.replaceAll(":", "%3A")}`)],
    ["upper case", () => own(`/apiKeys/${person.fingerprint.toUpperCase()}`)],
  ])("a fingerprint with %s deletes its key", async (_name, target) => {
    expect((await call(stage, person, { method: "DELETE", target: target() })).status).toBe(204);
    expect((await get(own())).json).toEqual(notAuthenticated);
  });

  it.each([
    ["a trailing slash", () => `${own("/apiKeys")}/`],
    ["a leading double slash", () => `/${own("/apiKeys")}`],
    ["an empty query", () => `${own("/apiKeys")}?`],
    ["a query nobody knows", () => `${own("/apiKeys")}?b=2&a=%20+@x&a='&c=`],
  ])("%s is tolerated", async (_name, target) => {
    expect((await get(target())).status).toBe(200);
  });

  it("another query than the signed one is refused", async () => {
    const headers = signed(stage, person, { method: "GET", target: own() });
    const answer = await sendRaw(stage, { method: "GET", target: `${own()}?x` }, headers);
    expect(answer.json).toEqual(notAuthenticated);
  });

  it.each(["/./users", "/../20160918/users", "/%2e%2E/x", "/users/.", "/users/%2E"])(
    "dot segments are refused: %s",
    async (path) => {
      expect(codeOf(await get(base + path))).toEqual([400, "InvalidParameter"]);
    },
  );

  it("an absolute target is refused", async () => {
    const target = `http://127.0.0.1:${stage.port}${own()}`;
    expect((await get(target)).status).toBe(400);
  });
});

describe("what is no operation", () => {
  it("is 404 without authentication, 405 with Allow for another method", async () => {
    const unknown = await sendRaw(stage, { method: "GET", target: `${base}/nothing` }, host());
    expect(codeOf(unknown)).toEqual([404, "NotFound"]);
    expect(unknown.headers.get("opc-request-id")).toMatch(/^[0-9A-F]{32}$/);
    const method = await sendRaw(stage, { method: "PATCH", target: `${base}/users/x` }, host());
    expect(codeOf(method)).toEqual([405, "MethodNotAllowed"]);
    expect(method.headers.get("allow")).toBe("GET, PUT, DELETE");
    const known = await sendRaw(stage, { method: "GET", target: `${base}/users/x` }, host());
    expect([known.status, known.json]).toEqual([401, notAuthenticated]);
  });

  it("a HEAD has no body and tells the time", async () => {
    for (const [target, status] of [
      [base, 404],
      [`${base}/users`, 405],
    ] as const) {
      const answer = await sendRaw(stage, { method: "HEAD", target }, host());
      expect([answer.status, answer.text]).toEqual([status, ""]);
      expect(Date.parse(answer.headers.get("date") ?? "")).not.toBeNaN();
    }
  });
});

const host = () => ({ host: `127.0.0.1:${stage.port}` });

describe("a signature that proves nothing", () => {
  const noKey = newKeyPair();
  const variants: [string, () => Promise<Answer>][] = [
    ["no Authorization", () => sendRaw(stage, { method: "GET", target: own() }, host())],
    ["another key", () => call(stage, { ...person, ...noKey }, { method: "GET", target: own() })],
    [
      "a user that does not exist",
      () => call(stage, { ...person, userId: "ocid1.user.x" }, { method: "GET", target: own() }),
    ],
    ["seven minutes ahead", () => get(own(), { at: new Date(Date.now() + 7 * 60_000) })],
    ["seven minutes behind", () => get(own(), { at: new Date(Date.now() - 7 * 60_000) })],
    ["the host unsigned", () => get(own(), { names: ["date", "(request-target)"] })],
    [
      "a signed header that is not there",
      () => get(own(), { names: ["date", "(request-target)", "host", "x-no"] }),
    ],
    [
      "another digest",
      () =>
        post(
          own("/authTokens"),
          { description: "" },
          { headers: { "x-content-sha256": createHash("sha256").update("x").digest("base64") } },
        ),
    ],
    [
      "the body unsigned",
      () =>
        post(
          own("/authTokens"),
          { description: "" },
          { names: ["date", "(request-target)", "host"] },
        ),
    ],
    [
      "an unsigned body on a GET",
      () => get(own(), { body: "{}", headers: { "content-length": "2" } }),
    ],
  ];
  it.each(variants)("is one answer: %s", async (_name, attempt) => {
    const answer = await attempt();
    expect([answer.status, answer.json]).toEqual([401, notAuthenticated]);
    expect(answer.headers.get("opc-request-id")).toBeTruthy();
  });

  it("a header that comes twice is refused", async () => {
    const headers = signed(stage, person, { method: "GET", target: own() });
    const twice = { ...headers, Date: headers["date"] ?? "" };
    expect((await sendRaw(stage, { method: "GET", target: own() }, twice)).status).toBe(401);
    const authorization = { ...headers, Authorization: headers["authorization"] ?? "" };
    expect((await sendRaw(stage, { method: "GET", target: own() }, authorization)).status).toBe(
      401,
    );
  });

  it("shows its cause to those who see the owner's activity, in words", async () => {
    const draft = { method: "POST", target: own("/authTokens"), body: '{"description":"mine"}' };
    const swapped = { ...draft, body: draft.body.replace("mine", "ours") };
    await sendRaw(stage, swapped, signed(stage, person, draft));
    await get(own(), { at: new Date(Date.now() + 7 * 60_000) });
    const administrator = await makeCaller({ isAdministrator: true });
    await expect
      .poll(async () => {
        const { events } = await listActivity(administrator, { userId: person.userId });
        const refused = events.filter(({ outcome }) => outcome === "refused");
        return refused.map(({ reason, details }) => [reason, details["sentence"]]).toSorted();
      })
      .toEqual([
        [
          "clock_ahead",
          "Your clock is 7 minutes ahead of this server. At most 5 minutes are allowed.",
        ],
        [
          "digest_mismatch",
          "The body was not the one that was signed: its SHA-256 differs from x-content-sha256.",
        ],
      ]);
  });
});

describe("requests in unusual clothes", () => {
  it("names of signed headers and of headers may have any case", async () => {
    const names = ["Date", "(request-target)", "HOST"];
    const headers = signed(stage, person, { method: "GET", target: own(), names });
    const loud = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
    );
    expect((await sendRaw(stage, { method: "GET", target: own() }, loud)).status).toBe(200);
  });

  it("HTTP/1.0 is answered", async () => {
    const headers = signed(stage, person, { method: "GET", target: own() });
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const received = await stage.raw(`GET ${own()} HTTP/1.0\r\n${lines.join("")}\r\n`);
    expect(parseAnswer(received).status).toBe(200);
  });

  it("a chunked body without length is refused", async () => {
    const body = JSON.stringify({ description: "" });
    const draft = { method: "POST", target: own("/authTokens"), body };
    const { "content-length": _length, ...headers } = signed(stage, person, draft);
    const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const answer = await sendRaw(
      stage,
      { ...draft, body: chunked },
      { ...headers, "transfer-encoding": "chunked" },
    );
    expect(answer.json).toEqual(notAuthenticated);
  });

  it("more than 64 KB is too large, and the connection is closed", async () => {
    const answer = await post(own("/authTokens"), { description: "x".repeat(70_000) });
    expect(codeOf(answer)).toEqual([413, "PayloadTooLarge"]);
  });

  it.each([
    ["{", "CannotParseRequest"],
    ['{"description":"a","description":"b"}', "CannotParseRequest"],
    ['{"__proto__":{}}', "CannotParseRequest"],
    ["[]", "CannotParseRequest"],
    ["{}", "MissingParameter"],
    ["", "MissingParameter"],
    ['{"description":null}', "MissingParameter"],
    ['{"description":7}', "InvalidParameter"],
    [JSON.stringify({ description: "x".repeat(401) }), "InvalidParameter"],
  ])("the body %s is %s", async (body, code) => {
    const draft = { method: "POST", target: own("/authTokens"), body };
    const answer = await call(stage, person, draft);
    expect(codeOf(answer)).toEqual([400, code]);
    expect(Object.keys(Object(answer.json)).toSorted()).toEqual(["code", "message"]);
  });

  it("members nobody knows are ignored, and none is written", async () => {
    const details = { description: "d", ownerId: "x", kind: "y", secret: "s", id: "mine" };
    const made = await post(own("/authTokens"), details);
    expect(made.status).toBe(200);
    expect(Object(made.json).id).not.toBe("mine");
    const { rows } = await stage.runtime.pool.query(
      "select details from credentials where id = $1",
      [Object(made.json).id],
    );
    expect(rows).toEqual([{ details: { description: "d" } }]);
  });

  it("a client's request id comes back harmless, with ours behind it", async () => {
    const headers = { "opc-request-id": "CFB5A3B0E5F2-11F1-8D4F-E75CB694205A<x>%" };
    const answer = await get(own(), { headers });
    expect(answer.headers.get("opc-request-id")).toMatch(
      /^CFB5A3B0E5F2-11F1-8D4F-E75CB694205Ax\/[0-9A-F]{32}$/,
    );
    const long = await get(own(), { headers: { "opc-request-id": "a".repeat(500) } });
    expect(long.headers.get("opc-request-id")).toHaveLength(98);
  });
});

describe("what is not the client's fault", () => {
  it("a bug is 500, and no statement or parameter is in the log", async () => {
    const rename = (from: string, to: string) =>
      stage.runtime.pool.query(`set role none; alter table ${from} rename to ${to}; reset role`);
    await rename("credentials", "away");
    const answer = await get(own("/apiKeys"));
    await rename("away", "credentials");
    expect(codeOf(answer)).toEqual([500, "InternalServerError"]);
    const requestId = answer.headers.get("opc-request-id") ?? "-";
    const line = stage.logged.find((text) => text.includes(requestId));
    expect(line).toContain("42P01");
    expect(line).not.toContain(person.userId);
    expect(line).not.toContain("select");
  });

  it("a database out of reach is 503, with a time to come back", async () => {
    const pool = new Pool({ connectionString: "postgres://nobody@127.0.0.1:1/none" });
    startRuntime({ ...stage.runtime, pool });
    const answer = await get(own("/apiKeys"));
    startRuntime(stage.runtime);
    await pool.end();
    expect(codeOf(answer)).toEqual([503, "ServiceUnavailable"]);
    expect(answer.headers.get("retry-after")).toBe("2");
  });
});
