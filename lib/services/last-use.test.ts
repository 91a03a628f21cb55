import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { transaction } from "@/lib/data/db";
import { lockUser } from "@/lib/data/users";
import { makeCaller } from "@/lib/testing/callers";
import { openEveryKind, valuesFor } from "@/lib/testing/kind-values";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { issueCredential } from "./credentials/issue-credential";
import { listCredentials } from "./credentials/list-credentials";
import { rotateCredential } from "./credentials/rotate-credential";
import { flushLastUses, noteLastUse } from "./last-use";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime();
  await countWrites();
  await openEveryKind();
});
afterAll(() => stage.stop());
beforeEach(() => sql("truncate writes"));

const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query(text, values)).rows;

/** The owner of the schema writes down every statement that reaches a credential's last use. */
async function countWrites(): Promise<void> {
  const client = new Client({ connectionString: runtime().env.databaseUrl });
  await client.connect();
  await client.query(`create table writes (id text, at timestamptz)`);
  await client.query(`grant all on writes to public`);
  await client.query(
    `create function note_write() returns trigger language plpgsql as
       $$ begin insert into writes values (new.id, new.last_used_at); return new; end $$`,
  );
  await client.query(
    `create trigger note_write after update of last_used_at on credentials
       for each row execute function note_write()`,
  );
  await client.end();
}

async function aToken(): Promise<{ id: string; ownerId: string }> {
  const owner = await makeCaller();
  const { credential } = await issueCredential(owner, {
    ownerId: owner.userId,
    kind: "auth_token",
    values: { description: "swift backup" },
  });
  return credential;
}

const now = Date.now();
const use = (id: string, seconds: number, address = "192.0.2.9") => ({
  id,
  at: new Date(now + seconds * 1_000),
  address,
  client: "swift",
});

const lastUseOf = async (id: string) => {
  const [row] = await sql(
    "select last_used_at as at, last_used_address as address from credentials where id = $1",
    [id],
  );
  return row;
};

describe("the last use", () => {
  it("of a thousand requests within seconds is written once, and is the last of them", async () => {
    const { id } = await aToken();
    for (let request = 0; request < 1_000; request += 1) noteLastUse(use(id, request / 100), null);
    expect(await sql("select * from writes")).toEqual([]);
    await flushLastUses();
    expect(await sql("select id from writes")).toEqual([{ id }]);
    expect((await lastUseOf(id))?.at).toEqual(use(id, 9.99).at);
  });

  it("is written once a minute, also by servers that did not see each other's", async () => {
    const { id } = await aToken();
    const first = use(id, 0);
    for (const seconds of [0, 3, 30, 59, 60, 61, 100, 121]) {
      // What a request read before the last one was written.
      noteLastUse(use(id, seconds), null);
      await flushLastUses();
    }
    expect(
      (await sql("select at from writes")).map(({ at }) => (at - first.at.getTime()) / 1_000),
    ).toEqual([0, 60, 121]);
    noteLastUse(use(id, 122), use(id, 121).at);
    await flushLastUses();
    expect(await sql("select at from writes")).toHaveLength(3);
  });

  it("that comes late does not overwrite a newer one", async () => {
    const { id } = await aToken();
    noteLastUse(use(id, 600, "192.0.2.1"), null);
    await flushLastUses();
    noteLastUse(use(id, 10, "192.0.2.2"), null);
    await flushLastUses();
    expect(await lastUseOf(id)).toEqual({ at: use(id, 600).at, address: "192.0.2.1" });
  });

  it("of a secret that was replaced before it was written goes to the old one", async () => {
    const owner = await makeCaller();
    const kind = "oauth_client_credential";
    const { credential } = await issueCredential(owner, {
      ownerId: owner.userId,
      kind,
      values: valuesFor(kind),
    });
    const [{ at: used }] = await sql("select now() - interval '1 s' as at");
    const target = { ownerId: owner.userId, kind, credential: { id: credential.id } };
    await rotateCredential(owner, { ...target, overlap: "24h" });
    noteLastUse({ ...use(credential.id, 0), at: used }, null);
    await flushLastUses();
    const rows = await listCredentials(owner, { ownerId: owner.userId, kind });
    const [old, renewed] = ["retiring", "active"].map((state) =>
      rows.find((one) => one.state === state),
    );
    expect(old?.lastUsed).toMatchObject({ at: used.toISOString() });
    expect(renewed).toMatchObject({ id: credential.id, lastUsed: null });
  });

  it("comes by itself within seconds, and nobody waits for it", async () => {
    const { id } = await aToken();
    noteLastUse(use(id, 0), null);
    await expect
      .poll(() => lastUseOf(id), { timeout: 8_000 })
      .toMatchObject({ address: "192.0.2.9" });
  });
});

describe("at the stop nothing is lost", () => {
  it("of what a round has taken and not written yet", async () => {
    const { id, ownerId } = await aToken();
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const holding = transaction(async (tx) => {
      await lockUser(tx, ownerId);
      await tx.execute(`select 1 from credentials where id = '${id}' for update`);
      await held;
    });
    noteLastUse(use(id, 0), null);
    // The round of the timer begins and hangs at the lock; the stop comes meanwhile.
    const waiting = expect.poll(() => sql("select 1 from pg_locks where not granted"), {
      timeout: 8_000,
    });
    await waiting.not.toEqual([]).finally(() => setTimeout(letGo, 300));
    await flushLastUses();
    await holding;
    expect(await lastUseOf(id)).toMatchObject({ address: "192.0.2.9" });
  });

  it("while the database is away for a moment", async () => {
    const { id } = await aToken();
    await sql("select 1");
    const { pool } = runtime();
    const connect = pool.connect.bind(pool);
    const query = pool.query.bind(pool);
    const away = () => Promise.reject(Object.assign(new Error("away"), { code: "ECONNREFUSED" }));
    noteLastUse(use(id, 0), null);
    Object.assign(pool, { query: away, connect: away });
    setTimeout(() => Object.assign(pool, { query, connect }), 1_200);
    await flushLastUses();
    expect(await lastUseOf(id)).toMatchObject({ address: "192.0.2.9" });
  });
});
