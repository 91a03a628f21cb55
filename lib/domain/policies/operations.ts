import type { Permission } from "./permissions";

export interface OperationRule {
  /** What it is about: the conditions of policies ask about it. */
  readonly about: "tenancy" | "user" | "group" | "membership";
  /** Every one of them is needed. None: open to everybody of the tenancy. */
  readonly needs: readonly Permission[];
  /** People may do it to themselves, whatever the policies say (product.md 2.3). */
  readonly isOwn?: true;
  /**
   * Whoever does it could act as the user, or take away what they have: only for a caller who holds everything that
   * the user holds (decisions.md 12).
   */
  readonly touches?: true;
  /** `request.operation`, where it is not the row's name. */
  readonly as?: string;
}

const own = { about: "user", isOwn: true } as const;
const ownTouching = { ...own, touches: true } as const;
const touching = { about: "user", touches: true } as const;
const write = "USER_UPDATE";

/**
 * One row for everything that somebody may be allowed to do: the whole of authorisation. Named as the Identity API
 * names it where it does (console-facts.md 7.5). A new use case takes a row here and asks `may()`.
 */
export const operations = {
  ListUsers: { about: "tenancy", needs: ["USER_INSPECT"] },
  CreateUser: { about: "tenancy", needs: ["USER_CREATE"] },
  GetUser: { ...own, needs: ["USER_INSPECT"] },
  UpdateUser: { about: "user", needs: [write] },
  SetUserEmail: { ...touching, needs: [write, "USER_EMAIL_SET"], as: "UpdateUser" },
  ResendEmailConfirmation: { ...ownTouching, needs: [write, "USER_EMAIL_SET"], as: "UpdateUser" },
  SetDatabaseUserName: {
    ...ownTouching,
    needs: [write, "USER_DBCREDENTIAL_UPDATE"],
    as: "UpdateUser",
  },
  DeleteUser: { ...touching, needs: [write, "USER_DELETE"] },
  UpdateUserState: { about: "user", needs: [write, "USER_UNBLOCK"] },
  SuspendUser: { ...touching, needs: [write, "USER_STATE_UPDATE"] },
  UpdateUserCapabilities: { ...touching, needs: [write, "USER_CAPABILITY_UPDATE"] },
  UpdateUserLimits: { ...touching, needs: [write, "USER_LIMIT_UPDATE"] },
  ListLimitRequests: { about: "tenancy", needs: ["USER_INSPECT", "USER_LIMIT_UPDATE"] },
  CreateOrResetUIPassword: { ...touching, needs: [write, "USER_UIPASS_SET", "USER_UIPASS_RESET"] },
  GetUserUIPasswordInformation: { ...own, needs: ["USER_READ"] },
  ListActivity: { ...own, needs: ["USER_READ"] },
  CountCredentials: { ...own, needs: ["USER_READ"] },
  ListSessions: { ...own, needs: ["USER_READ"] },
  EndSession: { ...ownTouching, needs: [write, "USER_SESSION_END"] },

  ListMfaTotpDevices: { ...own, needs: ["USER_READ"] },
  GetMfaTotpDevice: { ...own, needs: ["USER_READ"] },
  DeleteMfaTotpDevice: { ...ownTouching, needs: [write, "USER_TOTPDEVICE_REMOVE"] },

  ListApiKeys: { ...own, needs: ["USER_READ"] },
  UploadApiKey: { ...ownTouching, needs: [write, "USER_APIKEY_ADD"] },
  UpdateApiKey: { ...ownTouching, needs: [write, "USER_APIKEY_UPDATE"] },
  DeleteApiKey: { ...ownTouching, needs: [write, "USER_APIKEY_REMOVE"] },
  ListAuthTokens: { ...own, needs: ["USER_READ"] },
  CreateAuthToken: { ...ownTouching, needs: [write, "USER_AUTHTOKEN_SET"] },
  UpdateAuthToken: { ...ownTouching, needs: [write, "USER_AUTHTOKEN_RESET"] },
  DeleteAuthToken: { ...ownTouching, needs: [write, "USER_AUTHTOKEN_REMOVE"] },
  ListCustomerSecretKeys: { ...own, needs: ["USER_READ"] },
  CreateCustomerSecretKey: { ...ownTouching, needs: [write, "USER_SECRETKEY_ADD"] },
  UpdateCustomerSecretKey: { ...ownTouching, needs: [write, "USER_SECRETKEY_UPDATE"] },
  DeleteCustomerSecretKey: { ...ownTouching, needs: [write, "USER_SECRETKEY_REMOVE"] },
  ListOAuthClientCredentials: { ...own, needs: ["USER_READ"] },
  CreateOAuthClientCredential: { ...ownTouching, needs: [write, "USER_OAUTH2_CLIENT_CRED_CREATE"] },
  UpdateOAuthClientCredential: { ...ownTouching, needs: [write, "USER_OAUTH2_CLIENT_CRED_UPDATE"] },
  DeleteOAuthClientCredential: { ...ownTouching, needs: [write, "USER_OAUTH2_CLIENT_CRED_REMOVE"] },
  ListSmtpCredentials: { ...own, needs: ["CREDENTIAL_INSPECT"] },
  CreateSmtpCredential: { ...ownTouching, needs: ["CREDENTIAL_ADD"] },
  UpdateSmtpCredential: { ...ownTouching, needs: ["CREDENTIAL_UPDATE"] },
  DeleteSmtpCredential: { ...ownTouching, needs: ["CREDENTIAL_REMOVE"] },
  ListDbCredentials: { ...own, needs: ["USER_READ"] },
  CreateDbCredential: { ...ownTouching, needs: [write, "USER_DBCREDENTIAL_ADD"] },
  UpdateDbCredential: { ...ownTouching, needs: [write, "USER_DBCREDENTIAL_UPDATE"] },
  DeleteDbCredential: { ...ownTouching, needs: [write, "USER_DBCREDENTIAL_REMOVE"] },

  ListGroups: { about: "tenancy", needs: ["GROUP_INSPECT"] },
  CreateGroup: { about: "tenancy", needs: ["GROUP_CREATE"] },
  GetGroup: { about: "group", needs: ["GROUP_INSPECT"] },
  UpdateGroup: { about: "group", needs: ["GROUP_UPDATE"] },
  DeleteGroup: { about: "group", needs: ["GROUP_DELETE"] },
  ListGroupMembers: {
    about: "group",
    needs: ["GROUP_INSPECT", "USER_INSPECT"],
    as: "ListUserGroupMemberships",
  },
  ListUserGroupMemberships: { ...own, needs: ["GROUP_INSPECT", "USER_INSPECT"] },
  GetUserGroupMembership: {
    about: "membership",
    needs: ["GROUP_INSPECT", "USER_INSPECT"],
    isOwn: true,
  },
  AddUserToGroup: { about: "membership", needs: ["GROUP_UPDATE", write], touches: true },
  RemoveUserFromGroup: { about: "membership", needs: ["GROUP_UPDATE", write], touches: true },

  ListPolicies: { about: "tenancy", needs: ["POLICY_READ"] },
  GetPolicy: { about: "tenancy", needs: ["POLICY_READ"] },
  CreatePolicy: { about: "tenancy", needs: ["POLICY_CREATE"] },
  UpdatePolicy: { about: "tenancy", needs: ["POLICY_UPDATE"] },
  DeletePolicy: { about: "tenancy", needs: ["POLICY_DELETE"] },
  ExplainPolicies: {
    about: "tenancy",
    needs: ["POLICY_READ", "GROUP_INSPECT", "USER_INSPECT"],
  },

  GetAuthenticationPolicy: { about: "tenancy", needs: ["AUTHENTICATION_POLICY_INSPECT"] },
  UpdateAuthenticationPolicy: { about: "tenancy", needs: ["AUTHENTICATION_POLICY_UPDATE"] },
  GetTenancy: { about: "tenancy", needs: [] },
  ListCompartments: { about: "tenancy", needs: [] },
  GetCompartment: { about: "tenancy", needs: [] },

  ReadCredentialReport: { about: "tenancy", needs: ["USER_READ", "CREDENTIAL_INSPECT"] },
  ReadAuditEvents: { about: "tenancy", needs: ["AUDIT_EVENT_READ"], as: "ListEvents" },
  ReadOAuthResources: { about: "tenancy", needs: ["OAUTH_RESOURCE_INSPECT"] },
  ChangeOAuthResources: { about: "tenancy", needs: ["OAUTH_RESOURCE_UPDATE"] },
  ReadSettings: { about: "tenancy", needs: ["SETTING_INSPECT"] },
  ChangeSettings: { about: "tenancy", needs: ["SETTING_UPDATE"] },

  UseObjectStorage: { about: "tenancy", needs: ["OBJECT_FAMILY_USE"] },
  UseRegistry: { about: "tenancy", needs: ["REPOSITORY_USE"] },
  UseEmail: { about: "tenancy", needs: ["EMAIL_FAMILY_USE"] },
  UseDatabase: { about: "tenancy", needs: ["DATABASE_FAMILY_USE"] },
  VerifyCredentials: { about: "tenancy", needs: ["CREDENTIAL_VERIFY"] },
} as const satisfies Record<string, OperationRule>;

export type OperationName = keyof typeof operations;

/** The rows that are about one thing of this sort. */
type OperationAbout<About> = {
  [Name in OperationName]: (typeof operations)[Name]["about"] extends About ? Name : never;
}[OperationName];

export type UserOperation = OperationAbout<"user">;
export type TenancyOperation = OperationAbout<"tenancy">;

export const operationNames = Object.keys(operations) as OperationName[]; // The keys of a literal that is `const`.

export const ruleOf = (name: OperationName): OperationRule => operations[name];

/** What `request.operation` of a row is: the name by which policies know it. */
export const requestOperation = (name: OperationName): string => ruleOf(name).as ?? name;

/** Every name that `request.operation` can be. */
export const requestOperations: readonly string[] = [
  ...new Set(operationNames.map(requestOperation)),
].sort();

/** What may be done with a kind of credential. Disabling is an update, and so is whatever else keeps the secret. */
export type CredentialVerb = "list" | "issue" | "update" | "revoke";

const credentialRows: Readonly<Record<string, Readonly<Record<CredentialVerb, OperationName>>>> = {
  api_key: rows("ListApiKeys", "UploadApiKey", "UpdateApiKey", "DeleteApiKey"),
  auth_token: rows("ListAuthTokens", "CreateAuthToken", "UpdateAuthToken", "DeleteAuthToken"),
  customer_secret_key: rows(
    "ListCustomerSecretKeys",
    "CreateCustomerSecretKey",
    "UpdateCustomerSecretKey",
    "DeleteCustomerSecretKey",
  ),
  oauth_client_credential: rows(
    "ListOAuthClientCredentials",
    "CreateOAuthClientCredential",
    "UpdateOAuthClientCredential",
    "DeleteOAuthClientCredential",
  ),
  smtp_credential: rows(
    "ListSmtpCredentials",
    "CreateSmtpCredential",
    "UpdateSmtpCredential",
    "DeleteSmtpCredential",
  ),
  database_password: rows(
    "ListDbCredentials",
    "CreateDbCredential",
    "UpdateDbCredential",
    "DeleteDbCredential",
  ),
};

function rows(
  list: OperationName,
  issue: OperationName,
  update: OperationName,
  revoke: OperationName,
) {
  return { list, issue, update, revoke };
}

/** The row for a verb on a kind of credential, by the kind's id. A kind without rows is a bug. */
export function credentialOperation(kindId: string, verb: CredentialVerb): OperationName {
  const found = credentialRows[kindId];
  if (!found) throw new Error(`The kind ${kindId} has no rows among the operations.`);
  return found[verb];
}
