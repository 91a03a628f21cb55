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
  storedMails,
} from "@/lib/services/mail/stage.fixture";
import { makeCaller, origin } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { createOrResetPassword } from "../passwords/create-or-reset-password";
import { signIn } from "../sessions/sign-in";
import { createUser } from "../users/create-user";
import { deleteUser } from "../users/delete-user";
import { getUser } from "../users/get-user";
import { listUsers } from "../users/list-users";
import { suspendUser } from "../users/suspend-user";
import { updateCapabilities } from "../users/update-capabilities";
import { updateUser } from "../users/update-user";
import { acceptInvitation } from "./accept-invitation";
import { sendInvitation } from "./send-invitation";

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
const accept = (token: string) => acceptInvitation(origin(), { token });

async function makeInvitee(given: { email?: string } = {}) {
  const name = `i-${randomUUID().slice(0, 8)}`;
  const email = given.email ?? `${name}@example.com`;
  return createUser(administrator, { name, email, willBeInvited: true });
}

/** Sends the mails that wait and takes the token out of the last one. */
async function tokenInMail(): Promise<string> {
  startQuickWorker({ transport: server.transport });
  await settled();
  const text = plainTextOf(server.received.at(-1)?.message ?? "");
  const link = /https:\/\/latchkey\.example\/invitation\/open\?token=([\w-]{43})$/m.exec(text);
  return link?.[1] ?? "";
}

async function invite(userId: string): Promise<string> {
  await sendInvitation(administrator, { userId });
  return tokenInMail();
}

it("the mail's link makes a one-time password that opens the console once; only its hash was kept", async () => {
  const user = await makeInvitee();
  const token = await invite(user.id);
  expect(server.received.map(({ recipients }) => recipients)).toEqual([[user.email]]);
  expect(await getUser(administrator, { userId: user.id })).toMatchObject({
    invitation: { isExpired: false },
  });
  const listed = await listUsers(administrator, { standing: "invited", limit: 100 });
  expect(listed.items.map(({ id }) => id)).toContain(user.id);
  const made = await accept(token);
  expect(made.userName).toBe(user.name);
  const opened = await signIn(origin(), { userName: user.name, password: made.secret });
  expect(opened).toMatchObject({ mustChangePassword: true });
  const after = await getUser(administrator, { userId: user.id });
  expect(after.invitation).toBeNull();
  await expect(accept(token)).rejects.toMatchObject(over);
  const events = await sql(
    "select action, actor_id, via from audit_events where owner_id = $1 and action like '%Invitation' order by id",
    [user.id],
  );
  expect(events.rows).toEqual([
    { action: "sendInvitation", actor_id: administrator.userId, via: "session" },
    { action: "acceptInvitation", actor_id: null, via: "mail" },
  ]);
  const everything = await sql(
    "select (select json_agg(a)::text from audit_events a) as events, (select json_agg(m)::text from mails m) as mails",
  );
  for (const secret of [token, made.secret]) {
    expect(JSON.stringify(everything.rows)).not.toContain(secret);
    expect(stage.logged.join("")).not.toContain(secret);
  }
});

it("of 16 who use one link at once exactly one gets the password", async () => {
  const user = await makeInvitee();
  const token = await invite(user.id);
  const outcomes = await Promise.allSettled(Array.from({ length: 16 }, () => accept(token)));
  const won = outcomes.filter(({ status }) => status === "fulfilled");
  expect(won).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject(over);
});

it("a newer invitation voids the older, also one whose mail still waits", async () => {
  const user = await makeInvitee();
  const first = await invite(user.id);
  const second = await invite(user.id);
  await expect(accept(first)).rejects.toMatchObject(over);
  await stopWorkers();
  await sendInvitation(administrator, { userId: user.id });
  await sendInvitation(administrator, { userId: user.id });
  expect((await storedMails()).slice(-2)).toMatchObject([
    { sealed_values: null, last_problem: "It is void by now." },
    { given_up_at: null, sealed_values: expect.any(String) },
  ]);
  const last = await tokenInMail();
  await expect(accept(second)).rejects.toMatchObject(over);
  expect(await accept(last)).toMatchObject({ userName: user.name });
});

it.each([
  [
    "a reset password",
    (userId: string) => createOrResetPassword(administrator, { userId, reason }),
  ],
  ["a suspension", (userId: string) => suspendUser(administrator, { userId, reason })],
  [
    "another address",
    (userId: string) =>
      updateUser(administrator, { userId, reason, email: `${randomUUID()}@example.com` }),
  ],
  ["a deletion", (userId: string) => deleteUser(administrator, { userId, reason })],
])("%s ends it and takes back its mail", async (_what, end) => {
  const user = await makeInvitee();
  const token = await invite(user.id);
  await stopWorkers();
  const waiting = await makeInvitee();
  await sendInvitation(administrator, { userId: waiting.id });
  await end(user.id);
  await end(waiting.id);
  await expect(accept(token)).rejects.toMatchObject(over);
  const { rows } = await sql(
    "select given_up_at is null as waits, sealed_values from mails where user_id = $1 and template = 'invitation'",
    [waiting.id],
  );
  expect(rows).toEqual([{ waits: false, sealed_values: null }]);
  expect(
    (await sql("select 1 from invitations where user_id in ($1, $2)", [user.id, waiting.id])).rows,
  ).toEqual([]);
});

it("another address, a capability switched off and time void it, and the answer is that of an unknown one", async () => {
  const [moved, closed, late] = [await makeInvitee(), await makeInvitee(), await makeInvitee()];
  const tokens = [await invite(moved.id), await invite(closed.id), await invite(late.id)];
  await sql("update users set email = 'x@example.com', email_key = 'x@example.com' where id = $1", [
    moved.id,
  ]);
  await updateCapabilities(administrator, {
    userId: closed.id,
    capabilities: { canUseConsolePassword: false },
    reason,
  });
  await sql("update invitations set expires_at = now() - interval '1 second' where user_id = $1", [
    late.id,
  ]);
  const answers = await Promise.all(
    [...tokens, "nobody-has-this-token", ""].map((token) =>
      accept(token).then(
        () => "made",
        ({ code, message, fields }) => JSON.stringify({ code, message, fields }),
      ),
    ),
  );
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain("does not work");
  expect(await getUser(administrator, { userId: moved.id })).toMatchObject({ invitation: null });
  expect(await getUser(administrator, { userId: late.id })).toMatchObject({
    invitation: { isExpired: true },
  });
});

it("goes to nobody without an address, a password here, or who came in before", async () => {
  const [bare, service, known, suspended] = [
    await createUser(administrator, { name: `b-${randomUUID().slice(0, 8)}` }),
    await createUser(administrator, {
      name: `s-${randomUUID().slice(0, 8)}`,
      kind: "service",
      owner: administrator.name,
    }),
    await makeInvitee(),
    await makeInvitee(),
  ];
  const { secret } = await createOrResetPassword(administrator, { userId: known.id, reason });
  await signIn(origin(), { userName: known.name, password: secret });
  await suspendUser(administrator, { userId: suspended.id, reason });
  const refusals = [
    [bare, "no e-mail address"],
    [service, "keys only"],
    [known, "signed in before"],
    [suspended, "suspended"],
  ] as const;
  for (const [{ id }, words] of refusals)
    await expect(sendInvitation(administrator, { userId: id })).rejects.toMatchObject({
      message: expect.stringContaining(words),
    });
  const stranger = await makeCaller();
  await expect(sendInvitation(stranger, { userId: bare.id })).rejects.toMatchObject({
    code: "not_found",
  });
});
