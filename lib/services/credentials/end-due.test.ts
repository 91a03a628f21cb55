import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { transaction } from "@/lib/data/db";
import { lockUser } from "@/lib/data/users";
import type { Caller } from "@/lib/domain/caller";
import { credentialKinds } from "@/lib/domain/credentials/registry";
import { makeCaller } from "@/lib/testing/callers";
import { openEveryKind, successorValuesFor, valuesFor } from "@/lib/testing/kind-values";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";
import { usedBy } from "@/lib/testing/used";

import { listActivity } from "../activity/list-activity";
import { endDueCredentials, purgeEndedCredentials } from "./end-due";
import { issueCredential } from "./issue-credential";
import { listCredentials } from "./list-credentials";
import { revokeCredential } from "./revoke-credential";
import { rotateCredential } from "./rotate-credential";
import { switchCredential } from "./switch-credential";
import { updateCredential } from "./update-credential";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime();
  await openEveryKind();
});
afterAll(() => stage.stop());

const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query(text, values)).rows;

const sweep = () => endDueCredentials(new AbortController().signal);

const issue = async (owner: Caller, kind: string) =>
  (await issueCredential(owner, { ownerId: owner.userId, kind, values: valuesFor(kind) }))
    .credential;

/** The clock cannot be turned on; what it is compared with can be turned back. */
const expire = ({ id }: { id: string }) =>
  sql("update credentials set expires_at = now() where id = $1", [id]);

const endsOf = ({ id }: { id: string }) =>
  sql(
    "select details->>'reason' as reason from audit_events where subject_id = $1 and action = $2",
    [id, "expireCredential"],
  );

describe.each(credentialKinds.map((kind) => [kind.id, kind] as const))("%s", (id, kind) => {
  const list = (owner: Caller) => listCredentials(owner, { ownerId: owner.userId, kind: id });
  const target = (owner: Caller, credential: { id: string }) => ({
    ownerId: owner.userId,
    kind: id,
    credential: { id: credential.id },
  });

  it("whose expiry has passed does not count, and the sweep ends it for good", async () => {
    const owner = await makeCaller();
    const credential = await issue(owner, id);
    await switchCredential(owner, { ...target(owner, credential), isEnabled: false });
    const other = await issue(owner, id);
    await expire(credential);
    expect(await usedBy(owner, { ownerId: owner.userId })).toEqual({ [id]: 1 });

    expect(await sweep()).toBe(1);
    expect(await sweep()).toBe(0);
    const [ended, living] = await list(owner);
    expect(ended).toMatchObject({ state: "ended", ended: { reason: "expired", by: null } });
    expect(living).toMatchObject({ id: other.id, state: "active" });
    expect(await usedBy(owner, { ownerId: owner.userId })).toEqual({ [id]: 1 });
    expect(
      await sql("select verifier, sealed_secret from credentials where id = $1", [credential.id]),
    ).toEqual([{ verifier: null, sealed_secret: null }]);
    expect(await endsOf(credential)).toEqual([{ reason: "expired" }]);
    const { events } = await listActivity(owner, { userId: owner.userId });
    expect(events[0]).toMatchObject({ action: "expireCredential", actor: null, via: "clock" });

    const gone = { code: "not_found" };
    const it = target(owner, credential);
    await expect(switchCredential(owner, { ...it, isEnabled: true })).rejects.toMatchObject(gone);
    await expect(updateCredential(owner, { ...it, values: {} })).rejects.toMatchObject(gone);
    await expect(revokeCredential(owner, it)).rejects.toMatchObject(gone);
    await expect(rotateCredential(owner, { ...it, overlap: "now" })).rejects.toMatchObject(gone);
  });

  it("that ended 90 days ago is listed no more, and its row is gone", async () => {
    const owner = await makeCaller();
    const older = await issue(owner, id);
    const newer = await issue(owner, id);
    for (const one of [older, newer]) await revokeCredential(owner, target(owner, one));
    const age = (credential: { id: string }, days: string) =>
      sql("update credentials set ended_at = now() - $2::interval where id = $1", [
        credential.id,
        days,
      ]);
    await age(older, "90 days 1 minute");
    await age(newer, "89 days 23 hours");
    const listed = (await list(owner)).map((one) => one.id);
    await purgeEndedCredentials(new AbortController().signal);
    const kept = await sql("select id from credentials where owner_id = $1", [owner.userId]);
    expect(listed).toEqual([newer.id]);
    expect(kept).toEqual([{ id: newer.id }]);
  });

  const { successor } = kind.description;
  if (successor === undefined) return;

  it("that was replaced is retired when the overlap is over, and the new one stays", async () => {
    const owner = await makeCaller();
    const credential = await issue(owner, id);
    const values = successorValuesFor(id);
    await rotateCredential(owner, { ...target(owner, credential), overlap: "1h", values });
    await sql(
      "update credentials set retiring_until = now() where owner_id = $1 and retiring_until is not null",
      [owner.userId],
    );
    expect(await sweep()).toBe(1);
    const rows = await list(owner);
    const old = rows.find(({ ended }) => ended !== null);
    expect(old?.ended).toMatchObject({ reason: "retired", by: null });
    expect(rows.filter(({ ended }) => ended === null)).toMatchObject([{ state: "active" }]);
    expect(await endsOf({ id: old?.id ?? "" })).toEqual([{ reason: "retired" }]);
  });

  it("that expires while the one it replaced still works leaves that to itself, unless it is the same", async () => {
    const owner = await makeCaller();
    const credential = await issue(owner, id);
    const values = successorValuesFor(id);
    const { credential: renewed } = await rotateCredential(owner, {
      ...target(owner, credential),
      overlap: "7d",
      values,
    });
    await expire(renewed);
    expect(await sweep()).toBe(1);
    const states = (await list(owner)).map(({ state }) => state).toSorted();
    expect(states).toEqual(successor === "same-id" ? ["ended", "ended"] : ["ended", "retiring"]);
    expect(await usedBy(owner, { ownerId: owner.userId })).toEqual(
      successor === "same-id" ? {} : { [id]: 1 },
    );
  });
});

const token = "auth_token";

it("four sweeps at once end each credential once", async () => {
  const owners = await Promise.all(Array.from({ length: 12 }, () => makeCaller()));
  const due = [];
  for (const owner of owners) due.push(await issue(owner, token), await issue(owner, token));
  for (const credential of due) await expire(credential);
  const counts = await Promise.all([sweep(), sweep(), sweep(), sweep()]);
  // A sweep passes over an owner that another is at; whatever is left, the next round finds.
  const rest = await sweep();
  expect(counts.reduce((sum, count) => sum + count, rest)).toBe(due.length);
  for (const credential of due) expect(await endsOf(credential)).toHaveLength(1);
});

it("goes through more than one batch, and stops between two owners when it is told to", async () => {
  const owner = await makeCaller();
  const { id } = await issue(owner, token);
  await sql(
    `with people as (
       insert into users (id, tenancy_id, name, name_key)
       select 'swept-' || n, tenancy_id, 'swept-' || n, 'swept-' || n
       from users, generate_series(1, 250) n where users.id = $2 returning id)
     insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, expires_at)
     select 'due-' || people.id, kind, people.id, 'due-' || people.id, public_id_scope, details, now()
     from credentials, people where credentials.id = $1`,
    [id, owner.userId],
  );
  const stopped = new AbortController();
  stopped.abort();
  expect(await endDueCredentials(stopped.signal)).toBe(0);
  expect(await sweep()).toBe(250);
});

it("passes over an owner whom somebody is changing, and comes by again", async () => {
  const [busy, idle] = [await makeCaller(), await makeCaller()];
  for (const owner of [busy, idle]) await expire(await issue(owner, token));
  await transaction(async (tx) => {
    await lockUser(tx, busy.userId);
    expect(await sweep()).toBe(1);
  });
  expect(await sweep()).toBe(1);
});

it("is not held up by a row of a kind that nobody knows", async () => {
  const [first, second] = [await makeCaller(), await makeCaller()];
  const broken = await issue(first, token);
  await sql(
    "update credentials set kind = 'of-another-release', expires_at = now() - interval '1 d' where id = $1",
    [broken.id],
  );
  await expire(await issue(second, token));
  expect(await sweep()).toBe(1);
  expect(stage.logged.join("")).toContain("what is due could not be done");
  await sql("delete from credentials where id = $1", [broken.id]);
});

it("finds what is due, and what ended long ago, by an index", async () => {
  const owner = await makeCaller();
  const { id } = await issue(owner, token);
  await sql(
    `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, expires_at, ended_at, ended_reason)
     select 'many-' || n, kind, owner_id, 'many-' || n, public_id_scope, details, now() + interval '1 d',
       case when n % 2 = 0 then now() end, case when n % 2 = 0 then 'deleted' end
     from credentials, generate_series(1, 4000) n where id = $1`,
    [id],
  );
  await stage.analyze("credentials");
  const planOf = async (statement: string) =>
    (await sql(`explain ${statement}`)).map((row) => row["QUERY PLAN"]).join("\n");
  const due = `select id from credentials where ended_at is null and least(retiring_until, expires_at) <= now()
    order by least(retiring_until, expires_at), id limit 100`;
  const ended =
    "select id from credentials where ended_at <= now() - interval '90 d' order by ended_at limit 100";
  expect(await planOf(due)).toContain("credentials_due");
  expect(await planOf(ended)).toContain("credentials_ended_since");
});
