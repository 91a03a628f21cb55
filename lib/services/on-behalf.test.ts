import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { activityLine } from "@/lib/domain/audit/words";
import type { Caller } from "@/lib/domain/caller";
import { parseStatement } from "@/lib/domain/policies/parse";
import { PolicySet } from "@/lib/domain/policies/policy-set";
import { makeCaller, makePerson } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { listActivity } from "./activity/list-activity";
import { issueCredential } from "./credentials/issue-credential";
import { revokeCredential } from "./credentials/revoke-credential";
import { rotateCredential } from "./credentials/rotate-credential";
import { switchCredential } from "./credentials/switch-credential";
import { updateCredential } from "./credentials/update-credential";
import { setUserLimits } from "./limits/set-user-limits";
import { createOrResetPassword } from "./passwords/create-or-reset-password";
import { activateUser } from "./users/activate-user";
import { deleteUser } from "./users/delete-user";
import { suspendUser } from "./users/suspend-user";
import { unblockUser } from "./users/unblock-user";
import { createUser } from "./users/create-user";
import { updateCapabilities } from "./users/update-capabilities";
import { updateUser } from "./users/update-user";
import { endOtherSessions } from "./sessions/end-other-sessions";
import { endSession } from "./sessions/end-session";

let stage: TestRuntime;
let administrator: Caller;
beforeAll(async () => {
  stage = await startTestRuntime();
  administrator = await makeCaller({ isAdministrator: true });
});
afterAll(() => stage.stop());

const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query(text, values)).rows;
let count = 0;
const somebody = () => makePerson({ email: `behalf-${(count += 1)}@example.com` });
const mailsTo = (userId: string) =>
  sql(
    "select template, recipient, values from mails where user_id = $1 order by created_at, values ->> 'at'",
    [userId],
  );
const token = (ownerId: string) => ({
  ownerId,
  kind: "auth_token",
  values: { description: "swift" },
});

describe("what an administrator does to another person's credentials", () => {
  it("takes a reason in the console, for every act, and changes nothing without one", async () => {
    const person = await somebody();
    const { credential } = await issueCredential(administrator, {
      ...token(person.id),
      reason: "first token",
    });
    const named = { ownerId: person.id, kind: "auth_token", credential: { id: credential.id } };
    const about = { userId: person.id };
    const before = await sql("select count(*) from audit_events where outcome = 'done'");
    const acts = [
      () => issueCredential(administrator, token(person.id)),
      () => updateCredential(administrator, { ...named, values: { description: "x" } }),
      () => switchCredential(administrator, { ...named, isEnabled: false }),
      () => rotateCredential(administrator, { ...named, overlap: "now" }),
      () => revokeCredential(administrator, named),
      () => createOrResetPassword(administrator, about),
      () => suspendUser(administrator, about),
      () => activateUser(administrator, about),
      () => unblockUser(administrator, about),
      () => updateCapabilities(administrator, { ...about, capabilities: { canUseApiKeys: false } }),
      () => updateUser(administrator, { ...about, email: "other@example.com" }),
      () => updateUser(administrator, { ...about, email: null, description: "as well" }),
      () => updateUser(administrator, { ...about, dbUserName: `db-${person.name}` }),
      () => setUserLimits(administrator, { ...about, limits: { auth_token: 4 } }),
      () => endSession(administrator, { ...about, sessionId: "s" }),
      () => endOtherSessions(administrator, about),
      () => deleteUser(administrator, about),
    ];
    for (const act of acts)
      await expect(act()).rejects.toMatchObject({
        code: "reason_required",
        message: expect.stringContaining(person.name),
      });
    expect(await sql("select count(*) from audit_events where outcome = 'done'")).toEqual(before);
    expect(await mailsTo(person.id)).toHaveLength(1);
  });

  it("is not promised to stand where nobody can look, once the person is gone", async () => {
    const person = await somebody();
    const about = { userId: person.id };
    await expect(suspendUser(administrator, about)).rejects.toMatchObject({
      message: `Say why. ${person.name} reads it under Activity, and in a mail if they have an address.`,
    });
    await expect(deleteUser(administrator, about)).rejects.toMatchObject({
      message: `Say why. ${person.name} reads it in a mail if they have an address, and it stands in the audit log.`,
    });
    await deleteUser(administrator, { ...about, reason: "left" });
    expect(await mailsTo(person.id)).toMatchObject([{ values: { reason: "left", isGone: true } }]);
  });

  it("stands in the person's activity and in a mail, with the reason in one line", async () => {
    const person = await somebody();
    const { credential } = await issueCredential(administrator, {
      ...token(person.id),
      reason: " Ticket 7:\n<b>lost</b>\u202E laptop ",
    });
    await switchCredential(administrator, {
      ownerId: person.id,
      kind: "auth_token",
      credential: { id: credential.id },
      isEnabled: false,
      reason: "again",
    });
    const { events } = await listActivity(administrator, { userId: person.id });
    expect(events.map((event) => activityLine(event, person.id))).toMatchObject([
      { what: "Disabled auth token “swift”", why: "Reason: again", who: administrator.name },
      { what: "Created auth token “swift”", why: "Reason: Ticket 7: <b>lost</b> laptop" },
    ]);
    expect(await mailsTo(person.id)).toMatchObject([
      {
        template: "done_on_behalf",
        recipient: person.email,
        values: {
          userName: person.name,
          what: "Created auth token “swift”",
          byName: administrator.name,
          byApi: false,
          reason: "Ticket 7: <b>lost</b> laptop",
        },
      },
      { values: { what: "Disabled auth token “swift”", reason: "again" } },
    ]);
  });

  it.each([
    ["nothing but spaces", " \n "],
    ["more than 300 characters", "x".repeat(301)],
    ["no text", 7],
  ])("is refused with %s for a reason", async (_what, reason) => {
    const person = await somebody();
    await expect(
      createOrResetPassword(administrator, { userId: person.id, reason }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    expect(await mailsTo(person.id)).toEqual([]);
  });

  it("needs none by the API, which has no member for it, and is told of all the same", async () => {
    const person = await somebody();
    const signed: Caller = {
      ...administrator,
      proof: { type: "signature", credentialId: "c", fingerprint: "f" },
    };
    await createOrResetPassword(signed, { userId: person.id });
    expect(await mailsTo(person.id)).toMatchObject([
      { values: { what: "Made a one-time password", byApi: true, reason: null } },
    ]);
  });

  it("is the person's own affair when they do it themselves: no reason, no mail", async () => {
    const own = await makeCaller({ email: `own-${Date.now()}@example.com` });
    await issueCredential(own, token(own.userId));
    await issueCredential(own, { ...token(own.userId), reason: "not asked for" });
    const events = await sql(
      "select details from audit_events where owner_id = $1 and action = 'issueCredential'",
      [own.userId],
    );
    expect(events.every(({ details }) => details.because === undefined)).toBe(true);
    expect(await mailsTo(own.userId)).toEqual([]);
  });

  it("is refused to a stranger as if the person did not exist, reason or not", async () => {
    const [stranger, person] = [await makeCaller(), await somebody()];
    for (const reason of [undefined, "curious"])
      await expect(
        suspendUser(stranger, { userId: person.id, ...(reason && { reason }) }),
      ).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("what an administrator changes of where a person's news go", () => {
  const recipients = async (userId: string) =>
    (await mailsTo(userId)).map(({ recipient, values }) => [recipient, values.isLastHere]);

  it("is told to the old address as well as to the new one, and stands in the activity with the reason", async () => {
    const person = await somebody();
    const email = `taken-over-${Date.now()}@example.com`;
    await updateUser(administrator, { userId: person.id, email, reason: "married" });
    expect(await recipients(person.id)).toEqual(
      expect.arrayContaining([
        [person.email, true],
        [email, false],
      ]),
    );
    await updateUser(administrator, { userId: person.id, email: null, reason: "left" });
    expect((await recipients(person.id)).at(-1)).toEqual([email, true]);
    const { events } = await listActivity(administrator, { userId: person.id });
    expect(events.map((event) => activityLine(event, person.id))).toMatchObject([
      { what: "Changed the e-mail address", why: "Reason: left" },
      { what: "Changed the e-mail address", why: "Reason: married" },
    ]);
  });

  it("goes to who answered for a service user and to who does now", async () => {
    const [former, next] = [await somebody(), await somebody()];
    const robot = await createUser(administrator, {
      name: `handed-over-${Date.now()}`,
      kind: "service",
      owner: former.name,
    });
    await expect(
      updateUser(administrator, { userId: robot.id, owner: next.name }),
    ).rejects.toMatchObject({
      code: "reason_required",
      message: expect.stringContaining("answers"),
    });
    await updateUser(administrator, { userId: robot.id, owner: next.name, reason: "moved" });
    expect(await recipients(robot.id)).toEqual(
      expect.arrayContaining([
        [former.email, true],
        [next.email, false],
      ]),
    );
    const [{ values }] = await mailsTo(robot.id);
    expect(values).toMatchObject({
      isService: true,
      activityPath: `/identity/users/${robot.id}/activity`,
    });
  });

  it("asks nothing where a form sends what is there already, and leaves the address as checked as it was", async () => {
    const person = await somebody();
    await sql("update users set email_verified = true, db_user_name = 'Same_Db' where id = $1", [
      person.id,
    ]);
    await updateUser(administrator, {
      userId: person.id,
      email: person.email,
      dbUserName: "Same_Db",
      description: "new",
      freeformTags: {},
    });
    const [event] = await sql(
      "select details from audit_events where owner_id = $1 order by id desc limit 1",
      [person.id],
    );
    expect(event.details).toEqual({ changed: ["description"] });
    expect(await sql("select email_verified from users where id = $1", [person.id])).toEqual([
      { email_verified: true },
    ]);
    expect(await mailsTo(person.id)).toEqual([]);
  });

  it("lets who may only describe a service user send its whole form", async () => {
    const [owner, helper] = [await somebody(), await makeCaller()];
    const robot = await createUser(administrator, {
      name: `described-${Date.now()}`,
      kind: "service",
      owner: owner.name,
    });
    const only: Caller = {
      ...helper,
      groups: [{ id: "g", name: "Desk" }],
      policies: new PolicySet([statement("Allow group Desk to use users in tenancy")]),
    };
    const form = { userId: robot.id, owner: owner.name.toUpperCase(), deputy: "", email: "" };
    await updateUser(only, { ...form, description: "described" });
    await updateUser(only, form);
    await expect(updateUser(only, { ...form, deputy: helper.name })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

function statement(text: string) {
  const parsed = parseStatement(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}
