import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { problem, sdkClient, type Signer, type Stage, startSdkStage } from "../stage.fixture";
import {
  type Client,
  hidden,
  invalid,
  makersOf,
  missing,
  nowhere,
  statements,
} from "./families.fixture";

/**
 * identity-api.md 3 for users with capabilities, groups, memberships, policies, the authentication policy, compartments,
 * tenancy and regions, line by line by the unmodified SDK: here everything but the lists of the first three.
 */
let stage: Stage;
let admin: Client;
let compartmentId: string;
let person: Signer;
let stranger: Client;

beforeAll(async () => {
  stage = await startSdkStage();
  compartmentId = stage.tenancyId;
  admin = sdkClient(stage, stage.administrator);
  person = await stage.person("families.person");
  stranger = sdkClient(stage, await stage.person("families.stranger"));
});
afterAll(() => stage.stop());

const stale = problem(412, "NoEtagMatch");
const taken = problem(409, "NotAuthorizedOrResourceAlreadyExists");
const { newName, createUser, createGroup, createPolicy } = makersOf(() => ({
  admin,
  compartmentId,
}));

describe("a user", () => {
  it("is made once by a retry token, and only with what a user has", async () => {
    const details = { compartmentId, name: newName(), description: "once" };
    const once = { createUserDetails: details, opcRetryToken: newName() };
    const first = await admin.createUser(once);
    const again = await admin.createUser(once);
    expect(again).toMatchObject({ user: first.user, etag: first.etag });
    await expect(
      admin.createUser({ ...once, createUserDetails: { ...details, description: "twice" } }),
    ).rejects.toEqual(problem(409, "InvalidatedRetryToken"));
    await admin.deleteUser({ userId: first.user.id });
    await expect(admin.createUser(once)).rejects.toEqual(problem(409, "InvalidatedRetryToken"));
    await expect(createUser({ compartmentId: nowhere })).rejects.toEqual(hidden);
    await expect(createUser({ name: undefined })).rejects.toEqual(missing);
    await expect(createUser({ name: "with space" })).rejects.toEqual(invalid);
    await expect(createUser({ name: "x".repeat(101) })).rejects.toEqual(invalid);
    await expect(createUser({ description: "x".repeat(401) })).rejects.toEqual(invalid);
    await expect(createUser({ email: "two@x.example, three@x.example" })).rejects.toEqual(invalid);
    await expect(createUser({ opcRetryToken: "x" })).resolves.toBeDefined();
  });

  it("changes by its etag alone where one is given, and never its name", async () => {
    const { user, etag } = await createUser({ email: `${newName()}@x.example` });
    const userId = user.id;
    const change = (details: object, ifMatch?: string) =>
      admin.updateUser({
        userId,
        updateUserDetails: details,
        ...(ifMatch === undefined ? {} : { ifMatch }),
      });
    const changed = await change({ dbUserName: `${user.name}-db`, name: "other" }, etag);
    expect(changed.user).toMatchObject({ name: user.name, dbUserName: `${user.name}-db` });
    await expect(change({ description: "late" }, etag)).rejects.toEqual(stale);
    await change({ description: "any" }, "*");
    const cleared = await change({ dbUserName: "", email: "" });
    expect(cleared.user.dbUserName ?? null).toBeNull();
    expect(cleared.user.email ?? null).toBeNull();
    await expect(admin.updateUser({ userId: nowhere, updateUserDetails: {} })).rejects.toEqual(
      hidden,
    );
    await expect(
      admin.updateUserState({ userId, updateStateDetails: { blocked: false }, ifMatch: etag }),
    ).rejects.toEqual(stale);
    await expect(
      admin.updateUserCapabilities({ userId, updateUserCapabilitiesDetails: {}, ifMatch: etag }),
    ).rejects.toEqual(stale);
    await expect(admin.deleteUser({ userId, ifMatch: etag })).rejects.toEqual(stale);
    await expect(admin.deleteUser({ userId: nowhere })).rejects.toEqual(hidden);
    await admin.deleteUser({ userId, ifMatch: cleared.etag });
  });

  it.each([
    "canUseConsolePassword",
    "canUseApiKeys",
    "canUseAuthTokens",
    "canUseSmtpCredentials",
    "canUseCustomerSecretKeys",
    "canUseOAuth2ClientCredentials",
    "canUseDbCredentials",
    "canUseDBCredentials",
  ])("has the capability %s, which the others do not follow", async (member) => {
    const { user } = await createUser();
    const { user: after, etag } = await admin.updateUserCapabilities({
      userId: user.id,
      updateUserCapabilitiesDetails: { [member]: false },
    });
    expect(etag).toBeTruthy();
    const name = member === "canUseDBCredentials" ? "canUseDbCredentials" : member;
    expect(after.capabilities).toEqual({ ...user.capabilities, [name]: false });
  });

  it("is nobody else's", async () => {
    const { userId } = person;
    const refused = [
      () => stranger.getUser({ userId }),
      () => stranger.updateUser({ userId, updateUserDetails: { description: "x" } }),
      () => stranger.updateUserState({ userId, updateStateDetails: { blocked: false } }),
      () => stranger.updateUserCapabilities({ userId, updateUserCapabilitiesDetails: {} }),
      () => stranger.deleteUser({ userId }),
      () =>
        stranger.createUser({
          createUserDetails: { compartmentId, name: newName(), description: "" },
        }),
    ];
    for (const call of refused) await expect(call()).rejects.toEqual(hidden);
  });
});

describe("a group", () => {
  it("is made once by a retry token, has an etag, and one name", async () => {
    const name = newName();
    const headers = { opcRetryToken: newName() };
    const first = await createGroup({ name }, headers);
    expect(await createGroup({ name }, headers)).toMatchObject({ etag: first.etag });
    await expect(createGroup({ name: name.toUpperCase() })).rejects.toEqual(taken);
    await expect(createGroup({ name: undefined })).rejects.toEqual(missing);
    await expect(createGroup({ name: "x".repeat(101) })).rejects.toEqual(invalid);
    await expect(createGroup({ compartmentId: nowhere })).rejects.toEqual(hidden);
    const groupId = first.group.id;
    const changed = await admin.updateGroup({
      groupId,
      updateGroupDetails: { freeformTags: { a: "b" } },
      ifMatch: first.etag,
    });
    expect(changed.group).toMatchObject({ name, freeformTags: { a: "b" } });
    expect(await admin.getGroup({ groupId })).toMatchObject({ etag: changed.etag });
    await expect(admin.deleteGroup({ groupId, ifMatch: first.etag })).rejects.toEqual(stale);
    for (const call of [
      () => admin.getGroup({ groupId: nowhere }),
      () => admin.updateGroup({ groupId: nowhere, updateGroupDetails: {} }),
      () => admin.deleteGroup({ groupId: nowhere }),
      () => stranger.getGroup({ groupId }),
      () => stranger.updateGroup({ groupId, updateGroupDetails: {} }),
      () => stranger.deleteGroup({ groupId }),
    ])
      await expect(call()).rejects.toEqual(hidden);
    await admin.deleteGroup({ groupId, ifMatch: changed.etag });
  });

  it("of the administrators stays, and keeps one", async () => {
    const { items } = await admin.listGroups({ compartmentId, name: "Administrators" });
    const groupId = items[0]?.id ?? "";
    await expect(admin.deleteGroup({ groupId })).rejects.toEqual(problem(409, "Conflict"));
    const members = await admin.listUserGroupMemberships({ compartmentId, groupId });
    const userGroupMembershipId = members.items[0]?.id ?? "";
    await expect(admin.removeUserFromGroup({ userGroupMembershipId })).rejects.toEqual(
      problem(409, "Conflict"),
    );
  });
});

describe("a membership", () => {
  it("is made once, listed by user, by group and by both, and ends", async () => {
    const { userId } = person;
    const groupIds = [(await createGroup()).group.id, (await createGroup()).group.id];
    const add = (details: object, headers: object = {}) =>
      admin.addUserToGroup({
        addUserToGroupDetails: Object.assign({ userId, groupId: "" }, details),
        ...headers,
      });
    const [groupId = "", otherId = ""] = groupIds;
    const opcRetryToken = newName();
    const first = await add({ groupId }, { opcRetryToken });
    expect(first.etag).toBeTruthy();
    const again = await add({ groupId }, { opcRetryToken });
    expect(again.userGroupMembership).toEqual(first.userGroupMembership);
    await expect(add({ groupId })).rejects.toEqual(taken);
    await expect(add({ groupId: undefined })).rejects.toEqual(missing);
    for (const unknown of [{ groupId: nowhere }, { groupId, userId: nowhere }])
      await expect(add(unknown)).rejects.toEqual(
        problem(400, "RelatedResourceNotAuthorizedOrNotFound"),
      );
    await add({ groupId: otherId });

    const list = async (asked: object) =>
      (await admin.listUserGroupMemberships(Object.assign({ compartmentId }, asked))).items
        .map((each) => each.groupId ?? "")
        .toSorted();
    expect(await list({ userId })).toEqual(groupIds.toSorted());
    expect(await list({ groupId })).toEqual([groupId]);
    expect(await list({ userId, groupId: otherId })).toEqual([otherId]);
    expect(await list({ userId: nowhere })).toEqual([]);
    await expect(list({})).rejects.toEqual(invalid);
    await expect(list({ userId, compartmentId: undefined })).rejects.toEqual(missing);
    await expect(list({ userId, compartmentId: nowhere })).rejects.toEqual(hidden);
    await expect(list({ userId, limit: 0 })).rejects.toEqual(invalid);

    const paged: string[] = [];
    let page: string | undefined;
    do {
      const asked = { compartmentId, userId, limit: 1, ...(page ? { page } : {}) };
      const answer = await admin.listUserGroupMemberships(asked);
      expect(answer.items.length).toBeLessThanOrEqual(1);
      paged.push(...answer.items.map((each) => each.groupId ?? ""));
      page = answer.opcNextPage;
    } while (page);
    expect(paged.toSorted()).toEqual(groupIds.toSorted());

    const userGroupMembershipId = first.userGroupMembership.id ?? "";
    expect(await admin.getUserGroupMembership({ userGroupMembershipId })).toMatchObject({
      etag: first.etag,
    });
    for (const call of [
      () => stranger.getUserGroupMembership({ userGroupMembershipId }),
      () => stranger.removeUserFromGroup({ userGroupMembershipId }),
      () => stranger.listUserGroupMemberships({ compartmentId, userId }),
      () => admin.getUserGroupMembership({ userGroupMembershipId: nowhere }),
      () => admin.removeUserFromGroup({ userGroupMembershipId: nowhere }),
    ])
      await expect(call()).rejects.toEqual(hidden);
    await admin.removeUserFromGroup({ userGroupMembershipId, ifMatch: first.etag });
    expect(await list({ userId })).toEqual([otherId]);
  });
});

describe("a policy", () => {
  it("is made once by a retry token, and changes by its etag", async () => {
    const name = newName();
    const headers = { opcRetryToken: newName() };
    const first = await createPolicy({ name, versionDate: "2026-01-31" }, headers);
    const again = await createPolicy({ name, versionDate: "2026-01-31" }, headers);
    expect(again).toMatchObject({ etag: first.etag, policy: { id: first.policy.id } });
    await expect(createPolicy({ name: name.toUpperCase() })).rejects.toEqual(taken);
    await expect(createPolicy({ statements: undefined })).rejects.toEqual(missing);
    await expect(createPolicy({ statements: [] })).rejects.toEqual(invalid);
    await expect(createPolicy({ statements: ["Let me in"] })).rejects.toEqual(invalid);
    await expect(createPolicy({ compartmentId: nowhere })).rejects.toEqual(hidden);
    const policyId = first.policy.id;
    const changed = await admin.updatePolicy({
      policyId,
      updatePolicyDetails: { description: "later" },
      ifMatch: first.etag,
    });
    expect(changed.policy).toMatchObject({ name, statements, description: "later" });
    expect(await admin.getPolicy({ policyId })).toMatchObject({ etag: changed.etag });
    await expect(
      admin.updatePolicy({ policyId, updatePolicyDetails: {}, ifMatch: first.etag }),
    ).rejects.toEqual(stale);
    await expect(admin.deletePolicy({ policyId, ifMatch: first.etag })).rejects.toEqual(stale);
    for (const call of [
      () => admin.getPolicy({ policyId: nowhere }),
      () => admin.updatePolicy({ policyId: nowhere, updatePolicyDetails: {} }),
      () => admin.deletePolicy({ policyId: nowhere }),
      () => stranger.getPolicy({ policyId }),
      () => stranger.updatePolicy({ policyId, updatePolicyDetails: {} }),
      () => stranger.deletePolicy({ policyId }),
    ])
      await expect(call()).rejects.toEqual(hidden);
    await admin.deletePolicy({ policyId, ifMatch: changed.etag });
    await expect(admin.getPolicy({ policyId })).rejects.toEqual(hidden);
  });
});

describe("compartments, tenancy, regions and the authentication policy", () => {
  it("are the root's, with the query parameters that clients send", async () => {
    const all = {
      compartmentId,
      limit: 10,
      accessLevel: "ANY" as never,
      compartmentIdInSubtree: true,
      name: "x",
      sortBy: "NAME" as never,
      sortOrder: "ASC" as never,
      lifecycleState: "ACTIVE" as never,
    };
    const listed = await admin.listCompartments(all);
    expect(listed.items).toEqual([]);
    expect(listed.opcNextPage).toBeUndefined();
    await expect(admin.listCompartments({ ...all, accessLevel: "SOME" as never })).rejects.toEqual(
      invalid,
    );
    await expect(admin.listCompartments({ compartmentId: nowhere })).rejects.toEqual(hidden);
    expect(await stranger.getCompartment({ compartmentId })).toMatchObject({
      etag: expect.any(String),
      compartment: { id: compartmentId, lifecycleState: "ACTIVE" },
    });
    await expect(admin.getCompartment({ compartmentId: nowhere })).rejects.toEqual(hidden);
  });

  it("answer everybody of the tenancy, without etags or pages, and nobody about another", async () => {
    const answers = [
      await stranger.getTenancy({ tenancyId: compartmentId }),
      await stranger.listRegions({}),
      await stranger.listRegionSubscriptions({ tenancyId: compartmentId }),
      await stranger.listAvailabilityDomains({ compartmentId }),
    ];
    for (const answer of answers) {
      expect(answer.opcRequestId).toBeTruthy();
      expect(Object(answer).etag).toBeUndefined();
      expect(Object(answer).opcNextPage).toBeUndefined();
    }
    for (const call of [
      () => admin.getTenancy({ tenancyId: nowhere }),
      () => admin.listRegionSubscriptions({ tenancyId: nowhere }),
      () => admin.listAvailabilityDomains({ compartmentId: nowhere }),
      () => admin.getAuthenticationPolicy({ compartmentId: nowhere }),
      () => stranger.getAuthenticationPolicy({ compartmentId }),
    ])
      await expect(call()).rejects.toEqual(hidden);
    const absent: { compartmentId: string } = Object({});
    await expect(admin.listAvailabilityDomains(absent)).rejects.toEqual(missing);
  });

  it("keep what a change of the authentication policy does not name", async () => {
    const before = await admin.getAuthenticationPolicy({ compartmentId });
    const after = await admin.updateAuthenticationPolicy({
      compartmentId,
      updateAuthenticationPolicyDetails: { passwordPolicy: { minimumPasswordLength: 14 } },
      ifMatch: before.etag,
    });
    expect(after.authenticationPolicy).toEqual({
      ...before.authenticationPolicy,
      passwordPolicy: {
        ...before.authenticationPolicy.passwordPolicy,
        minimumPasswordLength: 14,
      },
    });
    expect(after.etag).not.toBe(before.etag);
    await expect(
      admin.updateAuthenticationPolicy({
        compartmentId,
        updateAuthenticationPolicyDetails: {},
        ifMatch: before.etag,
      }),
    ).rejects.toEqual(stale);
  });
});
