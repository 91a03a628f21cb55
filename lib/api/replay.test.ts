import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import {
  type Answer,
  call,
  type Draft,
  sendRaw,
  signed,
  type Signer,
  type Stage,
  startStage,
} from "./stage.fixture";

/** Repeated requests: by signature, by retry token; and what a request costs the database. */
let stage: Stage;
let person: Signer;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

let count = 0;
beforeEach(async () => {
  count += 1;
  person = await stage.person(`replay-${count}`);
});

const own = (rest = "") => `/20160918/users/${person.userId}${rest}`;
const codeOf = ({ status, json }: Answer) => [status, Object(json).code];
const idOf = ({ json }: Answer): string => Object(json).id;
const creation = (description = ""): Draft => ({
  method: "POST",
  target: own("/authTokens"),
  body: JSON.stringify({ description }),
});

async function countTokens(): Promise<number> {
  const { rows } = await stage.runtime.pool.query<{ count: string }>(
    "select count(*) from credentials where owner_id = $1 and kind = 'auth_token' and ended_at is null",
    [person.userId],
  );
  return Number(rows[0]?.count);
}

const ageSightings = () =>
  stage.runtime.pool.query("update seen_signatures set seen_at = now() - interval '6 seconds'");

describe("a byte-identical request", () => {
  it("creates once: told to come back within five seconds, refused later", async () => {
    const draft = creation("once");
    const headers = signed(stage, person, draft);
    expect((await sendRaw(stage, draft, headers)).status).toBe(200);
    const soon = await sendRaw(stage, draft, headers);
    expect(codeOf(soon)).toEqual([429, "TooManyRequests"]);
    expect(soon.headers.get("retry-after")).toBe("1");
    await ageSightings();
    const later = await sendRaw(stage, draft, headers);
    expect(codeOf(later)).toEqual([401, "NotAuthenticated"]);
    expect(soon.text + later.text).not.toMatch(/lk[a-z]+_/);
    expect(await countTokens()).toBe(1);
  });

  it("is caught before its retry token: no secret comes twice", async () => {
    const draft = { ...creation("token"), headers: { "opc-retry-token": "same" } };
    const headers = signed(stage, person, draft);
    expect((await sendRaw(stage, draft, headers)).status).toBe(200);
    expect(codeOf(await sendRaw(stage, draft, headers))).toEqual([429, "TooManyRequests"]);
  });

  it.each(["PUT", "DELETE"])("%s has no second effect", async (method) => {
    const made = await call(stage, person, creation("first"));
    const body = method === "PUT" ? JSON.stringify({ description: "second" }) : "";
    const draft = { method, target: own(`/authTokens/${idOf(made)}`), body };
    const headers = signed(stage, person, draft);
    const [status, again] = method === "PUT" ? [200, "third"] : [204, "first"];
    expect((await sendRaw(stage, draft, headers)).status).toBe(status);
    await stage.runtime.pool.query(
      `update credentials set details = '{"description": "${again}"}', ended_at = null, ended_reason = null, ended_by_name = null where id = $1`,
      [idOf(made)],
    );
    expect((await sendRaw(stage, draft, headers)).status).toBe(429);
    await ageSightings();
    expect((await sendRaw(stage, draft, headers)).status).toBe(401);
    const { json } = await call(stage, person, { method: "GET", target: own("/authTokens") });
    expect(json).toMatchObject([{ id: idOf(made), description: again }]);
  });

  it("64 at once have one effect", async () => {
    const draft = creation("burst");
    const headers = signed(stage, person, draft);
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => sendRaw(stage, draft, headers)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect(await countTokens()).toBe(1);
  });

  it("GET may come again", async () => {
    const draft = { method: "GET", target: own() };
    const headers = signed(stage, person, draft);
    for (let time = 0; time < 3; time += 1)
      expect((await sendRaw(stage, draft, headers)).status).toBe(200);
  });
});

describe("a retry token", () => {
  const withToken = (token: string, draft: Draft) =>
    call(stage, person, { ...draft, headers: { "opc-retry-token": token } });

  it("64 requests with one make one row and get one answer", async () => {
    const draft = { ...creation("retried"), headers: { "opc-retry-token": `burst-${count}` } };
    const answers = await Promise.all(Array.from({ length: 64 }, () => call(stage, person, draft)));
    const made = answers.filter(({ status }) => status === 200);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map(({ text }) => text)).size).toBe(1);
    for (const answer of answers) expect([200, 409]).toContain(answer.status);
    expect(await countTokens()).toBe(1);
  });

  it("gives the secret again, but not for another body, another user or a deleted one", async () => {
    const first = await withToken("t1", creation("a"));
    const again = await withToken("t1", creation("a"));
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect(again.headers.get("etag")).toBe(first.headers.get("etag"));
    const invalidated = [409, "InvalidatedRetryToken"];
    expect(codeOf(await withToken("t1", creation("b")))).toEqual(invalidated);
    const target = `/20160918/users/${stage.administrator.userId}/authTokens`;
    expect(codeOf(await withToken("t1", { ...creation("a"), target }))).toEqual(invalidated);
    const swift = { ...creation("a"), target: own("/swiftPasswords") };
    expect(codeOf(await withToken("t1", swift))).toEqual(invalidated);
    await call(stage, person, { method: "DELETE", target: own(`/authTokens/${idOf(first)}`) });
    expect(codeOf(await withToken("t1", creation("a")))).toEqual(invalidated);
  });

  it("a refusal does not use it up", async () => {
    expect((await withToken("t2", creation("x".repeat(401)))).status).toBe(400);
    expect((await withToken("t2", creation("good"))).status).toBe(200);
  });

  it("is the caller's own", async () => {
    const first = await withToken("t3", creation("mine"));
    const draft = { ...creation("mine"), headers: { "opc-retry-token": "t3" } };
    const other = await call(stage, stage.administrator, draft);
    expect(other.status).toBe(200);
    expect(idOf(other)).not.toBe(idOf(first));
  });

  it("has at most 64 characters", async () => {
    expect(codeOf(await withToken("t".repeat(65), creation()))).toEqual([400, "InvalidParameter"]);
    expect((await withToken("t".repeat(64), creation())).status).toBe(200);
  });
});

describe("the SQL budget", () => {
  it("a signed list of API keys takes two statements", async () => {
    const draft = { method: "GET", target: own("/apiKeys") };
    await call(stage, person, draft);
    const query = vi.spyOn(Client.prototype, "query");
    const answer = await call(stage, person, draft);
    const statements = query.mock.calls.length;
    query.mockRestore();
    expect(answer.status).toBe(200);
    expect(statements).toBeGreaterThan(0);
    expect(statements).toBeLessThanOrEqual(2);
  });
});
