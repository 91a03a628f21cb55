import { afterAll, beforeAll, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { makeCaller, makePerson, password, signedIn } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { changePassword } from "./change-password";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime({ LATCHKEY_TENANCY_NAME: "contoso" });
});
afterAll(() => stage.stop());

const chosen = "A-Rather-Long-Sentence-9";
type Caller = Awaited<ReturnType<typeof makeCaller>>;
const change = (caller: Caller, newPassword: string) =>
  changePassword(caller, {
    currentPassword: password,
    newPassword,
    confirmNewPassword: newPassword,
  });
const sql = async (text: string, userId: string) =>
  (await runtime().pool.query(text, [userId])).rows;
const verifierOf = (userId: string) =>
  sql("select verifier from console_passwords where user_id = $1", userId);
const mailsOf = (userId: string) =>
  sql("select template, recipient, values from mails where user_id = $1", userId);

const guessable = {
  "a common one": "Password1234!",
  "made of the user's name": "Zubiaur-2026!",
  "made of the mail address": "Kettledrum-26!",
  "made of the tenancy's name": "Contoso#2026",
};

it("a password that is easy to guess is refused, and the old one stays", async () => {
  const caller = await makeCaller({ name: "zubiaur.m", email: "kettledrum@people.test" });
  const before = await verifierOf(caller.userId);
  for (const [what, candidate] of Object.entries(guessable))
    await expect(change(caller, candidate), what).rejects.toMatchObject({
      code: "invalid_input",
      fields: { newPassword: expect.stringContaining("easy to guess") },
    });
  expect(await verifierOf(caller.userId)).toEqual(before);
  expect(await mailsOf(caller.userId)).toEqual([]);
});

it("the owner is told by one mail of when, from where and with what it was changed", async () => {
  const caller = await makeCaller({ email: "changed@people.test" });
  await change(caller, chosen);
  const [{ created_at: changedAt }] = await sql(
    "select created_at from console_passwords where user_id = $1",
    caller.userId,
  );
  const values = {
    userName: caller.name,
    changedAt: changedAt.toISOString(),
    address: caller.origin.address,
    client: "vitest",
  };
  expect(await mailsOf(caller.userId)).toEqual([
    { template: "password_changed", recipient: "changed@people.test", values },
  ]);
});

it("the mail goes to the address that was confirmed, not to one that is only entered, nor to nobody", async () => {
  const person = await makePerson({ email: "entered@people.test" });
  await sql("update users set proven_email = 'proven@people.test' where id = $1", person.id);
  await change(await signedIn(person), chosen);
  expect(await mailsOf(person.id)).toMatchObject([{ recipient: "proven@people.test" }]);
  const unreachable = await makeCaller();
  await change(unreachable, chosen);
  expect(await mailsOf(unreachable.userId)).toEqual([]);
});
