import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { reading } from "@/lib/data/db";
import { leaseMails } from "@/lib/data/mails";
import type { Caller } from "@/lib/domain/caller";
import { credentialKinds } from "@/lib/domain/credentials/registry";
import { makeCaller, makePerson, signedIn } from "@/lib/testing/callers";
import { openEveryKind, valuesFor } from "@/lib/testing/kind-values";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { deliver } from "../mail/deliver";
import type { OutgoingMail } from "../mail/transport";
import { activateUser } from "../users/activate-user";
import { announceExpiries } from "./announce-expiries";
import { endDueCredentials } from "./end-due";
import { issueCredential } from "./issue-credential";
import { revokeCredential } from "./revoke-credential";
import { rotateCredential } from "./rotate-credential";
import { switchCredential } from "./switch-credential";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime({ LATCHKEY_URL: "https://latchkey.example" });
  await openEveryKind();
});
afterAll(() => stage.stop());
beforeEach(() => runtime().pool.query("delete from mails"));

const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query(text, values)).rows;

const day = 24 * 3_600_000;
const token = "auth_token";
const never = new AbortController().signal;
const announce = () => announceExpiries(never);

let count = 0;
const someone = () => {
  count += 1;
  return makeCaller({ email: `owner-${count}@example.com` });
};

const issue = async (owner: Caller, { kind = token, days = 40 } = {}) =>
  (
    await issueCredential(owner, {
      ownerId: owner.userId,
      kind,
      values: valuesFor(kind),
      expiresAt: new Date(Date.now() + days * day).toISOString(),
    })
  ).credential;

const target = (owner: Caller, { id }: { id: string }, kind = token) => ({
  ownerId: owner.userId,
  kind,
  credential: { id },
});

/** The clock cannot be turned on; all that is compared with it can be turned back. */
const pass = (days: number) =>
  sql(
    `update credentials set expires_at = expires_at - $1::float8 * interval '1 day',
       notice_at = notice_at - $1::float8 * interval '1 day'`,
    [days],
  );

const mailsTo = async (owner: Caller) =>
  (
    await sql(
      "select values from mails where user_id = $1 and template = 'credential_expiring' order by created_at",
      [owner.userId],
    )
  ).map((row) => row.values);

const noticeOf = async ({ id }: { id: string }) =>
  (
    await sql(
      "select round(extract(epoch from expires_at - notice_at) / 86400) as days from credentials where id = $1",
      [id],
    )
  )[0]?.days;

describe.each(credentialKinds.map((kind) => [kind.id, kind] as const))("%s", (id, kind) => {
  it("has its owner written to 30 days, 7 days and one day before it expires, once each", async () => {
    const owner = await someone();
    const credential = await issue(owner, { kind: id, days: 40 });
    await announce();
    expect(await mailsTo(owner)).toEqual([]);
    for (const [days, expected] of [
      [10.1, 1],
      [22, 1],
      [1, 2],
      [5, 2],
      [1, 3],
    ] as const) {
      await pass(days);
      await announce();
      await announce();
      expect(await mailsTo(owner)).toHaveLength(expected);
    }
    expect((await mailsTo(owner))[0]).toMatchObject({
      credentialName: credential.name,
      kind: kind.description.noun.one,
      credentialId: credential.id,
      publicId: credential.publicId,
      path: `/profile/${kind.description.section}`,
      canRotate: kind.description.successor !== undefined,
    });
    await pass(1);
    await announce();
    await endDueCredentials(never);
    await announce();
    expect(await mailsTo(owner)).toHaveLength(3);
  });
});

it("of a short life only the moments to come are announced", async () => {
  const owner = await someone();
  expect(await noticeOf(await issue(owner, { days: 3 }))).toBe("1");
  const [shortest] = [await issue(owner, { days: 0.5 })];
  expect(await noticeOf(shortest)).toBeNull();
  await announce();
  expect(await mailsTo(owner)).toEqual([]);
});

it("what passed while no server ran is one mail, and none once it has expired", async () => {
  const [late, tooLate] = [await someone(), await someone()];
  const credential = await issue(late, { days: 40 });
  const expired = await issue(tooLate, { days: 34.5 });
  await pass(34.6);
  await announce();
  expect(await mailsTo(late)).toHaveLength(1);
  expect(await noticeOf(credential)).toBe("1");
  expect(await mailsTo(tooLate)).toEqual([]);
  expect(await noticeOf(expired)).toBeNull();
});

describe("nobody is written to about", () => {
  const silent = async (owner: Caller, credential: { id: string }) => {
    await pass(11);
    await announce();
    expect(await mailsTo(owner)).toEqual([]);
    return noticeOf(credential);
  };

  it("one that is disabled; once enabled, what passed meanwhile is said, once", async () => {
    const owner = await someone();
    const credential = await issue(owner);
    await switchCredential(owner, { ...target(owner, credential), isEnabled: false });
    expect(await silent(owner, credential)).toBe("30");
    await switchCredential(owner, { ...target(owner, credential), isEnabled: true });
    await announce();
    await announce();
    expect(await mailsTo(owner)).toHaveLength(1);
    expect(await noticeOf(credential)).toBe("7");
  });

  it("one that was deleted", async () => {
    const owner = await someone();
    const credential = await issue(owner);
    await revokeCredential(owner, target(owner, credential));
    await silent(owner, credential);
  });

  it("one that was replaced; the new one has moments of its own", async () => {
    const owner = await someone();
    const credential = await issue(owner);
    const { credential: renewed } = await rotateCredential(owner, {
      ...target(owner, credential),
      overlap: "7d",
    });
    expect(await silent(owner, credential)).toBeNull();
    expect(renewed.expiresAt).toBeNull();
  });

  it("one whose owner was deleted, or is suspended for as long as that is so", async () => {
    const [gone, suspended] = [await someone(), await someone()];
    await issue(gone);
    const credential = await issue(suspended);
    await sql("delete from users where id = $1", [gone.userId]);
    await sql("update users set state = 'suspended' where id = $1", [suspended.userId]);
    expect(await silent(suspended, credential)).toBe("30");
    expect(await mailsTo(gone)).toEqual([]);
    const host = await makeCaller({ isAdministrator: true });
    await activateUser(host, { userId: suspended.userId, reason: "a test" });
    await announce();
    expect(await mailsTo(suspended)).toHaveLength(1);
    expect(await noticeOf(credential)).toBe("7");
  });

  it("one whose owner has no address, or none that is one mailbox", async () => {
    const [without, mistaken] = [await makeCaller(), await someone()];
    const credential = await issue(without);
    await issue(mistaken);
    await sql("update users set email = 'a@example.com, b@example.com' where id = $1", [
      mistaken.userId,
    ]);
    expect(await silent(without, credential)).toBe("7");
    expect(await mailsTo(mistaken)).toEqual([]);
  });
});

it("four servers at once write one mail for each", async () => {
  const owners = await Promise.all(Array.from({ length: 12 }, someone));
  for (const owner of owners) await issue(owner);
  await pass(11);
  await Promise.all([announce(), announce(), announce(), announce()]);
  // A round passes over an owner that another is at; the next one comes by again.
  await announce();
  for (const owner of owners) expect(await mailsTo(owner)).toHaveLength(1);
});

describe("the mail", () => {
  /** One attempt at the only mail in the queue. */
  async function attempt(): Promise<{ outcome: string; sent: OutgoingMail[] }> {
    const sent: OutgoingMail[] = [];
    const [lease] = await reading((tx) => leaseMails(tx, { most: 1, leaseSeconds: 60 }));
    if (!lease) throw new Error("No mail is queued.");
    const transport = { send: async (mail: OutgoingMail) => void sent.push(mail) };
    const { type } = await deliver(lease, transport, never);
    return { outcome: type, sent };
  }

  async function announced(days = 11): Promise<{ owner: Caller; credential: { id: string } }> {
    const owner = await someone();
    const credential = await issue(owner);
    await pass(days);
    await announce();
    return { owner, credential };
  }

  it("says which one, when, and where it is rotated, in both forms", async () => {
    const { owner, credential } = await announced();
    const { outcome, sent } = await attempt();
    expect(outcome).toBe("sent");
    const [mail] = sent;
    const [row] = await sql("select expires_at from credentials where id = $1", [credential.id]);
    const minute: string = row?.expires_at.toISOString().slice(0, 16).replace("T", " ");
    for (const text of [mail?.text, mail?.html]) {
      expect(text).toContain(owner.name);
      expect(text).toContain("auth token “swift backup”");
      expect(text).toContain(credential.id);
      expect(text).toContain(`${minute} UTC`);
      expect(text).toContain("https://latchkey.example/profile/auth-tokens");
      expect(text).toContain("Rotate it before then");
    }
    expect(mail?.subject).toMatch(/^Expires on \d+ \w+ \d{4}: auth token “swift backup” of /);
  });

  it.each([
    ["disabled", "update credentials set disabled_at = now() where id = $1"],
    ["given another expiry", "update credentials set expires_at = null where id = $1"],
    [
      "replaced",
      "update credentials set replaced_by_id = 'x', retiring_until = expires_at where id = $1",
    ],
    [
      "deleted with its owner",
      "delete from users where id = (select owner_id from credentials where id = $1)",
    ],
  ])("that waited is not sent about one that was %s meanwhile", async (_what, change) => {
    const { credential } = await announced();
    await sql(change, [credential.id]);
    expect(await attempt()).toEqual({ outcome: "unneeded", sent: [] });
  });

  it("that waited until the credential expired is given up", async () => {
    await announced();
    await sql("update mails set expires_at = expires_at - interval '30 days'");
    expect(await attempt()).toEqual({ outcome: "given_up", sent: [] });
  });

  it("about a service user leads to the page where others manage it", async () => {
    const service = await makePerson({ email: "team@example.com" });
    const owner = await signedIn(service);
    await issue(owner);
    await sql("update users set kind = 'service' where id = $1", [service.id]);
    await pass(11);
    await announce();
    const { sent } = await attempt();
    expect(sent[0]?.text).toContain(
      `https://latchkey.example/identity/users/${service.id}/auth-tokens`,
    );
    expect(sent[0]?.text).toContain(
      `One of the credentials of the service user ${service.name}, for which you answer, expires soon.`,
    );
    expect(sent[0]?.text).not.toContain("your credentials");
  });
});
