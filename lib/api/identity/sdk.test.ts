import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  newKeyPair,
  sdkClient,
  type Signer,
  type Stage,
  startSdkStage,
  problem,
} from "../stage.fixture";

/** Every operation by the unmodified SDK: what it sends, and how it reads what we answer. */
let stage: Stage;
let admin: ReturnType<typeof sdkClient>;
let person: Signer;
let own: ReturnType<typeof sdkClient>;
let compartmentId: string;

beforeAll(async () => {
  stage = await startSdkStage();
  compartmentId = stage.tenancyId;
  admin = sdkClient(stage, stage.administrator);
  person = await stage.person("sdk.person@example.com");
  own = sdkClient(stage, person);
});
afterAll(() => stage.stop());

describe("users", () => {
  it("are created, read, changed, unblocked and deleted", async () => {
    const made = await admin.createUser({
      createUserDetails: {
        compartmentId,
        name: "maria",
        description: "Finance",
        email: "Maria@example.com",
        freeformTags: { team: "ü" },
      },
    });
    expect(made.user).toMatchObject({
      compartmentId,
      name: "maria",
      description: "Finance",
      email: "Maria@example.com",
      emailVerified: false,
      lifecycleState: "ACTIVE",
      isMfaActivated: false,
      freeformTags: { team: "ü" },
      capabilities: { canUseApiKeys: true, canUseDbCredentials: true },
    });
    expect(made.opcRequestId).toMatch(/^[0-9A-F-]+\/[0-9A-F]{32}$/);
    const userId = made.user.id;

    const read = await admin.getUser({ userId });
    expect(read).toMatchObject({ etag: made.etag, user: made.user });

    const changed = await admin.updateUser({
      userId,
      updateUserDetails: { description: "", definedTags: { a: { b: "c" } } },
      ifMatch: read.etag,
    });
    expect(changed.user).toMatchObject({ description: "", definedTags: { a: { b: "c" } } });
    expect(changed.etag).not.toBe(read.etag);
    await expect(
      admin.updateUser({ userId, updateUserDetails: { description: "x" }, ifMatch: read.etag }),
    ).rejects.toEqual(problem(412, "NoEtagMatch"));

    const state = await admin.updateUserState({ userId, updateStateDetails: { blocked: false } });
    expect(state.user.lifecycleState).toBe("ACTIVE");
    await expect(
      admin.updateUserState({ userId, updateStateDetails: { blocked: true } }),
    ).rejects.toEqual(problem(400, "InvalidParameter"));

    const { user } = await admin.updateUserCapabilities({
      userId,
      updateUserCapabilitiesDetails: { canUseDBCredentials: false, canUseApiKeys: false },
    });
    expect(user.capabilities).toMatchObject({ canUseDbCredentials: false, canUseApiKeys: false });

    await admin.deleteUser({ userId });
    await expect(admin.getUser({ userId })).rejects.toEqual(
      problem(404, "NotAuthorizedOrNotFound"),
    );
  });

  it("have unique names and addresses", async () => {
    const details = { compartmentId, name: "twin", description: "", email: "twin@example.com" };
    await admin.createUser({ createUserDetails: details });
    const taken = problem(409, "NotAuthorizedOrResourceAlreadyExists");
    await expect(
      admin.createUser({ createUserDetails: { ...details, name: "TWIN", email: "t@example.com" } }),
    ).rejects.toEqual(taken);
    await expect(
      admin.createUser({ createUserDetails: { ...details, name: "twin2" } }),
    ).rejects.toEqual(taken);
  });

  it("are listed by pages, filtered and sorted", async () => {
    for (const name of ["page-c", "page-a", "page+b@x.y"])
      await admin.createUser({ createUserDetails: { compartmentId, name, description: "" } });
    const names: string[] = [];
    let page: string | undefined;
    do {
      const answer = await admin.listUsers({
        compartmentId,
        limit: 1,
        sortBy: "NAME" as never,
        sortOrder: "DESC" as never,
        ...(page ? { page } : {}),
      });
      expect(answer.items.length).toBeLessThanOrEqual(1);
      names.push(...answer.items.map(({ name }) => name));
      page = answer.opcNextPage;
    } while (page);
    const all = await admin.listUsers({ compartmentId });
    expect(all.opcNextPage).toBeUndefined();
    expect(new Set(names)).toEqual(new Set(all.items.map(({ name }) => name)));
    expect(names).toHaveLength(all.items.length);
    const ours = names.filter((name) => name.startsWith("page"));
    expect(ours).toEqual(["page-c", "page-a", "page+b@x.y"]);

    const found = await admin.listUsers({ compartmentId, name: "page+b@x.y" });
    expect(found.items.map(({ name }) => name)).toEqual(["page+b@x.y"]);
    const none = await admin.listUsers({ compartmentId, lifecycleState: "deleted" as never });
    expect(none.items).toEqual([]);
    const active = await admin.listUsers({ compartmentId, lifecycleState: "active" as never });
    expect(active.items).toHaveLength(all.items.length);
    const foreign = await admin.listUsers({ compartmentId, identityProviderId: "ocid1.x" });
    expect(foreign.items).toEqual([]);
  });
});

describe("console passwords", () => {
  it("are reset with a one-time password that no later answer repeats", async () => {
    const { userId } = await stage.person("password.person");
    await expect(admin.getUserUIPasswordInformation({ userId })).rejects.toEqual(
      problem(404, "NotAuthorizedOrNotFound"),
    );
    const reset = await admin.createOrResetUIPassword({ userId });
    expect(reset.uIPassword).toMatchObject({ userId, lifecycleState: "ACTIVE" });
    expect(reset.uIPassword.password).toHaveLength(20);
    expect(reset.etag).toBeTruthy();
    const { uIPasswordInformation } = await admin.getUserUIPasswordInformation({ userId });
    expect(Object.keys(uIPasswordInformation).toSorted()).toEqual([
      "lifecycleState",
      "timeCreated",
      "userId",
    ]);
  });
});

describe("API keys", () => {
  it("are uploaded, listed and deleted by their fingerprint; the fourth is too many", async () => {
    const { userId } = person;
    const keys = [newKeyPair(), newKeyPair()].map(({ publicKeyPem }) => publicKeyPem);
    const made = [];
    for (const key of keys)
      made.push(await own.uploadApiKey({ userId, createApiKeyDetails: { key } }));
    expect(made[0]?.apiKey).toMatchObject({
      userId,
      keyId: `${stage.tenancyId}/${userId}/${made[0]?.apiKey.fingerprint}`,
      lifecycleState: "ACTIVE",
    });
    expect(made[0]?.apiKey.keyValue?.trim()).toBe(keys[0]?.trim());
    const { items } = await own.listApiKeys({ userId });
    expect(items.map(({ fingerprint }) => fingerprint)).toEqual([
      person.fingerprint,
      ...made.map(({ apiKey }) => apiKey.fingerprint),
    ]);
    await expect(
      own.uploadApiKey({ userId, createApiKeyDetails: { key: newKeyPair().publicKeyPem } }),
    ).rejects.toEqual(problem(409, "ApiKeyLimitExceeded"));
    for (const { apiKey } of made)
      await own.deleteApiKey({ userId, fingerprint: apiKey.fingerprint ?? "" });
    expect((await own.listApiKeys({ userId })).items).toHaveLength(1);
    await expect(
      own.uploadApiKey({ userId, createApiKeyDetails: { key: "nonsense" } }),
    ).rejects.toEqual(problem(400, "InvalidKey"));
  });
});

describe("customer secret keys", () => {
  it("are named by their access key, and show the secret once", async () => {
    const { userId } = person;
    const { customerSecretKey: made, etag } = await own.createCustomerSecretKey({
      userId,
      createCustomerSecretKeyDetails: { displayName: "rclone" },
    });
    expect(made).toMatchObject({ userId, displayName: "rclone", lifecycleState: "ACTIVE" });
    expect(made.id).toMatch(/^[0-9a-f]{40}$/);
    expect(made.key).toMatch(/^lkcs_/);
    const customerSecretKeyId = made.id ?? "";
    const { items } = await own.listCustomerSecretKeys({ userId });
    expect(items).toMatchObject([{ id: made.id, displayName: "rclone" }]);
    expect(JSON.stringify(items)).not.toContain(made.key);
    const updateCustomerSecretKeyDetails = { displayName: "s3cmd" };
    const changed = await own.updateCustomerSecretKey({
      userId,
      customerSecretKeyId,
      updateCustomerSecretKeyDetails,
      ifMatch: etag,
    });
    expect(changed.customerSecretKeySummary).toMatchObject({ id: made.id, displayName: "s3cmd" });
    expect(changed.customerSecretKeySummary).not.toHaveProperty("key");
    await expect(
      own.updateCustomerSecretKey({
        userId,
        customerSecretKeyId,
        updateCustomerSecretKeyDetails,
        ifMatch: etag,
      }),
    ).rejects.toEqual(problem(412, "NoEtagMatch"));
    await own.deleteCustomerSecretKey({ userId, customerSecretKeyId });
    expect((await own.listCustomerSecretKeys({ userId })).items).toEqual([]);
    await expect(own.deleteCustomerSecretKey({ userId, customerSecretKeyId })).rejects.toEqual(
      problem(404, "NotAuthorizedOrNotFound"),
    );
  });
});

describe("SMTP credentials", () => {
  it("have a short user name with an @, and show the password once", async () => {
    const { userId } = person;
    const create = (description: string) =>
      own.createSmtpCredential({ userId, createSmtpCredentialDetails: { description } });
    const { smtpCredential: made } = await create("billing");
    expect(made).toMatchObject({ userId, description: "billing", lifecycleState: "ACTIVE" });
    expect(made.username).toMatch(/^[^@]+@[^@]+$/);
    expect(made.username?.length).toBeLessThan(64);
    expect(made.password).toMatch(/^lksm_/);
    const { smtpCredential: second } = await create("reports");
    expect(second.username).not.toBe(made.username);
    await expect(create("third")).rejects.toEqual(problem(400, "LimitExceeded"));
    const { items } = await own.listSmtpCredentials({ userId });
    expect(items.map(({ username }) => username)).toEqual([made.username, second.username]);
    expect(JSON.stringify(items)).not.toContain(made.password);
    const smtpCredentialId = made.id ?? "";
    const changed = await own.updateSmtpCredential({
      userId,
      smtpCredentialId,
      updateSmtpCredentialDetails: { description: "billing, later" },
    });
    expect(changed.smtpCredentialSummary).toMatchObject({
      username: made.username,
      description: "billing, later",
    });
    expect(changed.smtpCredentialSummary).not.toHaveProperty("password");
    for (const id of [made.id, second.id])
      await own.deleteSmtpCredential({ userId, smtpCredentialId: id ?? "" });
    expect((await own.listSmtpCredentials({ userId })).items).toEqual([]);
  });
});

describe("auth tokens and their Swift twin", () => {
  it("are the same rows under other names", async () => {
    const { userId } = person;
    const { authToken, etag } = await own.createAuthToken({
      userId,
      createAuthTokenDetails: { description: "swift" },
    });
    expect(authToken).toMatchObject({ userId, description: "swift", lifecycleState: "ACTIVE" });
    expect(authToken.token).toMatch(/^lk/);
    const { swiftPassword } = await own.createSwiftPassword({
      userId,
      createSwiftPasswordDetails: { description: "" },
    });
    expect(swiftPassword.password).toMatch(/^lk/);
    await expect(
      own.createAuthToken({ userId, createAuthTokenDetails: { description: "third" } }),
    ).rejects.toEqual(problem(400, "LimitExceeded"));

    const tokens = await own.listAuthTokens({ userId });
    const passwords = await own.listSwiftPasswords({ userId });
    expect(tokens.items.map(({ id }) => id)).toEqual([authToken.id, swiftPassword.id]);
    expect(passwords.items.map(({ id }) => id)).toEqual([authToken.id, swiftPassword.id]);
    const listed = JSON.stringify([tokens.items, passwords.items]);
    expect(listed).not.toContain(authToken.token);
    expect(listed).not.toContain(swiftPassword.password);

    const authTokenId = authToken.id ?? "";
    const updateAuthTokenDetails = { description: "later" };
    await expect(
      own.updateAuthToken({ userId, authTokenId, updateAuthTokenDetails, ifMatch: "stale" }),
    ).rejects.toEqual(problem(412, "NoEtagMatch"));
    const changed = await own.updateAuthToken({
      userId,
      authTokenId,
      updateAuthTokenDetails,
      ifMatch: `W/"${etag}"`,
    });
    expect(changed.authToken.description).toBe("later");
    expect(changed.authToken.token).toBeUndefined();
    const renamed = await own.updateSwiftPassword({
      userId,
      swiftPasswordId: swiftPassword.id ?? "",
      updateSwiftPasswordDetails: { description: "renamed" },
    });
    expect(renamed.swiftPassword.description).toBe("renamed");
    await expect(own.deleteAuthToken({ userId, authTokenId, ifMatch: etag })).rejects.toEqual(
      problem(412, "NoEtagMatch"),
    );
    await own.deleteAuthToken({ userId, authTokenId, ifMatch: changed.etag });
    await own.deleteSwiftPassword({ userId, swiftPasswordId: swiftPassword.id ?? "" });
    expect((await own.listAuthTokens({ userId })).items).toEqual([]);
    await expect(own.deleteAuthToken({ userId, authTokenId, ifMatch: "*" })).rejects.toEqual(
      problem(404, "NotAuthorizedOrNotFound"),
    );
  });
});

describe("groups and memberships", () => {
  it("are created, listed, changed and emptied before they go", async () => {
    const { group, etag } = await admin.createGroup({
      createGroupDetails: { compartmentId, name: "Finance", description: "Money" },
    });
    const groupId = group.id;
    expect(await admin.getGroup({ groupId })).toMatchObject({ etag, group });
    await admin.updateGroup({
      groupId,
      updateGroupDetails: { description: "More" },
      ifMatch: etag,
    });
    await expect(
      admin.updateGroup({ groupId, updateGroupDetails: { description: "y" }, ifMatch: etag }),
    ).rejects.toEqual(problem(412, "NoEtagMatch"));
    const listed = await admin.listGroups({ compartmentId, name: "Finance", limit: 10 });
    expect(listed.items).toMatchObject([{ id: groupId, description: "More" }]);

    const { userId } = person;
    const added = await admin.addUserToGroup({ addUserToGroupDetails: { userId, groupId } });
    const membership = added.userGroupMembership;
    expect(membership).toMatchObject({ userId, groupId, compartmentId, lifecycleState: "ACTIVE" });
    const userGroupMembershipId = membership.id ?? "";
    const got = await own.getUserGroupMembership({ userGroupMembershipId });
    expect(got.userGroupMembership).toEqual(membership);
    const { items } = await own.listUserGroupMemberships({ compartmentId, userId });
    expect(items).toEqual([membership]);
    await expect(
      admin.addUserToGroup({ addUserToGroupDetails: { userId, groupId: "ocid1.group.x" } }),
    ).rejects.toEqual(problem(400, "RelatedResourceNotAuthorizedOrNotFound"));
    await expect(admin.deleteUser({ userId })).rejects.toEqual(problem(409, "Conflict"));
    await expect(admin.deleteGroup({ groupId })).rejects.toEqual(problem(409, "Conflict"));
    await expect(
      admin.removeUserFromGroup({ userGroupMembershipId, ifMatch: "other" }),
    ).rejects.toEqual(problem(412, "NoEtagMatch"));
    await admin.removeUserFromGroup({ userGroupMembershipId });
    await admin.deleteGroup({ groupId, ifMatch: "*" });
    expect((await admin.listGroups({ compartmentId, name: "Finance" })).items).toEqual([]);
  });
});

describe("the tenancy", () => {
  it("has one region, its home", async () => {
    const { tenancy } = await own.getTenancy({ tenancyId: compartmentId });
    expect(tenancy).toMatchObject({ id: compartmentId, name: "latchkey", homeRegionKey: "IAD" });
    expect((await own.listRegions({})).items).toEqual([{ key: "IAD", name: "us-ashburn-1" }]);
    const subscriptions = await own.listRegionSubscriptions({ tenancyId: compartmentId });
    expect(subscriptions.items).toEqual([
      { regionKey: "IAD", regionName: "us-ashburn-1", status: "READY", isHomeRegion: true },
    ]);
    const domains = await own.listAvailabilityDomains({ compartmentId });
    expect(domains.items).toMatchObject([{ compartmentId, name: "US-ASHBURN-1-AD-1" }]);
  });
});

describe("an endpoint with a trailing slash", () => {
  it("works as well", async () => {
    const client = sdkClient(stage, person, { endpoint: `${stage.endpoint}/` });
    expect((await client.listRegions({})).items).toHaveLength(1);
  });
});
