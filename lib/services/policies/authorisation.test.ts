import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { transaction } from "@/lib/data/db";
import { insertGroup, insertMembership, lockAdministrators } from "@/lib/data/groups";
import { changePolicies, deletePolicy, insertPolicy } from "@/lib/data/policies";
import type { Caller } from "@/lib/domain/caller";
import { makeOcid } from "@/lib/domain/ocid";
import { random } from "@/lib/secrets/random";
import { makeCaller, makePerson, signedIn } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { issueCredential } from "../credentials/issue-credential";
import { listCredentials } from "../credentials/list-credentials";
import { addUserToGroup } from "../groups/add-user-to-group";
import { createGroup } from "../groups/create-group";
import { listMemberships } from "../groups/list-memberships";
import { removeUserFromGroup } from "../groups/remove-user-from-group";
import { createOrResetPassword } from "../passwords/create-or-reset-password";
import { endOtherSessions } from "../sessions/end-other-sessions";
import { createUser } from "../users/create-user";
import { deleteUser } from "../users/delete-user";
import { getUser } from "../users/get-user";
import { listUsers } from "../users/list-users";
import { unblockUser } from "../users/unblock-user";
import { updateCapabilities } from "../users/update-capabilities";
import { updateUser } from "../users/update-user";

/** Roles that are made of policies: what they may do, and what they may not do to whoever holds more. */
let test: TestRuntime;
beforeAll(async () => {
  test = await startTestRuntime();
});
afterAll(() => test.stop());

let policyIds: string[] = [];
beforeEach(async () => {
  await transaction(async (tx) => {
    await changePolicies(tx, runtime().tenancy.id);
    for (const id of policyIds) await deletePolicy(tx, id);
  });
  policyIds = [];
});

const ocid = (type: "group" | "groupmembership" | "policy") =>
  makeOcid(type, runtime().tenancy.realm, random);
const noTags = { freeformTags: {}, definedTags: {} };
const tenancyId = () => runtime().tenancy.id;

async function allow(...statements: string[]): Promise<void> {
  const id = ocid("policy");
  policyIds.push(id);
  await transaction(async (tx) => {
    await changePolicies(tx, tenancyId());
    const names = { name: id.slice(-20), description: "", versionDate: null };
    await insertPolicy(tx, { id, tenancyId: tenancyId(), ...names, statements, ...noTags });
  });
}

function makeGroup() {
  const id = ocid("group");
  return transaction((tx) =>
    insertGroup(tx, {
      id,
      tenancyId: tenancyId(),
      name: id.slice(-12),
      description: "",
      ...noTags,
    }),
  );
}

/** Somebody in a group of their own, which the statements speak of as GROUP. */
async function somebodyWho(...statements: string[]): Promise<Caller & { group: string }> {
  const group = await makeGroup();
  await allow(...statements.map((each) => each.replaceAll("GROUP", group.name)));
  const person = await makePerson();
  await join(person.id, group.id);
  return { ...(await signedIn(person)), group: group.id };
}

async function join(userId: string, groupId: string): Promise<string> {
  const id = ocid("groupmembership");
  await transaction((tx) => insertMembership(tx, { id, userId, groupId }));
  return id;
}

const outcome = (act: Promise<unknown>) =>
  act.then(
    () => "done",
    (error: unknown) => Object(error).code as string,
  );

/** Everything that can be done to a user, by the name of what it is. */
const acts = (caller: Caller, userId: string): Record<string, () => Promise<unknown>> => ({
  get: () => getUser(caller, { userId }),
  "list tokens": () => listCredentials(caller, { ownerId: userId, kind: "auth_token" }),
  "list SMTP": () => listCredentials(caller, { ownerId: userId, kind: "smtp_credential" }),
  describe: () => updateUser(caller, { userId, description: "new" }),
  "set e-mail": () =>
    updateUser(caller, { reason: "a test", userId, email: `${randomUUID()}@example.com` }),
  "make token": () => issue(caller, userId, "auth_token", { description: "x" }),
  "make secret key": () => issue(caller, userId, "customer_secret_key", { name: "x" }),
  "make SMTP": () => issue(caller, userId, "smtp_credential", { description: "x" }),
  "reset password": () => createOrResetPassword(caller, { reason: "a test", userId }),
  unblock: () => unblockUser(caller, { reason: "a test", userId }),
  capabilities: () =>
    updateCapabilities(caller, { reason: "a test", userId, capabilities: { canUseApiKeys: true } }),
  "end sessions": () => endOtherSessions(caller, { reason: "a test", userId }),
  delete: () => deleteUser(caller, { reason: "a test", userId }),
});

const issue = (caller: Caller, ownerId: string, kind: string, values: object) =>
  issueCredential(caller, { reason: "a test", ownerId, kind, values });

/** What of it was done; every refusal is the one that strangers get. */
async function doneTo(caller: Caller, userId: string): Promise<string[]> {
  const done: string[] = [];
  for (const [name, act] of Object.entries(acts(caller, userId))) {
    const result = await outcome(act());
    if (result === "done") done.push(name);
    else expect([name, result]).toEqual([name, "not_found"]);
  }
  return done;
}

const everything = Object.keys(acts({} as Caller, "")); // Only the names are read.

describe("what a statement gives", () => {
  it.each([
    ["Allow group GROUP to inspect users in tenancy", ["get"]],
    ["Allow group GROUP to read users in tenancy", ["get", "list tokens", "list SMTP"]],
    ["Allow group GROUP to use users in tenancy", ["get", "list tokens", "list SMTP", "describe"]],
    ["Allow group GROUP to manage users in tenancy", everything],
    ["Allow group GROUP to manage all-resources in tenancy", everything],
    ["Allow group GROUP to manage credentials in tenancy", ["list SMTP", "make SMTP"]],
    ["Allow group GROUP to manage groups in tenancy", []],
    ["Allow group GROUP to manage users in compartment Root", []],
    ["Allow group Nobody to manage users in tenancy", []],
    [
      "Allow group GROUP to manage users in tenancy where request.permission != 'USER_DELETE'",
      everything.filter((name) => name !== "delete"),
    ],
    [
      "Allow group GROUP to manage users in tenancy where any {request.operation = 'GetUser', request.operation = 'UpdateUser'}",
      ["get", "describe", "set e-mail"],
    ],
    ["Allow group GROUP to manage users in tenancy where target.user.name = /nobody*/", []],
    ["Allow group GROUP to manage users in tenancy where target.group.name = /*/", []],
  ])("%s", async (statement, expected) => {
    const caller = await somebodyWho(statement);
    expect(await doneTo(caller, (await makePerson()).id)).toEqual(expected);
  });

  it("is for the users that its condition names", async () => {
    const name = `svc-${randomUUID().slice(0, 8)}`;
    const caller = await somebodyWho(
      "Allow group GROUP to manage users in tenancy where target.user.name = /SVC-*/",
    );
    expect(await doneTo(caller, (await makePerson({ name })).id)).toEqual(everything);
    expect(await doneTo(caller, (await makePerson()).id)).toEqual([]);
    expect(await outcome(listUsers(caller, {}))).toBe("not_found");
  });

  it("is over with the next request once the policy is gone", async () => {
    const caller = await somebodyWho("Allow group GROUP to manage users in tenancy");
    const stranger = await makePerson();
    expect(await outcome(getUser(caller, { userId: stranger.id }))).toBe("done");
    await transaction(async (tx) => {
      await changePolicies(tx, tenancyId());
      await deletePolicy(tx, policyIds[0] ?? "");
    });
    const again = await signedIn({ name: caller.name });
    expect(await outcome(getUser(again, { userId: stranger.id }))).toBe("not_found");
    expect(await outcome(getUser(again, { userId: again.userId }))).toBe("done");
  });
});

describe("a help desk", () => {
  it("sees whoever holds more, and touches none of them", async () => {
    const caller = await somebodyWho("Allow group GROUP to manage users in tenancy");
    const administrator = await makePerson({ isAdministrator: true });
    expect(await doneTo(caller, administrator.id)).toEqual([
      "get",
      "list tokens",
      "list SMTP",
      "describe",
      "unblock",
    ]);
    const colleague = await makePerson();
    await join(colleague.id, caller.group);
    expect(
      await outcome(createOrResetPassword(caller, { reason: "a test", userId: colleague.id })),
    ).toBe("done");
  });

  it("does not count as holding what it holds under another condition", async () => {
    const other = await makeGroup();
    await allow(`Allow group ${other.name} to use users in tenancy`);
    const member = await makePerson();
    await join(member.id, other.id);
    const conditional = "Allow group GROUP to manage users in tenancy where target.user.id != 'x'";
    const caller = await somebodyWho(conditional);
    expect(
      await outcome(createOrResetPassword(caller, { reason: "a test", userId: member.id })),
    ).toBe("not_found");
    const plain = await makePerson();
    expect(
      await outcome(createOrResetPassword(caller, { reason: "a test", userId: plain.id })),
    ).toBe("done");
  });

  it("names who answers for a user only where it may set an address: the same news go there", async () => {
    const { id: userId } = await makePerson();
    const name = async (verb: string, member: "owner" | "deputy") => {
      const caller = await somebodyWho(`Allow group GROUP to ${verb} users in tenancy`);
      return outcome(updateUser(caller, { reason: "a test", userId, [member]: caller.name }));
    };
    expect(await name("use", "owner")).toBe("not_found");
    expect(await name("use", "deputy")).toBe("not_found");
    // Allowed, and then told that a person answers for themselves.
    expect(await name("manage", "owner")).toBe("invalid_input");
  });

  it("creates users, and nothing else", async () => {
    const caller = await somebodyWho("Allow group GROUP to manage users in tenancy");
    const name = `made-${randomUUID().slice(0, 8)}`;
    expect(await outcome(createUser(caller, { name, description: "" }))).toBe("done");
    expect(await outcome(listUsers(caller, {}))).toBe("done");
    expect(await outcome(createGroup(caller, { name, description: "" }))).toBe("not_found");
  });
});

describe("memberships", () => {
  const both = [
    "Allow group GROUP to use groups in tenancy",
    "Allow group GROUP to use users in tenancy",
  ];

  it("take both permissions, and give nobody more than the caller has", async () => {
    const caller = await somebodyWho(...both);
    const half = await somebodyWho(both[0] ?? "");
    const [plain, strong] = [await makeGroup(), await makeGroup()];
    await allow(`Allow group id ${strong.id} to inspect policies in tenancy`);
    const now = await signedIn({ name: caller.name });
    const person = await makePerson();
    const administrators = await transaction((tx) => lockAdministrators(tx, tenancyId()));
    const add = (by: Caller, groupId: string, userId = person.id) =>
      outcome(addUserToGroup(by, { userId, groupId }));
    expect(await add(half, plain.id)).toBe("not_found");
    expect(await add(now, plain.id)).toBe("done");
    expect(await add(now, strong.id)).toBe("not_found");
    expect(await add(now, strong.id, now.userId)).toBe("not_found");
    expect(await add(now, administrators?.id ?? "", now.userId)).toBe("not_found");
    expect(await add(await makeCaller({ isAdministrator: true }), strong.id)).toBe("done");
  });

  it("of whoever holds more are not the caller's to end", async () => {
    const caller = await somebodyWho(...both);
    const administrator = await makePerson({ isAdministrator: true });
    const host = await makeCaller({ isAdministrator: true });
    const { items } = await listMemberships(host, { userId: administrator.id });
    const membershipId = items[0]?.id ?? "";
    expect(await outcome(removeUserFromGroup(caller, { membershipId }))).toBe("not_found");
    expect(await outcome(removeUserFromGroup(host, { membershipId }))).toBe("done");
  });

  it("are listed for whoever may inspect users and groups, where there are none as well", async () => {
    const caller = await somebodyWho(
      "Allow group GROUP to inspect groups in tenancy",
      "Allow group GROUP to inspect users in tenancy where target.user.name = /listed-*/",
    );
    const listed = await makePerson({ name: `listed-${randomUUID().slice(0, 8)}` });
    const hidden = await makePerson();
    expect(await outcome(listMemberships(caller, { userId: listed.id }))).toBe("done");
    expect(await outcome(listMemberships(caller, { userId: hidden.id }))).toBe("not_found");
    expect(await outcome(listMemberships(caller, { groupId: caller.group }))).toBe("not_found");
  });
});
