import fc from "fast-check";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { insertAuditEvent } from "@/lib/data/audit";
import { reading, transaction } from "@/lib/data/db";
import { saveSetting } from "@/lib/data/settings";
import { origin } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";
import { isFull } from "@/lib/testing/full";

import { eventWithoutCaller } from "./record";
import { purgeTrail, sealTrail } from "./seal-trail";
import { verifyTrail } from "./verify-trail";

/** Whoever owns the schema: no role and no trigger binds them. Stands for a database administrator who lies. */
let owner: Client;
let stage: TestRuntime;

beforeAll(async () => {
  stage = await startTestRuntime();
  owner = new Client({ connectionString: stage.runtime.env.databaseUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await stage.stop();
});

async function write(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const event = eventWithoutCaller(origin(), {
      action: "signIn",
      outcome: index % 3 === 0 ? "refused" : "done",
      via: "password",
      owner: { id: `user-${index}`, name: `name-${index}` },
      subject: null,
      details: { z: index, a: { deep: ["x", null, 1.5], ключ: "значение" } },
    });
    await reading((tx) => insertAuditEvent(tx, event));
  }
}

const verify = async (head?: Parameters<typeof verifyTrail>[0]) =>
  (await verifyTrail(head)).problems;

/** Runs `tamper` on a trail without guards, hands over what a walk then says, and puts everything back. */
async function tampered(tamper: (client: Client) => Promise<unknown>): Promise<readonly string[]> {
  const tables = ["audit_events", "audit_checkpoints"];
  for (const table of tables) {
    await owner.query(`create temp table saved_${table} as select * from ${table}`);
    await owner.query(`alter table ${table} disable trigger user`);
  }
  try {
    await tamper(owner);
    return await verify();
  } finally {
    for (const table of tables) {
      await owner.query(`delete from ${table}`);
      const overriding = table === "audit_events" ? "overriding system value" : "";
      await owner.query(`insert into ${table} ${overriding} select * from saved_${table}`);
      await owner.query(`alter table ${table} enable trigger user`);
      await owner.query(`drop table saved_${table}`);
    }
  }
}

describe("the audit trail", () => {
  it("is whole as it was written, over several rounds of sealing", async () => {
    for (const count of [1, 7, 30]) {
      await write(count);
      await sealTrail();
    }
    const report = await verifyTrail();
    expect(report.problems).toEqual([]);
    expect(report.unsealed).toBe(0);
    expect(report.verified).toBeGreaterThanOrEqual(38);
    expect(report.head.position).toBe(report.verified);
    expect(await verify(report.head)).toEqual([]);
  });

  it("gives each event one place when processes seal at once", async () => {
    await write(40);
    const counts = await Promise.all([sealTrail(), sealTrail(), sealTrail()]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(40);
    expect(await verify()).toEqual([]);
  });

  it("takes an event whose transaction commits after younger ones were sealed", async () => {
    await transaction(async (tx) => {
      await insertAuditEvent(
        tx,
        eventWithoutCaller(origin(), {
          action: "signIn",
          outcome: "done",
          via: "password",
          owner: null,
          subject: null,
        }),
      );
      await write(3);
      await sealTrail();
    });
    expect(await sealTrail()).toBe(1);
    expect(await verify()).toEqual([]);
  });
});

describe("the role that the server runs as", () => {
  it.each([
    "update audit_events set action = 'x'",
    "update audit_events set hash = 'x', previous_hash = 'x', position = 99999",
    "update audit_events set hash = null where hash is not null",
    "delete from audit_events",
    "truncate audit_events",
    "update audit_checkpoints set hash = 'x'",
    "delete from audit_checkpoints",
    "truncate audit_checkpoints",
    "alter table audit_events disable trigger user",
    "drop table audit_events",
  ])("may not %s", async (statement) => {
    await expect(runtime().pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  });

  it("may not purge what is younger than the floor", async () => {
    const before = await verifyTrail();
    await runtime().pool.query("select latchkey_purge_audit(1000000)");
    expect(await verifyTrail()).toEqual(before);
  });
});

describe("the schema's owner is not bound by roles, but by triggers", () => {
  it.each([
    "update audit_events set action = 'x'",
    "delete from audit_events",
    "truncate audit_events",
    "update audit_checkpoints set hash = 'x'",
    "delete from audit_checkpoints",
  ])("%s", async (statement) => {
    await expect(owner.query(statement)).rejects.toMatchObject({ code: "42501" });
  });
});

/** Every way to change one place of the trail. `at` is a position in it. */
const attacks: Record<string, (client: Client, at: number, end: number) => Promise<unknown>> = {
  "alters a word": (client, at) =>
    client.query("update audit_events set client = client || '!' where position = $1", [at]),
  "alters a time": (client, at) =>
    client.query("update audit_events set at = at + interval '1 ms' where position = $1", [at]),
  "alters a detail": (client, at) =>
    client.query(`update audit_events set details = details || '{"x":1}' where position = $1`, [
      at,
    ]),
  "takes a name away": (client, at) =>
    client.query("update audit_events set outcome = 'done', reason = 'x' where position = $1", [
      at,
    ]),
  "cuts one out": (client, at) =>
    client.query("delete from audit_events where position = $1", [at]),
  "cuts the end": (client, at) =>
    client.query("delete from audit_events where position >= $1", [at]),
  "cuts the beginning": (client, at) =>
    client.query("delete from audit_events where position <= $1", [at]),
  "cuts one out and closes the gap": async (client, at) => {
    await client.query("delete from audit_events where position = $1", [at]);
    await client.query("update audit_events set position = -position where position > $1", [at]);
    await client.query("update audit_events set position = -position - 1 where position < 0");
  },
  "swaps two": async (client, at, end) => {
    const other = at === end ? at - 1 : at + 1;
    await client.query("update audit_events set position = -1 where position = $1", [at]);
    await client.query("update audit_events set position = $1 where position = $2", [at, other]);
    await client.query("update audit_events set position = $1 where position = -1", [other]);
  },
  "alters one and computes all hashes anew": async (client, at) => {
    await client.query("update audit_events set client = 'liar' where position = $1", [at]);
    await client.query(
      "update audit_events set hash = null, previous_hash = null, position = null where position >= $1",
      [at],
    );
    await client.query("delete from audit_checkpoints where position >= $1", [at]);
    const key = runtime().rootKey;
    // The liar has the program, but not the master key.
    Object.assign(runtime(), { rootKey: Buffer.alloc(32, 1) });
    await sealTrail();
    Object.assign(runtime(), { rootKey: key });
  },
  "claims a purge": async (client, at) => {
    await client.query("delete from audit_events where position <= $1", [at]);
    await client.query(
      `insert into audit_checkpoints (position, purpose, hash, signature)
       select position, 'purge', hash, signature from audit_checkpoints order by position limit 1
       on conflict do nothing`,
    );
  },
};

describe("whoever changes the trail behind Latchkey's back is found out", () => {
  it("in 200 of 200 cases", { timeout: isFull ? 3_600_000 : 120_000 }, async () => {
    const { head } = await verifyTrail();
    let cases = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(attacks)),
        fc.integer({ min: 1, max: head.position }),
        async (attack, at) => {
          cases += 1;
          const problems = await tampered(
            (client) => attacks[attack]?.(client, at, head.position) ?? Promise.reject(),
          );
          expect(problems, `${attack} at ${at}`).not.toEqual([]);
        },
      ),
      { numRuns: isFull ? 5_000 : 200 },
    );
    expect(cases).toBeGreaterThanOrEqual(200);
    expect(await verify()).toEqual([]);
  });

  it("also at the end together with its checkpoints, by a head kept elsewhere", async () => {
    const { head } = await verifyTrail();
    const cut = async (client: Client) => {
      await client.query("delete from audit_events where position > $1", [head.position - 3]);
      await client.query("delete from audit_checkpoints where position > $1", [head.position - 3]);
      expect(await verify(head)).toEqual([
        `The end was cut: you gave head ${head.position}, the trail ends at ${head.position - 3}.`,
      ]);
    };
    await tampered(cut);
  });

  it("and the altered event is named", async () => {
    const [problem] = await tampered((client) =>
      client.query("update audit_events set action = 'nothing' where position = 5"),
    );
    expect(problem).toMatch(/^Event \d+ \(position 5, 20.*, nothing\) was altered\.$/);
  });
});

/** Makes the first ten events old before they are sealed, as a trail of so many days would be. */
async function sealWithOldBeginning(days: number): Promise<void> {
  await owner.query("alter table audit_events disable trigger user");
  await owner.query("update audit_events set hash = null, previous_hash = null, position = null");
  await owner.query("alter table audit_checkpoints disable trigger user");
  await owner.query("delete from audit_checkpoints");
  await owner.query(
    `update audit_events set at = at - make_interval(days => ${days}) where id in (select id from audit_events order by id limit 10)`,
  );
  await owner.query("alter table audit_events enable trigger user");
  await owner.query("alter table audit_checkpoints enable trigger user");
  await sealTrail();
}

describe("what is older than 400 days", () => {
  it("goes, and the rest verifies from where it ended", async () => {
    const before = await verifyTrail();
    await sealWithOldBeginning(401);
    await purgeTrail();
    const after = await verifyTrail();
    expect(after.problems).toEqual([]);
    expect(after.verified).toBe(before.verified - 10);
    expect(after.head.position).toBe(before.head.position);
    await purgeTrail();
    expect((await verifyTrail()).verified).toBe(after.verified);
    await write(1);
    await sealTrail();
    expect(await verify()).toEqual([]);
  });

  it("is less or more by the settings, from the next sweep on", async () => {
    const before = await verifyTrail();
    await sealWithOldBeginning(201);
    await purgeTrail();
    expect((await verifyTrail()).verified).toBe(before.verified);
    await transaction((tx) => saveSetting(tx, "audit", { retentionDays: 200 }));
    await purgeTrail();
    const after = await verifyTrail();
    expect(after).toMatchObject({ problems: [], verified: before.verified - 10 });
  });
});
