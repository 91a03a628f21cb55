import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { callerFromSession } from "@/lib/auth/caller";
import { runtime } from "@/lib/config/runtime";
import { transaction } from "@/lib/data/db";
import { saveSetting } from "@/lib/data/settings";
import type { Caller } from "@/lib/domain/caller";
import { stepOf } from "@/lib/domain/second-factor/totp";
import { totpCode } from "@/lib/secrets/totp";
import { makeCaller, makePerson, origin, password, signedIn } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { issueCredential } from "../credentials/issue-credential";
import { listCredentials } from "../credentials/list-credentials";
import { createOrResetPassword } from "../passwords/create-or-reset-password";
import { proveIdentity } from "../passwords/prove-identity";
import { completeSignIn } from "../sessions/complete-sign-in";
import { signIn } from "../sessions/sign-in";
import { signOut } from "../sessions/sign-out";
import { recoverAdministrator } from "../users/recover-administrator";
import { unblockUser } from "../users/unblock-user";
import { activateTotpDevice } from "./activate-totp-device";
import { beginEnrolment } from "./begin-enrolment";
import { disableSecondFactor } from "./disable-second-factor";
import { getSecondFactor } from "./get-second-factor";
import { renewRecoveryCodes } from "./renew-recovery-codes";

let stage: TestRuntime;
let admin: Caller;
beforeAll(async () => {
  stage = await startTestRuntime();
  admin = await makeCaller({ isAdministrator: true });
});
afterAll(() => stage.stop());

const sql = (text: string, values: unknown[] = []) => runtime().pool.query(text, values);
const refused = { code: "sign_in_refused" };
const byPassword = (name: string) => signIn(origin(), { userName: name, password });
const withCode = (token: string, code: string) => completeSignIn(origin(), { token, code });

/** Somebody with an app, and what a new code is: a step that was used is forgotten first, since no test waits. */
async function enrolled(person: { email?: string; isAdministrator?: boolean } = {}) {
  const user = await makePerson(person);
  const caller = await signedIn(user);
  const { secret: seed, device } = await beginEnrolment(caller, { userId: user.id });
  const code = () => totpCode(seed, stepOf(new Date()));
  const { secret = "" } = await activateTotpDevice(caller, {
    userId: user.id,
    deviceId: device.id,
    code: code(),
  });
  const fresh = async () => {
    await sql("update totp_devices set used_step = null where user_id = $1", [user.id]);
    return code();
  };
  return { user, caller, seed, fresh, recoveryCodes: secret.split("\n") };
}

async function asked(name: string): Promise<string> {
  const begun = await byPassword(name);
  if (begun.isDone) throw new Error(`${name} was let in by the password alone.`);
  return begun.token;
}

describe("enabling", () => {
  it("takes a right code; begun anew, the former seed is worth nothing", async () => {
    const caller = await makeCaller();
    const { userId } = caller;
    const first = await beginEnrolment(caller, { userId });
    const second = await beginEnrolment(caller, { userId });
    expect(second.device.id).toBe(first.device.id);
    const activate = (seed: string) =>
      activateTotpDevice(caller, {
        userId,
        deviceId: first.device.id,
        code: totpCode(seed, stepOf(new Date())),
      });
    await expect(activate(first.secret)).rejects.toMatchObject({
      code: "invalid_input",
      fields: { code: expect.any(String) },
    });
    expect(await getSecondFactor(caller, { userId })).toBeNull();
    await activate(second.secret);
    expect(await getSecondFactor(caller, { userId })).toMatchObject({ recoveryCodes: 10 });
    await expect(beginEnrolment(caller, { userId })).rejects.toMatchObject({ code: "conflict" });
  });

  it("ends the other sessions, and mails the owner; disabling mails, too", async () => {
    const user = await makePerson({ email: "enabling@example.com" });
    const { token } = (await byPassword(user.name)) as { token: string };
    const caller = await signedIn(user);
    const { secret, device } = await beginEnrolment(caller, { userId: user.id });
    const code = totpCode(secret, stepOf(new Date()));
    await activateTotpDevice(caller, { userId: user.id, deviceId: device.id, code });
    expect(await callerFromSession(token, origin())).toBeUndefined();
    await disableSecondFactor(caller, { userId: user.id });
    const { rows } = await sql(
      "select values ->> 'isOn' as on from mails where user_id = $1 order by created_at",
      [user.id],
    );
    expect(rows).toEqual([{ on: "true" }, { on: "false" }]);
    expect(await byPassword(user.name)).toMatchObject({ isDone: true });
  });

  it("is for oneself; whoever manages users only takes it away, and says why", async () => {
    const { user, caller } = await enrolled();
    const hidden = { code: "not_found" };
    await expect(beginEnrolment(admin, { userId: user.id })).rejects.toMatchObject(hidden);
    await expect(renewRecoveryCodes(admin, { userId: user.id })).rejects.toMatchObject(hidden);
    const stranger = await makeCaller();
    for (const act of [disableSecondFactor, getSecondFactor])
      await expect(act(stranger, { userId: user.id })).rejects.toMatchObject(hidden);
    await expect(disableSecondFactor(admin, { userId: user.id })).rejects.toMatchObject({
      code: "reason_required",
    });
    await disableSecondFactor(admin, { userId: user.id, reason: "a lost phone" });
    expect(await getSecondFactor(caller, { userId: user.id })).toBeNull();
    const { rows } = await sql("select count(*)::int as n from recovery_codes where user_id = $1", [
      user.id,
    ]);
    expect(rows).toEqual([{ n: 0 }]);
  });
});

describe("signing in with a second factor", () => {
  it("takes the password and then a code; in between nothing is open", async () => {
    const { user, fresh } = await enrolled();
    const token = await asked(user.name);
    expect(await callerFromSession(token, origin())).toBeUndefined();
    await expect(withCode(token, "000000")).rejects.toMatchObject(refused);
    const opened = await withCode(token, await fresh());
    expect(await callerFromSession(opened.token, origin())).toBeDefined();
    await expect(withCode(token, await fresh())).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("takes each code once, of two at once too, in one sign-in and in two", async () => {
    const { user, fresh } = await enrolled();
    for (const sameSignIn of [true, false]) {
      const first = await asked(user.name);
      const second = sameSignIn ? first : await asked(user.name);
      const code = await fresh();
      const answers = await Promise.allSettled([withCode(first, code), withCode(second, code)]);
      expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    }
  });

  it("takes a recovery code once, however it is typed; new ones void the former", async () => {
    const { user, recoveryCodes, caller } = await enrolled();
    const [first = "", second = ""] = recoveryCodes;
    await withCode(await asked(user.name), ` ${first.toUpperCase().replaceAll("-", " ")}`);
    await expect(withCode(await asked(user.name), first)).rejects.toMatchObject(refused);
    const renewed = await renewRecoveryCodes(caller, { userId: user.id });
    await expect(withCode(await asked(user.name), second)).rejects.toMatchObject(refused);
    const [newest = ""] = renewed.secret.split("\n");
    expect(await withCode(await asked(user.name), newest)).toMatchObject({ isDone: true });
    expect(await getSecondFactor(caller, { userId: user.id })).toMatchObject({ recoveryCodes: 9 });
  });

  it("is over after ten minutes, and with the password that began it", async () => {
    const { user, fresh } = await enrolled();
    const over = { code: "unauthenticated" };
    const late = await asked(user.name);
    await sql("update sign_in_steps set expires_at = now() where user_id = $1", [user.id]);
    await expect(withCode(late, await fresh())).rejects.toMatchObject(over);
    const reset = await asked(user.name);
    const { secret } = await createOrResetPassword(admin, { userId: user.id, reason: "a test" });
    await expect(withCode(reset, await fresh())).rejects.toMatchObject(over);
    const begun = await signIn(origin(), { userName: user.name, password: secret });
    expect(await withCode(begun.token, await fresh())).toMatchObject({ mustChangePassword: true });
    await expect(
      signIn(origin(), { userName: user.name, password: secret }).then(({ token }) =>
        fresh().then((code) => withCode(token, code)),
      ),
    ).rejects.toMatchObject({ code: "password_expired" });
  });
});

describe("wrong codes", () => {
  it("count together with wrong passwords, which a right password does not forgive", async () => {
    const { user, fresh } = await enrolled();
    for (let failure = 0; failure < 4; failure += 1)
      await signIn(origin(), { userName: user.name, password: "wrong" }).catch(() => undefined);
    for (let failure = 0; failure < 5; failure += 1)
      await expect(withCode(await asked(user.name), "000000")).rejects.toMatchObject(refused);
    const token = await asked(user.name);
    const { token: still } = await byPassword(user.name);
    await expect(withCode(token, "111111")).rejects.toMatchObject(refused);
    await expect(withCode(still, await fresh())).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(byPassword(user.name)).rejects.toMatchObject(refused);
    await unblockUser(admin, { userId: user.id, reason: "a test" });
    expect(await withCode(await asked(user.name), await fresh())).toMatchObject({ isDone: true });
  });

  it("block at ten exactly, however many come at once", async () => {
    const { user } = await enrolled();
    const token = await asked(user.name);
    const answers = await Promise.allSettled(
      Array.from({ length: 40 }, () => withCode(token, "000000")),
    );
    expect(answers.every(({ status }) => status === "rejected")).toBe(true);
    const { rows } = await sql(
      `select c.failed, u.blocked_at is not null as blocked,
        (select count(*)::int from audit_events where owner_id = u.id and reason = 'wrong_code') as events
       from users u join password_counters c on c.name_key = u.name_key where u.id = $1`,
      [user.id],
    );
    expect(rows).toEqual([{ failed: 10, blocked: true, events: 10 }]);
  });

  it("are not forgiven by what else opens with a password", async () => {
    const { user, fresh } = await enrolled();
    for (let failure = 0; failure < 9; failure += 1) {
      await expect(withCode(await asked(user.name), "000000")).rejects.toMatchObject(refused);
      await sql("update password_counters set failed = 0 where name_key = $1", [user.nameKey]);
    }
    await expect(withCode(await asked(user.name), "000000")).rejects.toMatchObject(refused);
    await expect(byPassword(user.name)).rejects.toMatchObject(refused);
    await unblockUser(admin, { userId: user.id, reason: "a test" });
    await expect(withCode(await asked(user.name), "000000")).rejects.toMatchObject(refused);
    expect(await withCode(await asked(user.name), await fresh())).toMatchObject({ isDone: true });
  });
});

describe("a proof of identity", () => {
  it("is the password or a code, each code once", async () => {
    const { caller, fresh } = await enrolled();
    const wrong = { code: "invalid_input" };
    await expect(proveIdentity(caller, { code: "000000" })).rejects.toMatchObject({
      ...wrong,
      fields: { code: expect.any(String) },
    });
    const code = await fresh();
    await proveIdentity(caller, { code });
    await expect(proveIdentity(caller, { code })).rejects.toMatchObject(wrong);
    await proveIdentity(caller, { password });
    await expect(proveIdentity(caller, { password, code })).rejects.toMatchObject(wrong);
    const without = await makeCaller();
    await expect(proveIdentity(without, { code })).rejects.toMatchObject(wrong);
  });
});

describe("the host", () => {
  it("lets an administrator in who lost the app and the codes", async () => {
    const { user } = await enrolled({ isAdministrator: true });
    const { oneTimePassword } = await recoverAdministrator(user.name);
    expect(
      await signIn(origin(), { userName: user.name, password: oneTimePassword }),
    ).toMatchObject({ isDone: true, mustChangePassword: true });
  });
});

describe("the settings", () => {
  const rule = (change: Record<string, boolean>) =>
    transaction((tx) => saveSetting(tx, "second-factor", change));
  afterEach(() => sql("delete from settings where key = 'second-factor'"));

  async function seated(person: { isAdministrator?: boolean } = {}) {
    const user = await makePerson(person);
    const { token } = await byPassword(user.name);
    return async () => {
      const caller = await callerFromSession(token, origin());
      if (!caller) throw new Error(`${user.name} has no session.`);
      return caller;
    };
  }
  const led = { code: "must_enrol" };
  const list = (caller: Caller, kind = "auth_token") =>
    listCredentials(caller, { ownerId: caller.userId, kind });

  it("lead administrators without a second factor to set one up, and nobody else", async () => {
    const [administrator, person] = [await seated({ isAdministrator: true }), await seated()];
    await rule({ administrators: true });
    await expect(list(await administrator())).rejects.toMatchObject(led);
    expect(await list(await person())).toEqual([]);
  });

  it("lead everybody who signs in with a password, to what sets one up and to the way out", async () => {
    const person = await seated();
    await rule({ everybody: true });
    const caller = await person();
    for (const act of [disableSecondFactor, renewRecoveryCodes, getSecondFactor])
      await expect(act(caller, { userId: caller.userId })).rejects.toMatchObject(led);
    await proveIdentity(caller, { password });
    const { secret, device } = await beginEnrolment(caller, { userId: caller.userId });
    const code = totpCode(secret, stepOf(new Date()));
    await activateTotpDevice(caller, { userId: caller.userId, deviceId: device.id, code });
    const { rows } = await sql("select has_second_factor as has from users where id = $1", [
      caller.userId,
    ]);
    expect(rows).toEqual([{ has: true }]);
    const other = await seated();
    await signOut(await other(), {});
  });

  it("keep database passwords for those who have one, of others too", async () => {
    const { caller, user } = await enrolled();
    const person = await seated();
    const administrator = await seated({ isAdministrator: true });
    await rule({ databasePasswords: true });
    expect(await list(caller, "database_password")).toEqual([]);
    const kept = { code: "second_factor_required" };
    await expect(list(await person(), "database_password")).rejects.toMatchObject(kept);
    expect(await list(await person())).toEqual([]);
    const { userId } = await person();
    await expect(
      issueCredential(await person(), {
        ownerId: userId,
        kind: "database_password",
        values: { description: "", password: "Ebbe-und-Flut-26" },
      }),
    ).rejects.toMatchObject(kept);
    const theirs = { ownerId: user.id, kind: "database_password" };
    await expect(listCredentials(await administrator(), theirs)).rejects.toMatchObject(kept);
  });
});
