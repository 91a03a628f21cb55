import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { callerFromSession } from "@/lib/auth/caller";
import { transaction } from "@/lib/data/db";
import { insertMembership, lockAdministrators } from "@/lib/data/groups";
import type { Caller } from "@/lib/domain/caller";
import { makeOcid } from "@/lib/domain/ocid";
import { random } from "@/lib/secrets/random";
import { issueCredential } from "@/lib/services/credentials/issue-credential";
import { verifyDatabasePassword } from "@/lib/services/passwords/verify-database-password";
import { signIn } from "@/lib/services/sessions/sign-in";
import { activateUser } from "@/lib/services/users/activate-user";
import { suspendUser } from "@/lib/services/users/suspend-user";
import { makeCaller, makePerson, origin, password, signedIn } from "@/lib/testing/callers";

import {
  basic,
  type OauthClient,
  type OauthStage,
  post,
  startOauthStage,
  tokenFor,
} from "./oauth/stage.fixture";
import { call, newKeyPair, type Signer } from "./stage.fixture";

let stage: OauthStage;
beforeAll(async () => {
  stage = await startOauthStage();
});
afterAll(() => stage.stop());

const databasePassword = "Ebbe-und-Flut-26";

/** Somebody who holds one of everything that opens a door. */
async function somebody() {
  const person = await makePerson({ email: `${Date.now()}@example.com` });
  const { token } = await signIn(origin(), { userName: person.name, password });
  const own = await signedIn(person);
  const pair = newKeyPair();
  const give = (kind: string, values: Record<string, unknown>) =>
    issueCredential(own, { ownerId: person.id, kind, values });
  const { credential } = await give("api_key", { key: pair.publicKeyPem });
  await give("database_password", { description: "", password: databasePassword });
  const signer: Signer = {
    userId: person.id,
    name: person.name,
    fingerprint: credential.publicId,
    privateKeyPem: pair.privateKeyPem,
    credentialId: credential.id,
  };
  const client = await stage.client(undefined, own);
  return { person, token, signer, client, accessToken: await tokenFor(stage, client) };
}

/** What opens for them at this moment. */
async function doors({ person, token, signer, client, accessToken }: Holder) {
  const observer = await stage.client();
  await mayVerify(observer);
  const signedRequest = await call(stage, signer, {
    method: "GET",
    target: `/20160918/users/${person.id}`,
  });
  const issue = await post(
    stage,
    "/oauth2/token",
    { grant_type: "client_credentials", scope: "https://reports.example.com-read" },
    basic(client),
  );
  const introspection = await post(
    stage,
    "/oauth2/introspect",
    { token: accessToken },
    basic(observer),
  );
  return {
    session: (await callerFromSession(token, origin())) !== undefined,
    signIn: await opens(signIn(origin(), { userName: person.name, password })),
    signedRequest: signedRequest.status === 200,
    token: issue.status === 200,
    introspection: introspection.body["active"],
    database:
      (await verifyDatabasePassword(origin(), {
        userName: person.name,
        password: databasePassword,
      })) !== undefined,
  };
}
type Holder = Awaited<ReturnType<typeof somebody>>;

const opens = (attempt: Promise<unknown>) =>
  attempt.then(
    () => true,
    () => false,
  );

/** Its owner joins those who may ask about everybody's tokens. */
async function mayVerify({ owner }: OauthClient): Promise<void> {
  const { tenancy } = stage.runtime;
  await transaction(async (tx) => {
    const group = await lockAdministrators(tx, tenancy.id);
    const id = makeOcid("groupmembership", tenancy.realm, random);
    await insertMembership(tx, { id, userId: owner.userId, groupId: group?.id ?? "" });
  });
}

const all = (isOpen: boolean) => ({
  session: isOpen,
  signIn: isOpen,
  signedRequest: isOpen,
  token: isOpen,
  introspection: isOpen,
  database: isOpen,
});

describe("a suspension", () => {
  it("closes every door at the next attempt, and all but the sessions open again after it", async () => {
    const holder = await somebody();
    const { id } = holder.person;
    expect(await doors(holder)).toEqual(all(true));
    expect(await suspendUser(stage.host, { reason: "a test", userId: id })).toMatchObject({
      state: "suspended",
    });
    expect(await doors(holder)).toEqual(all(false));
    expect(await stage.sql("select * from sessions where user_id = $1", [id])).toEqual([]);
    expect(await activateUser(stage.host, { reason: "a test", userId: id })).toMatchObject({
      state: "active",
    });
    expect(await doors(holder)).toEqual({ ...all(true), session: false });
    const events = await stage.sql(
      "select action, actor_id from audit_events where owner_id = $1 and action in ('suspendUser', 'activateUser') order by id",
      [id],
    );
    expect(events).toEqual(
      ["suspendUser", "activateUser"].map((action) => ({ action, actor_id: stage.host.userId })),
    );
  });

  it("shows on the wire as an inactive user, and unblocking does not lift it", async () => {
    const person = await makePerson();
    await suspendUser(stage.host, { reason: "a test", userId: person.id });
    const { administrator } = stage;
    const target = `/20160918/users/${person.id}`;
    const inactive = { lifecycleState: "INACTIVE", inactiveStatus: 1 };
    expect((await call(stage, administrator, { method: "GET", target })).json).toMatchObject(
      inactive,
    );
    const unblock = { method: "PUT", target: `${target}/state`, body: '{"blocked":false}' };
    expect((await call(stage, administrator, unblock)).json).toMatchObject(inactive);
  });

  it("never closes whoever asks for it, nor the last administrator who could act", async () => {
    const { host } = stage;
    const refused = { code: "conflict" };
    await expect(
      suspendUser(host, { reason: "a test", userId: host.userId }),
    ).rejects.toMatchObject(refused);
    const others = await stage.sql(
      `select m.user_id from memberships m join groups g on g.id = m.group_id
       where g.is_administrators and m.user_id <> $1`,
      [host.userId],
    );
    for (const { user_id } of others)
      await suspendUser(host, { reason: "a test", userId: user_id });
    // Somebody with all their permissions, but in another group, is not counted.
    const equal: Caller = { ...(await makeCaller()), groups: host.groups };
    await expect(
      suspendUser(equal, { reason: "a test", userId: host.userId }),
    ).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining("at least one active member"),
    });
    for (const { user_id } of others)
      await activateUser(host, { reason: "a test", userId: user_id });
  });

  it("leaves one of two administrators who suspend each other", async () => {
    const pair = [await makeCaller({ isAdministrator: true }), stage.host] as const;
    const others = await stage.sql(
      `select m.user_id from memberships m join groups g on g.id = m.group_id
       where g.is_administrators and m.user_id <> all ($1)`,
      [pair.map(({ userId }) => userId)],
    );
    for (const { user_id } of others)
      await suspendUser(stage.host, { reason: "a test", userId: user_id });
    const outcomes = await Promise.allSettled([
      suspendUser(pair[0], { reason: "a test", userId: pair[1].userId }),
      suspendUser(pair[1], { reason: "a test", userId: pair[0].userId }),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await stage.sql("update users set state = 'active'");
  });

  it("is nobody's to make without the permission", async () => {
    const [stranger, person] = [await makeCaller(), await makePerson()];
    for (const act of [suspendUser, activateUser])
      await expect(act(stranger, { userId: person.id })).rejects.toMatchObject({
        code: "not_found",
      });
  });
});
