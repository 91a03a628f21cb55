import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { activityLine } from "@/lib/domain/audit/words";
import type { Caller } from "@/lib/domain/caller";
import { makeCaller, makePerson } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { listActivity } from "./activity/list-activity";
import { issueCredential } from "./credentials/issue-credential";
import { revokeCredential } from "./credentials/revoke-credential";
import { rotateCredential } from "./credentials/rotate-credential";
import { switchCredential } from "./credentials/switch-credential";
import { updateCredential } from "./credentials/update-credential";
import { createOrResetPassword } from "./passwords/create-or-reset-password";
import { activateUser } from "./users/activate-user";
import { deleteUser } from "./users/delete-user";
import { suspendUser } from "./users/suspend-user";
import { unblockUser } from "./users/unblock-user";
import { updateCapabilities } from "./users/update-capabilities";

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
