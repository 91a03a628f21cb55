import { type Target } from "./access";
import { type AskingRow, type Verdicts } from "./actors";

/** A signed request: self-service for the owner, whatever their password's state; everything for administrators. */
const unknown = "NotAuthenticated";
const hidden = "NotAuthorizedOrNotFound";

const whoever = (verdict: string, stranger: string): Verdicts => ({
  anonymous: unknown,
  suspended: unknown,
  ended: unknown,
  stranger,
  former: stranger,
  owner: verdict,
  administrator: "allowed",
  blocked: verdict,
  mustChange: verdict,
  late: verdict,
});

const ofOwner = whoever("allowed", hidden);
const ofAdministrator = whoever(hidden, hidden);
/** Only for oneself, and then there is one already that is in use: an administrator is no exception. */
const ofOwnerInUse: Verdicts = { ...whoever("Conflict", hidden), administrator: hidden };
const ofAnybody = whoever("allowed", "allowed");

export interface OperationRow extends AskingRow {
  /** Path parameters by their names in the OpenAPI document. */
  readonly parameters?: (target: Target) => Record<string, string>;
  readonly query?: (target: Target) => Record<string, string>;
  readonly body?: (target: Target) => unknown;
  /** False: names nothing that might not exist. */
  readonly hasTarget?: false;
  /** Only works on somebody who is in no group. */
  readonly alone?: true;
}

const user = ({ id }: Target) => ({ userId: id });
const token = ({ id, tokenId }: Target) => ({ userId: id, authTokenId: tokenId });
const swift = ({ id, tokenId }: Target) => ({ userId: id, swiftPasswordId: tokenId });
const secretKey = ({ id, accessKey }: Target) => ({ userId: id, customerSecretKeyId: accessKey });
const smtp = ({ id, smtpId }: Target) => ({ userId: id, smtpCredentialId: smtpId });
const client = ({ id, clientId }: Target) => ({
  userId: id,
  oauth2ClientCredentialId: clientId,
});
const database = ({ id, databasePasswordId }: Target) => ({
  userId: id,
  dbCredentialId: databasePasswordId,
});
const device = ({ id, deviceId }: Target) => ({ userId: id, mfaTotpDeviceId: deviceId });
const group = ({ groupId }: Target) => ({ groupId });
const policy = ({ policyId }: Target) => ({ policyId });
const membership = ({ membershipId }: Target) => ({ userGroupMembershipId: membershipId });
const tenancy = ({ tenancyId }: Target) => ({ tenancyId });
const compartment = ({ tenancyId }: Target) => ({ compartmentId: tenancyId });
const described = ({ unique }: Target) => ({ description: unique });
const scoped = ({ unique }: Target) => ({
  name: unique,
  description: unique,
  scopes: [{ audience: "https://matrix.example.com", scope: "read" }],
});
const named = ({ unique }: Target) => ({ displayName: unique });

/** One row an operation of the Identity API. */
export const operationAccess = {
  ListUsers: { verdicts: ofAdministrator, query: compartment, hasTarget: false },
  ListCredentialReport: {
    verdicts: ofAdministrator,
    asks: "ReadCredentialReport",
    hasTarget: false,
  },
  CreateUser: {
    verdicts: ofAdministrator,
    body: ({ tenancyId, unique }) => ({
      compartmentId: tenancyId,
      name: unique,
      description: "matrix",
    }),
    hasTarget: false,
  },
  GetUser: { verdicts: ofOwner, parameters: user },
  UpdateUser: { verdicts: ofAdministrator, parameters: user, body: described },
  DeleteUser: { verdicts: ofAdministrator, parameters: user, alone: true },
  UpdateUserState: {
    verdicts: ofAdministrator,
    parameters: user,
    body: () => ({ blocked: false }),
  },
  UpdateUserCapabilities: {
    verdicts: ofAdministrator,
    parameters: user,
    body: () => ({ canUseAuthTokens: false }),
  },
  CreateOrResetUIPassword: {
    verdicts: ofAdministrator,
    differs: { onService: "InvalidParameter" },
    parameters: user,
  },
  GetUserUIPasswordInformation: {
    verdicts: ofOwner,
    differs: { onService: hidden, service: hidden },
    parameters: user,
  },
  ListApiKeys: { verdicts: ofOwner, parameters: user },
  UploadApiKey: {
    verdicts: ofOwner,
    parameters: user,
    body: ({ publicPem }) => ({ key: publicPem }),
  },
  DeleteApiKey: {
    verdicts: ofOwner,
    parameters: ({ id, fingerprint }) => ({ userId: id, fingerprint }),
  },
  ListAuthTokens: { verdicts: ofOwner, parameters: user },
  CreateAuthToken: { verdicts: ofOwner, parameters: user, body: described },
  UpdateAuthToken: { verdicts: ofOwner, parameters: token, body: described },
  DeleteAuthToken: { verdicts: ofOwner, parameters: token },
  ListSwiftPasswords: {
    verdicts: ofOwner,
    asks: "ListAuthTokens",
    parameters: user,
  },
  CreateSwiftPassword: {
    verdicts: ofOwner,
    asks: "CreateAuthToken",
    parameters: user,
    body: described,
  },
  UpdateSwiftPassword: {
    verdicts: ofOwner,
    asks: "UpdateAuthToken",
    parameters: swift,
    body: described,
  },
  DeleteSwiftPassword: {
    verdicts: ofOwner,
    asks: "DeleteAuthToken",
    parameters: swift,
  },
  ListCustomerSecretKeys: { verdicts: ofOwner, parameters: user },
  CreateCustomerSecretKey: { verdicts: ofOwner, parameters: user, body: named },
  UpdateCustomerSecretKey: { verdicts: ofOwner, parameters: secretKey, body: named },
  DeleteCustomerSecretKey: { verdicts: ofOwner, parameters: secretKey },
  ListSmtpCredentials: { verdicts: ofOwner, parameters: user },
  CreateSmtpCredential: { verdicts: ofOwner, parameters: user, body: described },
  UpdateSmtpCredential: { verdicts: ofOwner, parameters: smtp, body: described },
  DeleteSmtpCredential: { verdicts: ofOwner, parameters: smtp },
  ListOAuthClientCredentials: { verdicts: ofOwner, parameters: user },
  CreateOAuthClientCredential: { verdicts: ofOwner, parameters: user, body: scoped },
  UpdateOAuthClientCredential: { verdicts: ofOwner, parameters: client, body: scoped },
  DeleteOAuthClientCredential: { verdicts: ofOwner, parameters: client },
  ListDbCredentials: { verdicts: ofOwner, parameters: user },
  CreateDbCredential: {
    verdicts: ofOwner,
    parameters: user,
    body: ({ unique }) => ({ description: unique, password: "Ebbe-und-Flut-26" }),
  },
  DeleteDbCredential: { verdicts: ofOwner, parameters: database },
  ListMfaTotpDevices: { verdicts: ofOwner, parameters: user },
  CreateMfaTotpDevice: {
    verdicts: ofOwnerInUse,
    differs: { service: "InvalidParameter" },
    parameters: user,
  },
  GetMfaTotpDevice: { verdicts: ofOwner, parameters: device },
  ActivateMfaTotpDevice: {
    verdicts: ofOwnerInUse,
    parameters: device,
    body: () => ({ totpToken: "000000" }),
  },
  GenerateTotpSeed: { verdicts: ofOwnerInUse, parameters: device },
  DeleteMfaTotpDevice: { verdicts: ofOwner, parameters: device },
  ListGroups: { verdicts: ofAdministrator, query: compartment, hasTarget: false },
  CreateGroup: {
    verdicts: ofAdministrator,
    body: ({ tenancyId, unique }) => ({
      compartmentId: tenancyId,
      name: unique,
      description: "matrix",
    }),
    hasTarget: false,
  },
  GetGroup: { verdicts: ofAdministrator, parameters: group },
  UpdateGroup: { verdicts: ofAdministrator, parameters: group, body: described },
  DeleteGroup: {
    verdicts: ofAdministrator,
    parameters: ({ otherGroupId }) => ({ groupId: otherGroupId }),
  },
  ListUserGroupMemberships: {
    verdicts: ofOwner,
    query: ({ id, tenancyId }) => ({ compartmentId: tenancyId, userId: id }),
  },
  AddUserToGroup: {
    verdicts: ofAdministrator,
    body: ({ id, otherGroupId }) => ({ userId: id, groupId: otherGroupId }),
  },
  GetUserGroupMembership: { verdicts: ofOwner, parameters: membership },
  RemoveUserFromGroup: { verdicts: ofAdministrator, parameters: membership },
  GetAuthenticationPolicy: {
    verdicts: ofAdministrator,
    parameters: compartment,
    hasTarget: false,
  },
  UpdateAuthenticationPolicy: {
    verdicts: ofAdministrator,
    parameters: compartment,
    // All sign with one key: two that send the same in one second would be a repetition.
    body: ({ unique }) => ({ passwordPolicy: { minimumPasswordLength: 12 }, unknown: unique }),
    hasTarget: false,
  },
  ListPolicies: { verdicts: ofAdministrator, query: compartment, hasTarget: false },
  CreatePolicy: {
    verdicts: ofAdministrator,
    body: ({ tenancyId, unique }) => ({
      compartmentId: tenancyId,
      name: unique,
      description: "matrix",
      // What a writer of policies may give, who holds nothing else.
      statements: ["Allow group Matrix to inspect policies in tenancy"],
    }),
    hasTarget: false,
  },
  GetPolicy: { verdicts: ofAdministrator, parameters: policy },
  UpdatePolicy: { verdicts: ofAdministrator, parameters: policy, body: described },
  DeletePolicy: { verdicts: ofAdministrator, parameters: policy },
  ListCompartments: { verdicts: ofAnybody, query: compartment, hasTarget: false },
  GetCompartment: { verdicts: ofAnybody, parameters: compartment, hasTarget: false },
  GetTenancy: { verdicts: ofAnybody, parameters: tenancy, hasTarget: false },
  ListRegions: { verdicts: ofAnybody, hasTarget: false },
  ListRegionSubscriptions: { verdicts: ofAnybody, parameters: tenancy, hasTarget: false },
  ListAvailabilityDomains: { verdicts: ofAnybody, query: compartment, hasTarget: false },
} as const satisfies Record<string, OperationRow>;
