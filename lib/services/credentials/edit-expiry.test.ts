import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { credentialKinds } from "@/lib/domain/credentials/registry";
import { makeCaller } from "@/lib/testing/callers";
import { openEveryKind, successorValuesFor, valuesFor } from "@/lib/testing/kind-values";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { endDueCredentials } from "./end-due";
import { issueCredential } from "./issue-credential";
import { listCredentials } from "./list-credentials";
import { rotateCredential } from "./rotate-credential";
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

const inDays = (days: number) => new Date(Date.now() + days * 24 * 3_600_000).toISOString();

/** How many days before its expiry the owner is next written to. */
const noticeOf = async (id: string) =>
  (
    await sql(
      "select round(extract(epoch from expires_at - notice_at) / 86400)::int as days from credentials where id = $1",
      [id],
    )
  )[0]?.days;

describe.each(credentialKinds.map((kind) => [kind.id, kind] as const))("%s", (id, kind) => {
  const issue = async (owner: Caller, expiresAt: string | null = null) =>
    (
      await issueCredential(owner, {
        ownerId: owner.userId,
        kind: id,
        values: valuesFor(id),
        expiresAt,
      })
    ).credential;

  const edit = (caller: Caller, one: { id: string; ownerId: string }, change: object) =>
    updateCredential(caller, {
      reason: "a test",
      ownerId: one.ownerId,
      kind: id,
      credential: { id: one.id },
      values: {},
      ...change,
    });

  it("is given an expiry, another one and none, and its owner's mails move with it", async () => {
    const owner = await makeCaller();
    const one = await issue(owner);
    for (const [days, notice] of [
      [40, 30],
      [20, 7],
      [3, 1],
      [0.5, null],
      [400, 30],
    ] as const) {
      const expiresAt = inDays(days);
      const { credential } = await edit(owner, one, { expiresAt });
      expect(credential).toMatchObject({ expiresAt, state: "active" });
      expect(await noticeOf(one.id)).toBe(notice);
    }
    const { credential: left } = await edit(owner, one, {});
    expect(left.expiresAt).not.toBeNull();
    const { credential } = await edit(owner, one, { expiresAt: null });
    expect(credential.expiresAt).toBeNull();
    expect(await noticeOf(one.id)).toBeNull();
    const events = await sql(
      "select details from audit_events where subject_id = $1 and action = 'updateCredential' order by id",
      [one.id],
    );
    expect(events).toHaveLength(7);
    expect(events.map(({ details }) => "expiresAt" in details)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      true,
    ]);
    expect(events.at(-1)?.details).toMatchObject({ expiresAt: null });
  });

  it("lives longer only with a fresh proof in the console; less long, or under another name, without", async () => {
    const owner = await makeCaller();
    if (owner.proof.type !== "session") throw new Error("no session");
    const provedAt = new Date(owner.proof.now.getTime() - 16 * 60_000);
    const late: Caller = { ...owner, proof: { ...owner.proof, provedAt } };
    const one = await issue(owner);
    const { credential } = await edit(late, one, { expiresAt: inDays(40) });
    await edit(late, one, { expiresAt: credential.expiresAt });
    await edit(late, one, { expiresAt: inDays(20) });
    await edit(late, one, {});
    for (const expiresAt of [inDays(30), null])
      await expect(edit(late, one, { expiresAt })).rejects.toMatchObject({
        code: "step_up_required",
      });
    await edit(owner, one, { expiresAt: null });
  });

  it("takes no expiry in the past, and none from a stranger", async () => {
    const owner = await makeCaller();
    const one = await issue(owner);
    await expect(edit(owner, one, { expiresAt: inDays(-1) })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { expiresAt: expect.any(String) },
    });
    await expect(edit(await makeCaller(), one, { expiresAt: inDays(1) })).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await listCredentials(owner, { ownerId: owner.userId, kind: id }))[0]).toMatchObject({
      expiresAt: null,
      version: 1,
    });
  });

  it("that has expired is not extended before the sweep, nor revived after it", async () => {
    const owner = await makeCaller();
    const one = await issue(owner, inDays(1));
    await sql("update credentials set expires_at = now() where id = $1", [one.id]);
    for (const expiresAt of [inDays(30), null])
      await expect(edit(owner, one, { expiresAt })).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining("Make another"),
      });
    await sweep();
    await expect(edit(owner, one, { expiresAt: null })).rejects.toMatchObject({
      code: "not_found",
    });
    const [row] = await listCredentials(owner, { ownerId: owner.userId, kind: id });
    expect(row?.state).toBe("ended");
  });

  it("that is extended while a sweep runs either lives or has ended, whole", async () => {
    const owner = await makeCaller();
    const one = await issue(owner, inDays(1));
    await sql("update credentials set expires_at = now() + interval '30 ms' where id = $1", [
      one.id,
    ]);
    const [edited] = await Promise.allSettled([
      edit(owner, one, { expiresAt: inDays(30) }),
      ...Array.from({ length: 8 }, sweep),
    ]);
    await sweep();
    const [row] = await listCredentials(owner, { ownerId: owner.userId, kind: id });
    expect(row?.state).toBe(edited.status === "fulfilled" ? "active" : "ended");
  });

  if (kind.description.successor === undefined) return;

  it("that was replaced goes when its overlap is over, whatever its expiry", async () => {
    const owner = await makeCaller();
    const one = await issue(owner, inDays(90));
    const values = successorValuesFor(id);
    const target = { ownerId: owner.userId, kind: id, credential: { id: one.id } };
    await rotateCredential(owner, { ...target, overlap: "24h", values });
    const rows = await listCredentials(owner, { ownerId: owner.userId, kind: id });
    const old = rows.find(({ state }) => state === "retiring");
    if (!old) throw new Error("Nothing retires.");
    for (const expiresAt of [inDays(300), null])
      await expect(edit(owner, old, { expiresAt })).rejects.toMatchObject({ code: "conflict" });
    await edit(owner, old, { expiresAt: old.expiresAt });
  });
});
