import { hash } from "@node-rs/argon2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { callerFromSession } from "@/lib/auth/caller";
import { runtime } from "@/lib/config/runtime";
import { signInRefusal } from "@/lib/domain/password/lockout";
import { makeCaller, makePerson, origin, password } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { listCredentials } from "../credentials/list-credentials";
import { changePassword } from "../passwords/change-password";
import { createOrResetPassword } from "../passwords/create-or-reset-password";
import { unblockUser } from "../users/unblock-user";
import { endOtherSessions } from "./end-other-sessions";
import { endSession } from "./end-session";
import { listSessions } from "./list-sessions";
import { signIn } from "./sign-in";
import { signOut } from "./sign-out";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime();
});
afterAll(() => stage.stop());

const attempt = (userName: string, secret: string, from = "192.0.2.7") =>
  signIn(origin({ address: from }), { userName, password: secret });
const refused = { code: "sign_in_refused", message: signInRefusal };
const sql = (text: string, values: unknown[] = []) => runtime().pool.query(text, values);
const mailsOf = async (userId: string) =>
  (await sql("select template, recipient, values from mails where user_id = $1", [userId])).rows;

describe("the first sign-in", () => {
  it("takes the one-time password once and leads to nothing but the change", async () => {
    const opened = await attempt("admin", stage.firstPassword);
    expect(opened).toMatchObject({ mustChangePassword: true });
    await expect(attempt("admin", stage.firstPassword)).rejects.toMatchObject({
      code: "password_expired",
    });

    const caller = await callerFromSession(opened.token, origin());
    if (!caller) throw new Error("no caller");
    await expect(
      listCredentials(caller, { ownerId: caller.userId, kind: "api_key" }),
    ).rejects.toMatchObject({ code: "must_change_password" });
    await expect(listSessions(caller, { userId: caller.userId })).rejects.toMatchObject({
      code: "must_change_password",
    });

    const chosen = "A-Rather-Long-Sentence-9";
    const changed = await changePassword(caller, {
      currentPassword: stage.firstPassword,
      newPassword: chosen,
      confirmNewPassword: chosen,
    });
    expect(await callerFromSession(opened.token, origin())).toBeUndefined();
    const settled = await callerFromSession(changed.token, origin());
    if (!settled) throw new Error("no caller after the change");
    expect(await listCredentials(settled, { ownerId: settled.userId, kind: "api_key" })).toEqual(
      [],
    );
    expect(await attempt("ADMIN", chosen)).toMatchObject({ mustChangePassword: false });

    const next = "Another-Long-Sentence-7";
    const { token } = await changePassword(settled, {
      currentPassword: chosen,
      newPassword: next,
      confirmNewPassword: next,
    });
    const later = await callerFromSession(token, origin());
    if (!later) throw new Error("no caller after the second change");
    // The number is the policy's, not that of the passwords there have been.
    await expect(
      changePassword(later, {
        currentPassword: next,
        newPassword: chosen,
        confirmNewPassword: chosen,
      }),
    ).rejects.toMatchObject({
      fields: {
        newPassword: "You used this password before: your last 5 cannot be used again.",
      },
    });
  });

  it("refuses a one-time password after seven days, and says so only to who types it right", async () => {
    const administrator = await makeCaller({ isAdministrator: true });
    const person = await makePerson();
    const { secret } = await createOrResetPassword(administrator, {
      reason: "a test",
      userId: person.id,
    });
    await sql(
      "update console_passwords set expires_at = now() - interval '1 second' where user_id = $1",
      [person.id],
    );
    await expect(attempt(person.name, secret)).rejects.toMatchObject({ code: "password_expired" });
    await expect(attempt(person.name, password)).rejects.toMatchObject(refused);
  });
});

describe("ten failures in a row", () => {
  it("are not forgiven by a one-time password that is used up, which is written down", async () => {
    const administrator = await makeCaller({ isAdministrator: true });
    const person = await makePerson();
    const { secret } = await createOrResetPassword(administrator, {
      reason: "a test",
      userId: person.id,
    });
    await attempt(person.name, secret);
    for (let failure = 0; failure < 9; failure += 1)
      await expect(attempt(person.name, "wrong")).rejects.toMatchObject(refused);
    await expect(attempt(person.name, secret)).rejects.toMatchObject({ code: "password_expired" });
    await expect(attempt(person.name, "wrong")).rejects.toMatchObject(refused);
    // The tenth has blocked, and a blocked user hears nothing of what was right.
    await expect(attempt(person.name, secret)).rejects.toMatchObject(refused);
    const { rows } = await sql(
      "select outcome from audit_events where owner_id = $1 and action = 'signIn' and reason = 'password_expired'",
      [person.id],
    );
    expect(rows).toEqual([{ outcome: "refused" }]);
  });

  it("block, tell nobody, and only an administrator unblocks", async () => {
    const person = await makePerson();
    for (let failure = 0; failure < 9; failure += 1)
      await expect(attempt(person.name, "wrong")).rejects.toMatchObject(refused);
    expect(await attempt(person.name, password)).toBeTruthy();
    for (let failure = 0; failure < 10; failure += 1)
      await expect(attempt(person.name, "wrong")).rejects.toMatchObject(refused);
    await expect(attempt(person.name, password)).rejects.toMatchObject(refused);

    const administrator = await makeCaller({ isAdministrator: true });
    const unblocked = await unblockUser(administrator, { reason: "a test", userId: person.id });
    expect(unblocked.state).toBe("active");
    expect(await attempt(person.name, password)).toBeTruthy();
  });

  it("are told to the owner in one mail, where there is an address", async () => {
    const person = await makePerson({ email: "blocked@people.test" });
    const unreachable = await makePerson();
    for (const { name, nameKey } of [person, unreachable]) {
      await expect(attempt(name, "wrong")).rejects.toMatchObject(refused);
      await sql("update password_counters set failed = 8 where name_key = $1", [nameKey]);
      await expect(attempt(name, "wrong")).rejects.toMatchObject(refused);
      expect(await mailsOf(person.id)).toHaveLength(name === person.name ? 0 : 1);
      for (const _ of ["the tenth", "one more"])
        await expect(attempt(name, "wrong")).rejects.toMatchObject(refused);
    }
    const { rows } = await sql("select blocked_at from users where id = $1", [person.id]);
    const values = { userName: person.name, blockedAt: rows[0].blocked_at.toISOString() };
    expect(await mailsOf(person.id)).toEqual([
      { template: "user_blocked", recipient: "blocked@people.test", values },
    ]);
    expect(await mailsOf(unreachable.id)).toEqual([]);
  });

  it("end every session of the blocked user", async () => {
    const person = await makePerson();
    const { token } = await attempt(person.name, password);
    expect(await callerFromSession(token, origin())).toBeDefined();
    for (let failure = 0; failure < 10; failure += 1)
      await attempt(person.name, "wrong").catch(() => undefined);
    expect(await callerFromSession(token, origin())).toBeUndefined();
  });

  it("are counted on the change of password too", async () => {
    const person = await makePerson();
    const { token } = await attempt(person.name, password);
    const caller = await callerFromSession(token, origin());
    if (!caller) throw new Error("no caller");
    const chosen = "Another-Long-Sentence-3";
    for (let failure = 0; failure < 10; failure += 1) {
      const wrong = { currentPassword: "wrong", newPassword: chosen, confirmNewPassword: chosen };
      await expect(changePassword(caller, wrong)).rejects.toMatchObject({ code: "invalid_input" });
    }
    await expect(attempt(person.name, password)).rejects.toMatchObject(refused);
  });

  it("hold for 30 bursts of 64 at once: at most ten checks fail, then nobody gets in", async () => {
    for (let burst = 0; burst < 30; burst += 1) {
      const person = await makePerson();
      const from = `203.0.113.${burst}`;
      const answers = await Promise.all(
        Array.from({ length: 64 }, () =>
          attempt(person.name, "wrong", from).then(
            () => "in",
            (error: unknown) => codeOf(error),
          ),
        ),
      );
      expect(answers).not.toContain("in");
      const { rows } = await sql(
        "select failed, leases from password_counters where name_key = $1",
        [person.nameKey],
      );
      expect(rows[0].failed).toBeLessThanOrEqual(10);
      // A check whose end could not be written keeps its place for half a minute: too strict, never too lax.
      expect(Object.keys(rows[0].leases).length).toBeLessThanOrEqual(
        answers.filter((answer) => answer === "unavailable").length,
      );
      const failures = await sql(
        "select count(*)::int as n from audit_events where owner_id = $1 and reason = 'wrong_password'",
        [person.id],
      );
      expect(failures.rows[0].n).toBe(rows[0].failed);
      while (
        codeOf(await attempt(person.name, "wrong", from).catch((error: unknown) => error)) ===
        "rate_limited"
      );
    }
  }, 120_000);
});

describe("a refused attempt", () => {
  const eventsFrom = async (address: string) =>
    (
      await sql(
        "select action, outcome, reason, owner_id, subject_name from audit_events where address = $1",
        [address],
      )
    ).rows;

  it("leaves one event whoever was asked for, and never the name that nobody has", async () => {
    const person = await makePerson();
    await expect(attempt(person.name, "wrong", "198.51.100.1")).rejects.toMatchObject(refused);
    await expect(attempt("hunter2", "wrong", "198.51.100.2")).rejects.toMatchObject(refused);
    await sql("update password_counters set failed = 10 where name_key = $1", [person.nameKey]);
    await expect(attempt(person.name, password, "198.51.100.3")).rejects.toMatchObject(refused);
    const common = { action: "signIn", outcome: "refused" };
    const theirs = { owner_id: person.id, subject_name: person.name };
    expect(await eventsFrom("198.51.100.1")).toEqual([
      { ...common, ...theirs, reason: "wrong_password" },
    ]);
    expect(await eventsFrom("198.51.100.2")).toEqual([
      { ...common, owner_id: null, subject_name: null, reason: "unknown_user" },
    ]);
    expect(await eventsFrom("198.51.100.3")).toEqual([{ ...common, ...theirs, reason: "blocked" }]);
    const { rows } = await sql("select failed, leases from password_counters where name_key = $1", [
      person.nameKey,
    ]);
    expect(rows).toEqual([{ failed: 10, leases: {} }]);
  });
});

describe("a source that guesses", () => {
  it("over many names is slowed down, over one name never before the lockout", async () => {
    const from = "198.51.100.9";
    for (let name = 0; name < 30; name += 1)
      await expect(attempt(`nobody-${name}`, "x", from)).rejects.toMatchObject(refused);
    await expect(attempt("somebody-else", "x", from)).rejects.toMatchObject({
      code: "rate_limited",
    });
    await expect(attempt("nobody-3", "x", from)).rejects.toMatchObject(refused);
    await expect(attempt("somebody-else", "x", "198.51.100.10")).rejects.toMatchObject(refused);
  });

  it("keeps the people behind the same address out until the minute is over, and no longer by going on", async () => {
    const from = "198.51.100.11";
    const person = await makePerson();
    for (let name = 0; name < 30; name += 1)
      await expect(attempt(`no-one-${name}`, "x", from)).rejects.toMatchObject(refused);
    const end = async () =>
      (
        await sql("select window_ends_at from rate_limits where bucket = $1", [
          `sign-in-source:${from}`,
        ])
      ).rows;
    const [before] = await end();
    for (let name = 0; name < 5; name += 1)
      await expect(attempt(`no-two-${name}`, "x", from)).rejects.toMatchObject({
        code: "rate_limited",
        message: "Too many failed sign-ins from your address. Wait a minute and try again.",
      });
    await expect(attempt(person.name, password, from)).rejects.toMatchObject({
      code: "rate_limited",
    });
    expect(await end()).toEqual([before]);
    await sql("update rate_limits set window_ends_at = now() where bucket like $1", [
      `sign-in-%:${from}%`,
    ]);
    await expect(attempt(person.name, password, from)).resolves.toMatchObject({ isDone: true });
  });
});

describe("sessions", () => {
  it("end one by one, all others at once, and by signing out: refused at the next request", async () => {
    const person = await makePerson();
    const tokens = [];
    for (let count = 0; count < 4; count += 1)
      tokens.push((await attempt(person.name, password)).token);
    const [own, second, third] = await Promise.all(
      tokens.map((token) => callerFromSession(token, origin())),
    );
    if (!own || !second || third?.proof.type !== "session") throw new Error("no callers");
    expect(await listSessions(own, { userId: person.id })).toHaveLength(4);
    await endSession(own, { userId: person.id, sessionId: third.proof.sessionId });
    expect(await callerFromSession(tokens[2] ?? "", origin())).toBeUndefined();
    expect(await endOtherSessions(own, { userId: person.id })).toEqual({ ended: 2 });
    expect(await callerFromSession(tokens[1] ?? "", origin())).toBeUndefined();
    await signOut(own, {});
    expect(await callerFromSession(tokens[0] ?? "", origin())).toBeUndefined();
  });

  it("of another person are not theirs to end", async () => {
    const person = await makePerson();
    const { token } = await attempt(person.name, password);
    const owner = await callerFromSession(token, origin());
    const stranger = await makeCaller();
    if (owner?.proof.type !== "session") throw new Error("no caller");
    await expect(
      endSession(stranger, { userId: person.id, sessionId: owner.proof.sessionId }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(
      endSession(stranger, { userId: stranger.userId, sessionId: owner.proof.sessionId }),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(await callerFromSession(token, origin())).toBeDefined();
  });

  it("idle out after 30 minutes and end after 12 hours, by the database's clock", async () => {
    const person = await makePerson();
    const first = await attempt(person.name, password);
    await sql(
      "update sessions set last_seen_at = now() - interval '31 minutes' where user_id = $1",
      [person.id],
    );
    expect(await callerFromSession(first.token, origin())).toBeUndefined();
    const second = await attempt(person.name, password);
    await sql("update sessions set expires_at = now() where user_id = $1", [person.id]);
    expect(await callerFromSession(second.token, origin())).toBeUndefined();
  });
});

describe("a verifier made at a lower cost", () => {
  it("is replaced at the next right password", async () => {
    const person = await makePerson();
    const weak = await hash(password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await sql("update console_passwords set verifier = $2 where user_id = $1", [person.id, weak]);
    await attempt(person.name, password);
    const { rows } = await sql("select verifier from console_passwords where user_id = $1", [
      person.id,
    ]);
    expect(rows[0].verifier).toContain("m=19456,t=2,p=1");
    expect(await attempt(person.name, password)).toBeTruthy();
  });
});

describe("secrets", () => {
  it("are in no log line and in no row", async () => {
    const { rows } = await sql(
      "select string_agg(t::text, '') as all from (select * from audit_events) t",
    );
    for (const text of [stage.logged.join(""), String(rows[0].all)]) {
      expect(text).not.toContain(password);
      expect(text).not.toContain(stage.firstPassword);
    }
  });
});

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error
    ? String(error.code)
    : "unknown";
}
