import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import {
  plainTextOf,
  settled,
  startMailServer,
  startQuickWorker,
  stopWorkers,
} from "@/lib/services/mail/stage.fixture";
import { makeCaller, origin } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { acceptInvitation } from "../invitations/accept-invitation";
import { sendInvitation } from "../invitations/send-invitation";
import { requestTemporaryPassword } from "../passwords/request-temporary-password";
import { createUser } from "../users/create-user";
import { deleteUser } from "../users/delete-user";
import { getUser } from "../users/get-user";
import { updateUser } from "../users/update-user";
import { confirmEmail } from "./confirm-email";
import { resendConfirmation } from "./resend-confirmation";

let stage: TestRuntime;
let server: Awaited<ReturnType<typeof startMailServer>>;
let administrator: Caller;
beforeAll(async () => {
  stage = await startTestRuntime({ LATCHKEY_URL: "https://latchkey.example" });
  server = await startMailServer();
  administrator = await makeCaller({ isAdministrator: true });
});
afterAll(async () => {
  await server.close();
  await stage.stop();
});
beforeEach(() => {
  server.received.length = 0;
});
afterEach(stopWorkers);

const sql = (text: string, values: unknown[] = []) =>
  runtime().pool.query<Record<string, unknown>>(text, values);
const reason = "a test";
const over = { code: "invalid_input", message: expect.stringContaining("does not work") };
const confirm = (token: string) => confirmEmail(origin(), { token });
const addressNow = () => `${randomUUID()}@example.com`;
const move = (userId: string, email: string | null) =>
  updateUser(administrator, { userId, reason, email });
const see = (userId: string) => getUser(administrator, { userId });

async function makeMember(given: { email?: string; willBeInvited?: boolean } = {}) {
  const name = `e-${randomUUID().slice(0, 8)}`;
  return createUser(administrator, { name, email: addressNow(), ...given });
}

async function sendMails() {
  startQuickWorker({ transport: server.transport });
  await settled();
  return server.received.map(({ recipients, message }) => ({
    to: recipients.join(),
    text: plainTextOf(message),
  }));
}

/** Sends the mails that wait and takes the token out of the last one that went to the address. */
async function tokenFor(email: string | null): Promise<string> {
  const mails = await sendMails();
  const tokens = mails.flatMap(({ to, text }) => {
    const link = /https:\/\/latchkey\.example\/confirm-email\/open\?token=([\w-]{43})$/m.exec(text);
    return to === email && link?.[1] !== undefined ? [link[1]] : [];
  });
  return tokens.at(-1) ?? "";
}

async function makeConfirmed() {
  const user = await makeMember();
  await confirm(await tokenFor(user.email));
  server.received.length = 0;
  return { ...user, email: user.email ?? "" };
}

it("a new address is mailed a link that confirms it once; only its hash was kept", async () => {
  const user = await makeMember();
  expect(user.emailVerified).toBe(false);
  const token = await tokenFor(user.email);
  expect(await confirm(token)).toEqual({ userName: user.name });
  expect(await see(user.id)).toMatchObject({ emailVerified: true, email: user.email });
  await expect(confirm(token)).rejects.toMatchObject(over);
  const events = await sql(
    "select actor_id, via from audit_events where owner_id = $1 and action = 'confirmEmail'",
    [user.id],
  );
  expect(events.rows).toEqual([{ actor_id: null, via: "mail" }]);
  const everything = await sql(
    `select (select json_agg(a)::text from audit_events a) as events, (select json_agg(m)::text from mails m) as mails,
      (select json_agg(c)::text from email_confirmations c) as links`,
  );
  expect(JSON.stringify(everything.rows)).not.toContain(token);
  expect(stage.logged.join("")).not.toContain(token);
});

it("of 16 who use one link at once exactly one confirms", async () => {
  const user = await makeMember();
  const token = await tokenFor(user.email);
  const outcomes = await Promise.allSettled(Array.from({ length: 16 }, () => confirm(token)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject(over);
});

it("whoever follows a mailed invitation has confirmed the address, and gets no second mail", async () => {
  const user = await makeMember({ willBeInvited: true });
  await sendInvitation(administrator, { userId: user.id });
  const mails = await sendMails();
  expect(mails.filter(({ to }) => to === user.email)).toHaveLength(1);
  const token = /open\?token=([\w-]{43})$/m.exec(mails.at(-1)?.text ?? "")?.[1] ?? "";
  await acceptInvitation(origin(), { token });
  expect(await see(user.id)).toMatchObject({ emailVerified: true });
});

it("until another address is confirmed, mail and a temporary password go to the former one", async () => {
  const user = await makeConfirmed();
  const next = addressNow();
  await move(user.id, next);
  expect(await see(user.id)).toMatchObject({
    email: next,
    emailVerified: false,
    provenEmail: user.email,
  });
  const token = await tokenFor(next);
  await requestTemporaryPassword(origin(), { userName: user.name });
  await settled();
  const before = await sendMails();
  expect(subjectsTo(before, next)).toEqual(["Confirm the address"]);
  expect(subjectsTo(before, user.email)).toEqual(["acted on your user", "The temporary password"]);

  server.received.length = 0;
  await confirm(token);
  await requestTemporaryPassword(origin(), { userName: user.name });
  const after = await sendMails();
  expect(subjectsTo(after, user.email)).toEqual(["does not come to this address any more"]);
  expect(subjectsTo(after, next)).toEqual(["The temporary password"]);
  expect(await see(user.id)).toMatchObject({ emailVerified: true, provenEmail: null });
});

it("an address that was never confirmed is no anchor: the next one counts at once", async () => {
  const user = await makeMember();
  const next = addressNow();
  await move(user.id, next);
  server.received.length = 0;
  await requestTemporaryPassword(origin(), { userName: user.name });
  expect(subjectsTo(await sendMails(), next)).toContain("The temporary password");
});

it("back to the confirmed address needs no mail; none at all forgets it", async () => {
  const user = await makeConfirmed();
  await move(user.id, addressNow());
  await move(user.id, user.email.toUpperCase());
  expect(await see(user.id)).toMatchObject({ emailVerified: true, provenEmail: null });
  await move(user.id, addressNow());
  await move(user.id, null);
  expect(await see(user.id)).toMatchObject({ email: null, provenEmail: null });
  await move(user.id, user.email);
  expect(await see(user.id)).toMatchObject({ emailVerified: false });
});

it("whoever gets the former address of another gets none of their mail", async () => {
  const user = await makeConfirmed();
  const next = addressNow();
  await move(user.id, next);
  await makeMember({ email: user.email });
  expect(await see(user.id)).toMatchObject({ provenEmail: null, emailVerified: false });
  await sendMails();
  server.received.length = 0;
  await requestTemporaryPassword(origin(), { userName: user.name });
  expect((await sendMails()).map(({ to }) => to)).toEqual([next]);
});

it.each([
  ["another address", (userId: string) => move(userId, addressNow())],
  ["no address", (userId: string) => move(userId, null)],
  ["a newer link", (userId: string) => resendConfirmation(administrator, { userId })],
  ["a deletion", (userId: string) => deleteUser(administrator, { userId, reason })],
])("%s ends the link and takes back its mail", async (_what, end) => {
  const user = await makeMember();
  const token = await tokenFor(user.email);
  await stopWorkers();
  const waiting = await makeMember();
  await end(user.id);
  await end(waiting.id);
  await expect(confirm(token)).rejects.toMatchObject(over);
  const { rows } = await sql(
    "select sealed_values, last_problem from mails where recipient = $1 and template = 'email_confirmation' order by created_at",
    [waiting.email],
  );
  expect(rows[0]).toEqual({ sealed_values: null, last_problem: "It is void by now." });
});

it("time voids it, and the answer is that of an unknown one", async () => {
  const user = await makeMember();
  const token = await tokenFor(user.email);
  await sql(
    "update email_confirmations set expires_at = now() - interval '1 second' where user_id = $1",
    [user.id],
  );
  const answers = await Promise.all(
    [token, "nobody-has-this-token", ""].map((each) =>
      confirm(each).then(
        () => "confirmed",
        ({ code, message, fields }) => JSON.stringify({ code, message, fields }),
      ),
    ),
  );
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain("does not work");
  expect(await see(user.id)).toMatchObject({ emailVerified: false });
});

it("the owner resends it three times an hour, strangers never, and nobody what is confirmed", async () => {
  const owner = await makeCaller();
  const email = addressNow();
  await expect(resendConfirmation(owner, { userId: owner.userId })).rejects.toMatchObject({
    code: "invalid_input",
  });
  await move(owner.userId, email);
  for (let sent = 0; sent < 3; sent += 1)
    expect(await resendConfirmation(owner, { userId: owner.userId })).toMatchObject({ email });
  await expect(resendConfirmation(administrator, { userId: owner.userId })).rejects.toMatchObject({
    code: "rate_limited",
  });
  const stranger = await makeCaller();
  await expect(resendConfirmation(stranger, { userId: owner.userId })).rejects.toMatchObject({
    code: "not_found",
  });
  await confirm(await tokenFor(email));
  await expect(resendConfirmation(owner, { userId: owner.userId })).rejects.toMatchObject({
    code: "conflict",
  });
});

it("whoever changes their own address is told of it where their mail went before", async () => {
  const own = await makeCaller({ isAdministrator: true });
  const [first, second] = [addressNow(), addressNow()];
  await updateUser(own, { userId: own.userId, email: first });
  await confirm(await tokenFor(first));
  await stopWorkers();
  server.received.length = 0;
  await updateUser(own, { userId: own.userId, email: second });
  const mails = await sendMails();
  expect(subjectsTo(mails, first)).toEqual(["It is not confirmed yet."]);
  expect(subjectsTo(mails, second)).toEqual(["Confirm the address"]);
});

const marks = [
  "Confirm the address",
  "acted on your user",
  "The temporary password",
  "It is not confirmed yet.",
  "does not come to this address any more",
];

/** What the mails to an address are, in the order of `marks`. */
function subjectsTo(mails: { to: string; text: string }[], address: string): string[] {
  const texts = mails
    .filter(({ to }) => to === address)
    .map(({ text }) => text.replaceAll(/\s+/g, " "));
  return marks.flatMap((mark) => texts.filter((text) => text.includes(mark)).map(() => mark));
}
