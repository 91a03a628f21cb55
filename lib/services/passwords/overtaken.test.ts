import { hash } from "@node-rs/argon2";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";

import { callerFromSession } from "@/lib/auth/caller";
import { runtime } from "@/lib/config/runtime";
import { signInRefusal } from "@/lib/domain/password/lockout";
import { makeCaller, makePerson, origin, password } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { signIn } from "../sessions/sign-in";
import { recoverAdministrator } from "../users/recover-administrator";
import { updateCapabilities } from "../users/update-capabilities";
import { changePassword } from "./change-password";
import { createOrResetPassword } from "./create-or-reset-password";
import { proveIdentity } from "./prove-identity";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime();
});
afterAll(() => stage.stop());

const sql = (text: string, values: unknown[] = []) => runtime().pool.query(text, values);
const attempt = (userName: string, secret: string) =>
  signIn(origin(), { userName, password: secret });
const chosen = "A-Rather-Long-Sentence-9";

it("a sign-in with a password that is replaced while it is checked opens nothing", async () => {
  const person = await makePerson();
  const result = overtake(person.id, () => attempt(person.name, password), [
    "update console_passwords set verifier = 'another' where user_id = $1",
  ]);
  await expect(result).rejects.toMatchObject({ code: "sign_in_refused", message: signInRefusal });
  const { rows } = await sql("select id from sessions where user_id = $1", [person.id]);
  expect(rows).toEqual([]);
});

it.each([
  [
    "change",
    (caller: Awaited<ReturnType<typeof makeCaller>>) =>
      changePassword(caller, {
        currentPassword: password,
        newPassword: chosen,
        confirmNewPassword: chosen,
      }),
  ],
  [
    "step-up",
    (caller: Awaited<ReturnType<typeof makeCaller>>) => proveIdentity(caller, { password }),
  ],
])("a %s whose session is ended while it runs has no effect", async (_name, act) => {
  const caller = await makeCaller();
  const result = overtake(caller.userId, () => act(caller), [
    "delete from sessions where user_id = $1",
  ]);
  await expect(result).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await attempt(caller.name, password)).toMatchObject({ mustChangePassword: false });
});

it("the tenth failure counts although the count is taken by somebody who holds the user", async () => {
  const person = await makePerson();
  await expect(attempt(person.name, "wrong")).rejects.toMatchObject({ message: signInRefusal });
  await sql("update password_counters set failed = 9 where name_key = $1", [person.nameKey]);
  const tenth = overtake(person.id, () => attempt(person.name, "wrong"), [
    `update password_counters set failed = failed
     where name_key = (select name_key from users where id = $1)`,
  ]);
  await expect(tenth).rejects.toMatchObject({ message: signInRefusal });
  const { rows } = await sql(
    `select failed, blocked_at is not null as blocked from password_counters
     join users using (name_key) where name_key = $1`,
    [person.nameKey],
  );
  expect(rows).toEqual([{ failed: 10, blocked: true }]);
});

it("a one-time password with a verifier of lower cost still works, once", async () => {
  const administrator = await makeCaller({ isAdministrator: true });
  const person = await makePerson();
  const { secret } = await createOrResetPassword(administrator, {
    reason: "a test",
    userId: person.id,
  });
  const weak = await hash(secret, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
  await sql("update console_passwords set verifier = $2 where user_id = $1", [person.id, weak]);
  expect(await attempt(person.name, secret)).toMatchObject({ mustChangePassword: true });
  await expect(attempt(person.name, secret)).rejects.toMatchObject({ code: "password_expired" });
});

it("a session that need not change its password cannot do so with a temporary one", async () => {
  const caller = await makeCaller();
  await sql(
    `insert into console_passwords (user_id, slot, verifier, must_change)
     values ($1, 'temporary', $2, true)`,
    [caller.userId, await hash("Temporary-Secret-77", { memoryCost: 19_456, timeCost: 2 })],
  );
  await expect(
    changePassword(caller, {
      currentPassword: "Temporary-Secret-77",
      newPassword: chosen,
      confirmNewPassword: chosen,
    }),
  ).rejects.toMatchObject({ code: "invalid_input" });
});

it("switching the local password off ends every session, and the host's way back in switches it on", async () => {
  const administrator = await makeCaller({ isAdministrator: true });
  const person = await makePerson();
  const { token } = await attempt(person.name, password);
  await updateCapabilities(administrator, {
    reason: "a test",
    userId: person.id,
    capabilities: { canUseConsolePassword: false },
  });
  expect(await callerFromSession(token, origin())).toBeUndefined();
  await expect(attempt(person.name, password)).rejects.toMatchObject({ message: signInRefusal });
  const { rows } = await sql("select failed from password_counters where name_key = $1", [
    person.nameKey,
  ]);
  expect(rows).toEqual([{ failed: 1 }]);

  const { oneTimePassword } = await recoverAdministrator(person.name);
  expect(await attempt(person.name, oneTimePassword)).toMatchObject({ mustChangePassword: true });
});

/** Starts `work`, lets it come as far as the user's row, makes the changes and only then lets it go on. */
async function overtake<T>(
  userId: string,
  work: () => Promise<T>,
  changes: readonly string[],
): Promise<T> {
  const client = new Client({ connectionString: runtime().env.databaseUrl });
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select id from users where id = $1 for update", [userId]);
    const running = work();
    running.catch(() => undefined);
    await expect
      .poll(
        async () =>
          (
            await client.query(
              "select 1 from pg_locks where not granted and pid <> pg_backend_pid()",
            )
          ).rowCount,
        { timeout: 10_000 },
      )
      .toBeGreaterThan(0);
    for (const change of changes) await client.query(change, [userId]);
    await client.query("commit");
    return await running;
  } finally {
    await client.end();
  }
}
