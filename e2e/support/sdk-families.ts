import { appCode } from "./totp";
import type { clientFromFile } from "./sdk";
import { makeKeyPair } from "./signer";

type Client = ReturnType<typeof clientFromFile>;

interface Scene {
  readonly client: Client;
  readonly tenancyId: string;
  /** Whose key signs: an administrator's, for what only the owner may do. */
  readonly ownId: string;
}

/** Makes, reads, changes and deletes one of every family, in the order in which they need each other. */
export async function useEveryFamily(scene: Scene): Promise<void> {
  const { client, tenancyId: compartmentId } = scene;
  await client.getTenancy({ tenancyId: compartmentId });
  await client.listRegions({});
  await client.listRegionSubscriptions({ tenancyId: compartmentId });
  await client.listAvailabilityDomains({ compartmentId });
  await client.listCompartments({ compartmentId });
  await client.getCompartment({ compartmentId });
  const made = await client.createUser({
    createUserDetails: { compartmentId, name: "sdk.families", description: "by the SDK" },
  });
  const userId = made.user.id;
  await useUser(scene, userId);
  await useGroupAndPolicy(scene, userId);
  await useKeysAndTokens(scene, userId);
  await useFurtherCredentials(scene, userId);
  await useTotpDevice(scene);
  await client.deleteUser({ userId });
}

async function useUser({ client, tenancyId: compartmentId }: Scene, userId: string) {
  const { etag } = await client.getUser({ userId });
  const updateUserDetails = { description: "changed by the SDK" };
  await client.updateUser({ userId, updateUserDetails, ifMatch: etag });
  await client.updateUserState({ userId, updateStateDetails: { blocked: false } });
  const updateUserCapabilitiesDetails = { canUseSmtpCredentials: true };
  await client.updateUserCapabilities({ userId, updateUserCapabilitiesDetails });
  await client.listUsers({ compartmentId, name: "sdk.families" });
  await client.createOrResetUIPassword({ userId });
  await client.getUserUIPasswordInformation({ userId });
  const { authenticationPolicy } = await client.getAuthenticationPolicy({ compartmentId });
  const { minimumPasswordLength } = authenticationPolicy.passwordPolicy ?? {};
  await client.updateAuthenticationPolicy({
    compartmentId,
    updateAuthenticationPolicyDetails: {
      passwordPolicy: { ...(minimumPasswordLength !== undefined && { minimumPasswordLength }) },
    },
  });
}

async function useGroupAndPolicy({ client, tenancyId: compartmentId }: Scene, userId: string) {
  const named = { compartmentId, name: "sdk-families", description: "by the SDK" };
  const { group } = await client.createGroup({ createGroupDetails: named });
  const groupId = group.id;
  await client.getGroup({ groupId });
  await client.updateGroup({ groupId, updateGroupDetails: { description: "changed" } });
  await client.listGroups({ compartmentId, name: "sdk-families" });
  const added = await client.addUserToGroup({ addUserToGroupDetails: { userId, groupId } });
  const userGroupMembershipId = added.userGroupMembership.id;
  await client.getUserGroupMembership({ userGroupMembershipId });
  await client.listUserGroupMemberships({ compartmentId, userId });
  await client.removeUserFromGroup({ userGroupMembershipId });

  const statements = ["Allow group sdk-families to inspect users in tenancy"];
  const { policy } = await client.createPolicy({ createPolicyDetails: { ...named, statements } });
  const policyId = policy.id;
  await client.getPolicy({ policyId });
  await client.updatePolicy({ policyId, updatePolicyDetails: { description: "changed" } });
  await client.listPolicies({ compartmentId });
  await client.deletePolicy({ policyId });
  await client.deleteGroup({ groupId });
}

async function useKeysAndTokens({ client }: Scene, userId: string) {
  const { publicPem: key, fingerprint } = makeKeyPair();
  await client.uploadApiKey({ userId, createApiKeyDetails: { key } });
  await client.listApiKeys({ userId });
  // Its colons are escaped on the way.
  await client.deleteApiKey({ userId, fingerprint });

  const description = "by the SDK";
  const changed = { description: "changed" };
  const { authToken } = await client.createAuthToken({
    userId,
    createAuthTokenDetails: { description },
  });
  const authTokenId = authToken.id ?? "";
  await client.listAuthTokens({ userId });
  await client.updateAuthToken({ userId, authTokenId, updateAuthTokenDetails: changed });
  await client.deleteAuthToken({ userId, authTokenId });

  const { swiftPassword } = await client.createSwiftPassword({
    userId,
    createSwiftPasswordDetails: { description },
  });
  const swiftPasswordId = swiftPassword.id ?? "";
  await client.listSwiftPasswords({ userId });
  await client.updateSwiftPassword({
    userId,
    swiftPasswordId,
    updateSwiftPasswordDetails: changed,
  });
  await client.deleteSwiftPassword({ userId, swiftPasswordId });
}

async function useFurtherCredentials({ client }: Scene, userId: string) {
  const description = "by the SDK";
  const { customerSecretKey } = await client.createCustomerSecretKey({
    userId,
    createCustomerSecretKeyDetails: { displayName: description },
  });
  const customerSecretKeyId = customerSecretKey.id ?? "";
  await client.listCustomerSecretKeys({ userId });
  const updateCustomerSecretKeyDetails = { displayName: "changed" };
  await client.updateCustomerSecretKey({
    userId,
    customerSecretKeyId,
    updateCustomerSecretKeyDetails,
  });
  await client.deleteCustomerSecretKey({ userId, customerSecretKeyId });

  const { smtpCredential } = await client.createSmtpCredential({
    userId,
    createSmtpCredentialDetails: { description },
  });
  const smtpCredentialId = smtpCredential.id ?? "";
  await client.listSmtpCredentials({ userId });
  const updateSmtpCredentialDetails = { description: "changed" };
  await client.updateSmtpCredential({ userId, smtpCredentialId, updateSmtpCredentialDetails });
  await client.deleteSmtpCredential({ userId, smtpCredentialId });

  const scopes = [{ audience: "urn:families", scope: "read" }];
  const made = await client.createOAuthClientCredential({
    userId,
    createOAuth2ClientCredentialDetails: { name: "families", description, scopes },
  });
  const oauth2ClientCredentialId = made.oAuth2ClientCredential.id ?? "";
  await client.listOAuthClientCredentials({ userId });
  await client.updateOAuthClientCredential({
    userId,
    oauth2ClientCredentialId,
    updateOAuth2ClientCredentialDetails: { description: "changed", scopes },
  });
  await client.deleteOAuthClientCredential({ userId, oauth2ClientCredentialId });

  const { dbCredential } = await client.createDbCredential({
    userId,
    createDbCredentialDetails: { description, password: "Ebbe-und-Flut-26" },
  });
  await client.listDbCredentials({ userId });
  await client.deleteDbCredential({ userId, dbCredentialId: dbCredential.id ?? "" });
}

async function useTotpDevice({ client, ownId: userId }: Scene) {
  const { mfaTotpDevice } = await client.createMfaTotpDevice({ userId });
  const device = { userId, mfaTotpDeviceId: mfaTotpDevice.id };
  const { seed = "" } = (await client.generateTotpSeed(device)).mfaTotpDevice;
  const mfaTotpToken = { totpToken: appCode(seed) };
  await client.activateMfaTotpDevice({ ...device, mfaTotpToken });
  await client.getMfaTotpDevice(device);
  await client.listMfaTotpDevices({ userId });
  await client.deleteMfaTotpDevice(device);
}
