import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { makeCaller, makePerson, signedIn } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { issueCredential } from "./credentials/issue-credential";
import { revokeCredential } from "./credentials/revoke-credential";
import { rotateCredential } from "./credentials/rotate-credential";
import { switchCredential } from "./credentials/switch-credential";
import { updateCredential } from "./credentials/update-credential";
import { addUserToGroup } from "./groups/add-user-to-group";
import { createGroup } from "./groups/create-group";
import { deleteGroup } from "./groups/delete-group";
import { updateGroup } from "./groups/update-group";
import { sendInvitation } from "./invitations/send-invitation";
import { decideLimitRequest } from "./limits/decide-limit-request";
import { requestLimit } from "./limits/request-limit";
import { setUserLimits } from "./limits/set-user-limits";
import { deleteOauthResource } from "./oauth/delete-resource";
import { grantScopes } from "./oauth/grant-scopes";
import { registerOauthResource } from "./oauth/register-resource";
import { updateOauthResource } from "./oauth/update-resource";
import { createOrResetPassword } from "./passwords/create-or-reset-password";
import { createPolicy } from "./policies/create-policy";
import { deletePolicy } from "./policies/delete-policy";
import { updatePolicy } from "./policies/update-policy";
import { activateTotpDevice } from "./second-factor/activate-totp-device";
import { beginEnrolment } from "./second-factor/begin-enrolment";
import { createTotpDevice } from "./second-factor/create-totp-device";
import { deleteTotpDevice } from "./second-factor/delete-totp-device";
import { disableSecondFactor } from "./second-factor/disable-second-factor";
import { generateTotpSeed } from "./second-factor/generate-totp-seed";
import { renewRecoveryCodes } from "./second-factor/renew-recovery-codes";
import { endOtherSessions } from "./sessions/end-other-sessions";
import { endSession } from "./sessions/end-session";
import { changeSettings } from "./settings/change-settings";
import { activateUser } from "./users/activate-user";
import { createUser } from "./users/create-user";
import { deleteUser } from "./users/delete-user";
import { suspendUser } from "./users/suspend-user";
import { unblockUser } from "./users/unblock-user";
import { updateCapabilities } from "./users/update-capabilities";
import { updateUser } from "./users/update-user";

/** Who may hold up whom, and what is judged by what another one has just changed. */
let stage: TestRuntime;
let host: Caller;
beforeAll(async () => {
  stage = await startTestRuntime();
  host = await makeCaller({ isAdministrator: true });
});
afterAll(() => stage.stop());

const some = () => `l-${randomUUID().slice(0, 8)}`;
const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query(text, values)).rows;

/** A transaction of somebody else, that is open while `meanwhile` runs and is rolled back unless that commits it. */
async function elsewhere<Result>(meanwhile: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: runtime().env.databaseUrl });
  await client.connect();
  try {
    await client.query("begin");
    return await meanwhile(client);
  } finally {
    await client.end();
  }
}

/** A lock on a row is waited for by its transaction, which is of no database: by process, then. */
const waiting = `select distinct pid from pg_locks where not granted and pid in (
  select pid from pg_locks where database = (
    select oid from pg_database where datname = current_database()))`;

/** Until somebody waits for a lock: what comes next comes while they do. */
const untilSomebodyWaits = () =>
  expect.poll(() => sql(waiting), { timeout: 4_000, interval: 10 }).toHaveLength(1);

const outcome = (act: Promise<unknown>) =>
  act.then(
    () => "done",
    (error: unknown) => Object(error),
  );

describe("a lock of the whole tenancy", () => {
  it("is taken by nobody who may not do what it is for: a stranger is refused while it is held", async () => {
    const stranger = await makeCaller();
    const { userId } = stranger;
    const person = await makePerson();
    const [administrators] = await sql("select id from groups where is_administrators");
    const { id: groupId } = administrators;
    const policy = await createPolicy(host, {
      name: some(),
      description: "",
      statements: ["Allow any-user to inspect groups in tenancy"],
    });
    const { id: policyId } = policy;
    const resource = { name: some(), audience: `urn:${some()}`, scopes: ["read"] };
    const { id: resourceId } = await registerOauthResource(host, resource);
    await changeSettings(host, { topic: "sessions", change: {} });
    const acts: Record<string, () => Promise<unknown>> = {
      createPolicy: () => createPolicy(stranger, { ...policy, statements: policy.statements }),
      updatePolicy: () => updatePolicy(stranger, { policyId, description: "mine" }),
      deletePolicy: () => deletePolicy(stranger, { policyId }),
      changeSettings: () => changeSettings(stranger, { topic: "sessions", change: {} }),
      suspendUser: () => suspendUser(stranger, { userId: person.id }),
      updateGroup: () => updateGroup(stranger, { groupId, description: "mine" }),
      deleteGroup: () => deleteGroup(stranger, { groupId }),
      addUserToGroup: () => addUserToGroup(stranger, { groupId, userId }),
      updateResource: () => updateOauthResource(stranger, { resourceId, ...resource }),
      deleteResource: () => deleteOauthResource(stranger, { resourceId }),
      grantScopes: () => grantScopes(stranger, { resourceId, groupId, scopes: ["read"] }),
    };
    await elsewhere(async (client) => {
      for (const table of ["tenancies", "settings", "groups", "oauth_resources"])
        await client.query(`select 1 from ${table} for no key update`);
      for (const [name, act] of Object.entries(acts))
        expect([name, await outcome(act())]).toMatchObject([
          name,
          { code: expect.stringMatching(/^(not_found|invalid_input)$/) },
        ]);
    });
  });
});

describe("the lock of a user", () => {
  it("is taken by nobody who may not do what it is for: a stranger is refused while it is held", async () => {
    const stranger = await makeCaller();
    const owner = await makeCaller();
    const { userId } = owner;
    const kind = "auth_token";
    const issued = await issueCredential(owner, {
      ownerId: userId,
      kind,
      values: { description: "x" },
    });
    const credential = { id: issued.credential.id };
    const named = { ownerId: userId, kind, credential };
    const { device } = await createTotpDevice(owner, { userId });
    const deviceId = device.id;
    await issueCredential(owner, { ownerId: userId, kind, values: { description: "y" } });
    await requestLimit(owner, { kind });
    const [request] = await sql("select id from limit_requests where user_id = $1", [userId]);
    const acts: Record<string, () => Promise<unknown>> = {
      activateUser: () => activateUser(stranger, { userId }),
      suspendUser: () => suspendUser(stranger, { userId }),
      unblockUser: () => unblockUser(stranger, { userId }),
      deleteUser: () => deleteUser(stranger, { userId }),
      updateUser: () => updateUser(stranger, { userId, description: "mine" }),
      updateCapabilities: () => updateCapabilities(stranger, { userId, capabilities: {} }),
      setUserLimits: () => setUserLimits(stranger, { userId, limits: {} }),
      decideLimitRequest: () =>
        decideLimitRequest(stranger, { requestId: request?.id, decision: "decline" }),
      createOrResetPassword: () => createOrResetPassword(stranger, { userId }),
      sendInvitation: () => sendInvitation(stranger, { userId }),
      endSession: () => endSession(stranger, { userId, sessionId: "s" }),
      endOtherSessions: () => endOtherSessions(stranger, { userId }),
      issueCredential: () =>
        issueCredential(stranger, { ownerId: userId, kind, values: { description: "z" } }),
      updateCredential: () =>
        updateCredential(stranger, { ...named, values: { description: "z" } }),
      switchCredential: () => switchCredential(stranger, { ...named, isEnabled: false }),
      rotateCredential: () => rotateCredential(stranger, { ...named, overlap: "now" }),
      revokeCredential: () => revokeCredential(stranger, named),
      createTotpDevice: () => createTotpDevice(stranger, { userId }),
      beginEnrolment: () => beginEnrolment(stranger, { userId }),
      generateTotpSeed: () => generateTotpSeed(stranger, { userId, deviceId }),
      activateTotpDevice: () => activateTotpDevice(stranger, { userId, deviceId, code: "1" }),
      deleteTotpDevice: () => deleteTotpDevice(stranger, { userId, deviceId }),
      disableSecondFactor: () => disableSecondFactor(stranger, { userId }),
      renewRecoveryCodes: () => renewRecoveryCodes(stranger, { userId }),
    };
    await elsewhere(async (client) => {
      await client.query("select 1 from users where id = $1 for update", [userId]);
      for (const [name, act] of Object.entries(acts))
        expect([name, await outcome(act())]).toMatchObject([name, { code: "not_found" }]);
    });
  });
});

describe("two who write policies at once", () => {
  /** Somebody in a group of their own with these statements, and the policy that holds the last of them. */
  async function writerWith(...statements: string[]) {
    const { id: groupId, name: group } = await createGroup(host, { name: some(), description: "" });
    let policyId = "";
    for (const text of statements) {
      const made = await createPolicy(host, {
        name: some(),
        description: "",
        statements: [text.replace("GROUP", group)],
      });
      policyId = made.id;
    }
    const person = await makePerson();
    await addUserToGroup(host, { userId: person.id, groupId });
    return { caller: await signedIn(person), policyId, group };
  }

  const write = (caller: Caller, text: string) =>
    createPolicy(caller, { name: some(), description: "", statements: [text] });

  it.each([
    ["takes the power away", "delete from policies where id = $1 and $2 <> ''"],
    [
      "takes the writer out of the group",
      "delete from memberships where $1 <> '' and user_id = $2",
    ],
  ])(
    "are judged one after the other: what the first %s, the second cannot give any more",
    async (_what, change) => {
      const { caller, policyId } = await writerWith(
        "Allow group GROUP to manage policies in tenancy",
        "Allow group GROUP to manage users in tenancy",
      );
      const name = some();
      const giving = "Allow group Nobody to manage users in tenancy";
      await elsewhere(async (client) => {
        await client.query("update tenancies set policies_version = policies_version + 1");
        await client.query(change, [policyId, caller.userId]);
        const second = outcome(
          createPolicy(caller, { name, description: "", statements: [giving] }),
        );
        await untilSomebodyWaits();
        await client.query("commit");
        expect(await second).toMatchObject({ code: "not_found" });
      });
      expect(await sql("select 1 from policies where name = $1", [name])).toEqual([]);
      expect(
        await sql(
          "select outcome from audit_events where actor_id = $1 and action = 'createPolicy'",
          [caller.userId],
        ),
      ).toEqual([{ outcome: "refused" }]);
    },
  );

  it("both come through where neither takes from the other", async () => {
    const { caller } = await writerWith("Allow group GROUP to manage policies in tenancy");
    const texts = Array.from(
      { length: 6 },
      () => "Allow group Nobody to inspect policies in tenancy",
    );
    const answers = await Promise.all(
      texts.map((text, index) => outcome(write(index % 2 === 0 ? caller : host, text))),
    );
    expect(answers).toEqual(texts.map(() => "done"));
  });
});

describe("somebody who is deleted while they are made to answer for a service user", () => {
  it("does not become its owner, and neither transaction waits for the other for ever", async () => {
    const [owner, leaver] = [await makePerson(), await makePerson()];
    const robot = await createUser(host, {
      name: some(),
      kind: "service",
      owner: owner.name,
      deputy: leaver.name,
    });
    const gone = { code: "invalid_input", fields: { owner: expect.stringContaining(leaver.name) } };
    await elsewhere(async (client) => {
      // As `deleteUser` does it: the row first, and with it what refers to it.
      await client.query("select 1 from users where id = $1 for update", [leaver.id]);
      const change = outcome(
        updateUser(host, {
          userId: robot.id,
          owner: leaver.name,
          deputy: "",
          reason: "a test",
        }),
      );
      await untilSomebodyWaits();
      await client.query("delete from users where id = $1", [leaver.id]);
      await client.query("commit");
      expect(await change).toMatchObject(gone);
    });
    expect(await sql("select owner_id, deputy_id from users where id = $1", [robot.id])).toEqual([
      { owner_id: owner.id, deputy_id: null },
    ]);
  });

  it("does not get a new one either", async () => {
    const leaver = await makePerson();
    await elsewhere(async (client) => {
      await client.query("delete from users where id = $1", [leaver.id]);
      const made = outcome(createUser(host, { name: some(), kind: "service", owner: leaver.name }));
      await untilSomebodyWaits();
      await client.query("commit");
      expect(await made).toMatchObject({ code: "invalid_input" });
    });
  });
});
