import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { makeCaller, makePerson, origin, password as consolePassword } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { issueCredential } from "../credentials/issue-credential";
import { revokeCredential } from "../credentials/revoke-credential";
import { switchCredential } from "../credentials/switch-credential";
import { flushLastUses } from "../last-use";
import { signIn } from "../sessions/sign-in";
import { deleteUser } from "../users/delete-user";
import { unblockUser } from "../users/unblock-user";
import { updateCapabilities } from "../users/update-capabilities";
import { updateUser } from "../users/update-user";
import { verifyDatabasePassword } from "./verify-database-password";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime();
});
afterAll(() => stage.stop());

const kind = "database_password";
const older = "Ebbe-und-Flut-26";
const newer = "Wind-und-Wetter-27";
const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query(text, values)).rows;

async function issue(caller: Caller, password = older, expiresAt: string | null = null) {
  const values = { description: "sales", password };
  const made = { ownerId: caller.userId, kind, values, expiresAt };
  return (await issueCredential(caller, made)).credential;
}
const verify = (userName: string, password: string) =>
  verifyDatabasePassword(origin({ client: "postgres", address: "192.0.2.44" }), {
    userName,
    password,
  });
const failTimes = async (times: number, userName: string) => {
  for (let count = 0; count < times; count += 1)
    expect(await verify(userName, "Wrong-Password-0")).toBeUndefined();
};

describe("a database password", () => {
  it("opens with either of two, by user name or alternate name, whatever its case", async () => {
    const owner = await makeCaller();
    const first = await issue(owner, older);
    const second = await issue(owner, newer);
    await updateUser(owner, { userId: owner.userId, dbUserName: `Db${owner.name.slice(5)}` });
    const who = { userId: owner.userId, name: owner.name };
    expect(await verify(owner.name, older)).toEqual({ ...who, credentialId: first.id });
    expect(await verify(` ${owner.name.toUpperCase()} `, newer)).toEqual({
      ...who,
      credentialId: second.id,
    });
    expect(await verify(`dB${owner.name.slice(5)}`, newer)).toMatchObject(who);
    expect(await verify(owner.name, "Ebbe-und-Flut-27")).toBeUndefined();
    expect(await verify(owner.name, consolePassword)).toBeUndefined();
  });

  it("notes its use: when, from where and by what", async () => {
    const owner = await makeCaller();
    const { id } = await issue(owner);
    await verify(owner.name, older);
    await flushLastUses();
    expect(
      await sql(
        "select last_used_address, last_used_client, now() - last_used_at < interval '1 minute' as recent from credentials where id = $1",
        [id],
      ),
    ).toEqual([{ last_used_address: "192.0.2.44", last_used_client: "postgres", recent: true }]);
  });

  it("opens nothing from the moment it is deleted, disabled or expired", async () => {
    const owner = await makeCaller();
    const one = await issue(owner, older);
    const two = await issue(owner, newer);
    const named = (id: string) => ({ ownerId: owner.userId, kind, credential: { id } });
    await revokeCredential(owner, named(one.id));
    expect(await verify(owner.name, older)).toBeUndefined();
    expect(await verify(owner.name, newer)).toBeDefined();
    await switchCredential(owner, { ...named(two.id), isEnabled: false });
    expect(await verify(owner.name, newer)).toBeUndefined();
    await switchCredential(owner, { ...named(two.id), isEnabled: true });
    await sql("update credentials set expires_at = now() where id = $1", [two.id]);
    expect(await verify(owner.name, newer)).toBeUndefined();
  });

  it("opens nothing for a suspended or deleted user, nor while the capability is off", async () => {
    const administrator = await makeCaller({ isAdministrator: true });
    const owner = await makeCaller();
    await issue(owner);
    await sql("update users set state = 'suspended' where id = $1", [owner.userId]);
    expect(await verify(owner.name, older)).toBeUndefined();
    await sql("update users set state = 'active' where id = $1", [owner.userId]);
    expect(await verify(owner.name, older)).toBeDefined();
    const switchTo = (canUseDbCredentials: boolean) =>
      updateCapabilities(administrator, {
        reason: "a test",
        userId: owner.userId,
        capabilities: { canUseDbCredentials },
      });
    await switchTo(false);
    expect(await verify(owner.name, older)).toBeUndefined();
    await switchTo(true);
    expect(await verify(owner.name, older)).toBeDefined();
    await deleteUser(administrator, { reason: "a test", userId: owner.userId });
    expect(await verify(owner.name, older)).toBeUndefined();
  });

  it("that is deleted while it is checked opens nothing", async () => {
    const owner = await makeCaller();
    const { id } = await issue(owner);
    const blocker = await runtime().pool.connect();
    await blocker.query("begin");
    await blocker.query("select 1 from users where id = $1 for update", [owner.userId]);
    const checked = verify(owner.name, older);
    // The hash takes longer than this; the end of the check then waits for the user's lock.
    await new Promise((resolve) => setTimeout(resolve, 400));
    await blocker.query(
      "update credentials set ended_at = now(), ended_reason = 'deleted', verifier = null where id = $1",
      [id],
    );
    await blocker.query("commit");
    blocker.release();
    expect(await checked).toBeUndefined();
  });
});

describe("ten failures in a row", () => {
  it("block, counted together with the console's, and only an administrator lets in again", async () => {
    const administrator = await makeCaller({ isAdministrator: true });
    const owner = await makeCaller();
    await issue(owner);
    const atConsole = (secret: string) =>
      signIn(origin(), { userName: owner.name, password: secret });
    const refused = { code: "sign_in_refused" };
    for (let count = 0; count < 5; count += 1)
      await expect(atConsole("wrong")).rejects.toMatchObject(refused);
    await failTimes(4, owner.name);
    // A success starts the count anew.
    expect(await verify(owner.name, older)).toBeDefined();
    await failTimes(6, owner.name);
    for (let count = 0; count < 4; count += 1)
      await expect(atConsole("wrong")).rejects.toMatchObject(refused);
    expect(await verify(owner.name, older)).toBeUndefined();
    await expect(atConsole(consolePassword)).rejects.toMatchObject(refused);
    const events = await sql(
      "select action, reason, address from audit_events where owner_id = $1 and action in ('blockUser', 'verifyDatabasePassword') order by id desc limit 2",
      [owner.userId],
    );
    expect(events).toMatchObject([
      { action: "verifyDatabasePassword", reason: "blocked", address: "192.0.2.44" },
      { action: "blockUser", reason: "ten_failures" },
    ]);
    await unblockUser(administrator, { reason: "a test", userId: owner.userId });
    expect(await verify(owner.name, older)).toBeDefined();
  });

  it("are exactly ten under concurrency, over both names of a person", async () => {
    const owner = await makeCaller();
    await issue(owner);
    const alternate = `alt${owner.name.slice(5)}`;
    await updateUser(owner, { userId: owner.userId, dbUserName: alternate });
    for (let round = 0; round < 4; round += 1) {
      await Promise.allSettled(
        Array.from({ length: 16 }, (_, index) =>
          verify(index % 2 === 0 ? owner.name : alternate, "Wrong-Password-0"),
        ),
      );
    }
    const [counter] = await sql(
      "select failed, leases from password_counters where name_key = $1",
      [owner.name],
    );
    expect(counter).toEqual({ failed: 10, leases: {} });
    const [{ checked }] = await sql(
      "select count(*)::int as checked from audit_events where owner_id = $1 and action = 'verifyDatabasePassword' and reason = 'wrong_password'",
      [owner.userId],
    );
    expect(checked).toBe(10);
    expect(await verify(owner.name, older)).toBeUndefined();
  });

  it("block a service user's database passwords too, but never from the console, which is not theirs", async () => {
    const service = await makePerson({ kind: "service" });
    const administrator = await makeCaller({ isAdministrator: true });
    await issueCredential(administrator, {
      reason: "a test",
      ownerId: service.id,
      kind,
      values: { description: "reports", password: older },
    });
    for (let count = 0; count < 12; count += 1) {
      await expect(
        signIn(origin(), { userName: service.name, password: "wrong" }),
      ).rejects.toMatchObject({ code: "sign_in_refused" });
    }
    expect(await verify(service.name, older)).toBeDefined();
    await failTimes(10, service.name);
    expect(await verify(service.name, older)).toBeUndefined();
    const [row] = await sql("select blocked_at from users where id = $1", [service.id]);
    expect(row?.blocked_at).not.toBeNull();
    await unblockUser(administrator, { reason: "a test", userId: service.id });
    expect(await verify(service.name, older)).toBeDefined();
  });

  it("at a database do not block whoever may not use one", async () => {
    const administrator = await makeCaller({ isAdministrator: true });
    const owner = await makeCaller();
    await updateCapabilities(administrator, {
      reason: "a test",
      userId: owner.userId,
      capabilities: { canUseDbCredentials: false },
    });
    await failTimes(11, owner.name);
    expect(
      await signIn(origin(), { userName: owner.name, password: consolePassword }),
    ).toMatchObject({ name: owner.name });
  });

  it("of a name that nobody has are answered the same", async () => {
    await failTimes(12, "nobody.at.all");
  });
});
