import type { Pool } from "pg";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";

import { createPool } from "./db";
import { type HotValues, runHot } from "./hot-query";
import { hotTypes } from "./hot-types";
import { asAppError } from "./problems";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  // One connection, so that a statement meets what the one before it left.
  pool = createPool(database.url, { restricted: false, max: 1 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const statement = {
  name: "all_types",
  text: `select $1::text as text, $2::text[] as texts, cardinality($2::text[]) as count, null::text as nothing,
      now() as now, jsonb_build_object('a', $1::text) as json, true as yes, n
    from generate_series(0, 2) n where n <> 1 order by n`,
};
const run = (values: HotValues) => runHot(pool, statement, values, (rows) => rows);

it("gives the rows that the driver gives, the first time on a connection and later", async () => {
  const texts = ["", "a", 'say "so"', "back\\slash", "{,}", "NULL", "a\nb", "ключ 🔑"];
  for (const text of texts) {
    const found = await run([text, texts]);
    const values = [text, texts];
    const { rows } = await pool.query({ text: statement.text, values, types: hotTypes });
    const timeless = (row: object) => ({ ...row, now: undefined });
    expect(found.map(timeless)).toEqual(rows.map(timeless));
    expect(found).toMatchObject([{ text, texts, count: texts.length }, { n: 2 }]);
    expect(found[0]).toHaveProperty("now", expect.any(Date));
  }
  expect(await run(["none", []])).toMatchObject([{ count: 0 }, {}]);
});

it("asks what the columns are once a connection, and many can be under way", async () => {
  const many = await Promise.all(Array.from({ length: 50 }, (_, n) => run([String(n), []])));
  expect(many.map(([row]) => row)).toMatchObject(many.map((_, n) => ({ text: String(n) })));
  const { rows } = await pool.query("select name, statement from pg_prepared_statements");
  expect(rows).toEqual([{ name: statement.name, statement: statement.text }]);
});

it("knows what another copy of this module prepared: pages and server share connections", async () => {
  vi.resetModules();
  const { runHot: runOther } = await import("./hot-query");
  expect(runOther).not.toBe(runHot);
  const read = (rows: object[]) => rows;
  const shared = { name: "shared", text: "select $1::text as said" };
  for (const runOne of [runHot, runOther, runHot])
    expect(await runOne(pool, shared, ["a"], read)).toEqual([{ said: "a" }]);
});

it("after a failure it begins anew on another connection", async () => {
  const failing = { name: "failing", text: "select 1 / $1::int as n" };
  const divide = (by: string) => runHot(pool, failing, [by], (rows) => rows);
  expect(await divide("1")).toEqual([{ n: 1 }]);
  await expect(divide("0")).rejects.toMatchObject({ code: "22012" });
  await expect(divide("\0")).rejects.toMatchObject({ code: "22021" });
  expect(await divide("1")).toEqual([{ n: 1 }]);
  const wrong = { name: "wrong", text: "select from nowhere" };
  await expect(runHot(pool, wrong, [], () => 0)).rejects.toMatchObject({ code: "42P01" });
  const misread = () => {
    throw new Error("misread");
  };
  await expect(runHot(pool, failing, ["1"], misread)).rejects.toThrow("misread");
  expect(await divide("1")).toEqual([{ n: 1 }]);
});

describe("on a connection that is shared", () => {
  let wide: Pool;
  beforeAll(() => {
    wide = createPool(database.url, { restricted: false, max: 4 });
  });
  afterAll(() => wide.end());

  const slow = { name: "slow", text: "select pg_backend_pid() as pid, pg_sleep($1::float8)::text" };
  const self = { name: "self", text: "select pg_backend_pid() as pid, 1 / $1::int as n" };
  const ask = ({ name, text }: typeof slow, value: string) =>
    runHot(wide, { name, text }, [value], ([row]: { pid: number }[]) => row?.pid);

  /** The connection that the next one gets, with both statements prepared, and a slow one under way on it. */
  async function begin(seconds: string) {
    const pid = await ask(slow, "0");
    expect(await ask(self, "1")).toBe(pid);
    const answer = ask(slow, seconds);
    await nextTurn(); // An idle connection is handed out in the turn after.
    return { pid, answer };
  }

  it("a few go along with one that is under way, and no more than a few", async () => {
    const { pid, answer } = await begin("0.03");
    const along = await Promise.all(Array.from({ length: 9 }, () => ask(self, "1")));
    expect(await answer).toBe(pid);
    expect(along.slice(0, 7)).toEqual(Array(7).fill(pid));
    expect(along.slice(7)).not.toContain(pid);
    expect(wide.idleCount).toBe(wide.totalCount);
  });

  it("what is refused in the middle is refused alone", async () => {
    const { pid, answer } = await begin("0.03");
    const along = await Promise.allSettled(["1", "0", "1", "\0", "1"].map((n) => ask(self, n)));
    const right = { status: "fulfilled", value: pid };
    const wrong = (code: string) => ({ status: "rejected", reason: { code } });
    expect(along).toMatchObject([right, wrong("22012"), right, wrong("22021"), right]);
    expect(await answer).toBe(pid);
    expect(await ask(self, "1")).not.toBe(pid);
  });

  it("nobody waits behind one that takes long", async () => {
    const { pid, answer } = await begin("0.6");
    await sleep(100);
    const other = await ask(self, "1");
    expect(other).toEqual(expect.any(Number));
    expect(other).not.toBe(pid);
    expect(await Promise.race([answer, "still under way"])).toBe("still under way");
    expect(await answer).toBe(pid);
  });

  it("a statement that is not prepared there goes elsewhere, and fails without the others", async () => {
    const { pid, answer } = await begin("0.03");
    const wrong = { name: "wrong", text: "select $1::text from nowhere" };
    await expect(ask(wrong, "")).rejects.toMatchObject({ code: "42P01" });
    expect(await answer).toBe(pid);
    expect(await ask(self, "1")).toBe(pid);
  });

  it("all that wait on it fail when it breaks, at once, and the next ones do not", async () => {
    const { pid, answer } = await begin("3");
    const all = Promise.allSettled([answer, ...["1", "1"].map((n) => ask(self, n))]);
    await pool.query("select pg_terminate_backend($1)", [pid]);
    const startedAt = performance.now();
    const ended = (await all).map((one) => one.status === "rejected" && asAppError(one.reason));
    expect(ended).toMatchObject(Array(3).fill({ code: "unavailable" }));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(await ask(self, "1")).not.toBe(pid);
    expect(wide.idleCount).toBe(wide.totalCount);
  });
});

it("a table that changes under a statement costs one answer, and none is misread", async () => {
  await pool.query("create table changing (a int); insert into changing values (7)");
  const all = { name: "changing", text: "select * from changing" };
  const read = () => runHot(pool, all, [], (rows) => rows);
  expect(await read()).toEqual([{ a: 7 }]);
  await pool.query("alter table changing add column b text default 'new'");
  await expect(read()).rejects.toMatchObject({ code: "0A000" });
  expect(await read()).toEqual([{ a: 7, b: "new" }]);
});

it("a connection that nobody waits for may be silent for as long as it likes, and is watched all the same", async () => {
  const patient = createPool(database.url, {
    restricted: false,
    max: 1,
    longestSilenceMilliseconds: 1_000,
  });
  const self = { name: "self", text: "select pg_backend_pid() as pid" };
  const ask = () => runHot(patient, self, [], (rows) => rows);
  const before = await ask();
  await sleep(1_500);
  expect(await ask()).toEqual(before);
  await sleep(1_500);
  const sleeping = { name: "sleeping", text: "select pg_sleep($1::float8)" };
  await expect(runHot(patient, sleeping, ["3"], () => 0)).rejects.toThrow("The database is silent");
  expect(await ask()).not.toEqual(before);
  await patient.end();
});

it("an answer that does not come in time is no answer, nor is one from a connection that breaks", async () => {
  const slow = createPool(database.url, {
    restricted: false,
    max: 1,
    longestSilenceMilliseconds: 500,
  });
  const sleeping = { name: "sleeping", text: "select pg_sleep($1::float8)" };
  await expect(runHot(slow, sleeping, ["1"], () => 0)).rejects.toThrow("The database is silent");
  expect(await runHot(slow, sleeping, ["0"], (rows) => rows.length)).toBe(1);
  const suicide = { name: "end", text: "select pg_terminate_backend(pg_backend_pid())" };
  await expect(runHot(slow, suicide, [], () => 0)).rejects.toThrow(/terminat/);
  expect(await runHot(slow, sleeping, ["0"], (rows) => rows.length)).toBe(1);
  await slow.end();
  await expect(runHot(slow, sleeping, ["0"], () => 0)).rejects.toThrow(/after calling end/);
});
