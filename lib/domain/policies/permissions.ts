/** The verbs of a statement, each holding what the ones before it hold. */
export const verbs = ["inspect", "read", "use", "manage"] as const;
export type Verb = (typeof verbs)[number];

type Table = Readonly<Partial<Record<Verb, readonly string[]>>>;

const smtp = {
  read: ["CREDENTIAL_INSPECT"],
  manage: ["CREDENTIAL_ADD", "CREDENTIAL_UPDATE", "CREDENTIAL_REMOVE"],
} as const;

/**
 * What each verb adds on each resource type (console-facts.md 7.5). `users` holds all six kinds of credentials,
 * `credentials` SMTP alone, as in OCI (decisions.md 12). A family says who may use a service (decisions.md 13).
 */
const tables = {
  users: {
    inspect: ["USER_INSPECT"],
    read: ["USER_READ", ...smtp.read],
    use: ["USER_UPDATE"],
    manage: [
      "USER_CREATE",
      "USER_DELETE",
      "USER_UNBLOCK",
      "USER_STATE_UPDATE",
      "USER_EMAIL_SET",
      "USER_CAPABILITY_UPDATE",
      "USER_LIMIT_UPDATE",
      "USER_SESSION_END",
      "USER_UIPASS_SET",
      "USER_UIPASS_RESET",
      "USER_APIKEY_ADD",
      "USER_APIKEY_UPDATE",
      "USER_APIKEY_REMOVE",
      "USER_AUTHTOKEN_SET",
      "USER_AUTHTOKEN_RESET",
      "USER_AUTHTOKEN_REMOVE",
      "USER_SWIFTPASS_SET",
      "USER_SWIFTPASS_RESET",
      "USER_SWIFTPASS_REMOVE",
      "USER_SECRETKEY_ADD",
      "USER_SECRETKEY_UPDATE",
      "USER_SECRETKEY_REMOVE",
      "USER_OAUTH2_CLIENT_CRED_CREATE",
      "USER_OAUTH2_CLIENT_CRED_UPDATE",
      "USER_OAUTH2_CLIENT_CRED_REMOVE",
      "USER_DBCREDENTIAL_ADD",
      "USER_DBCREDENTIAL_UPDATE",
      "USER_DBCREDENTIAL_REMOVE",
      "USER_TOTPDEVICE_ADD",
      "USER_TOTPDEVICE_UPDATE",
      "USER_TOTPDEVICE_REMOVE",
      ...smtp.manage,
    ],
  },
  credentials: { inspect: smtp.read, manage: smtp.manage },
  groups: {
    inspect: ["GROUP_INSPECT"],
    use: ["GROUP_UPDATE"],
    manage: ["GROUP_CREATE", "GROUP_DELETE"],
  },
  policies: {
    inspect: ["POLICY_READ"],
    manage: ["POLICY_CREATE", "POLICY_UPDATE", "POLICY_DELETE"],
  },
  "authentication-policies": {
    inspect: ["AUTHENTICATION_POLICY_INSPECT"],
    manage: ["AUTHENTICATION_POLICY_UPDATE"],
  },
  compartments: { inspect: ["COMPARTMENT_INSPECT"], read: ["COMPARTMENT_READ"] },
  tenancies: { inspect: ["TENANCY_INSPECT"] },
  "audit-events": { inspect: ["AUDIT_EVENT_READ"] },
  "oauth-resources": { inspect: ["OAUTH_RESOURCE_INSPECT"], manage: ["OAUTH_RESOURCE_UPDATE"] },
  settings: { inspect: ["SETTING_INSPECT"], manage: ["SETTING_UPDATE"] },
  "object-family": { use: ["OBJECT_FAMILY_USE"] },
  repos: { use: ["REPOSITORY_USE"] },
  "email-family": { use: ["EMAIL_FAMILY_USE"] },
  "database-family": { use: ["DATABASE_FAMILY_USE"] },
  "credential-verification": { use: ["CREDENTIAL_VERIFY"] },
} as const satisfies Record<string, Table>;

type Listed<T> = T extends Readonly<Partial<Record<Verb, readonly (infer P)[]>>> ? P : never;

export type Permission = Listed<(typeof tables)[keyof typeof tables]>;
export type ResourceType = keyof typeof tables | "all-resources";

const singleTypes = Object.keys(tables) as (keyof typeof tables)[]; // The keys of a literal that is `const`.

/** Every resource type a statement may name. */
export const resourceTypes: readonly ResourceType[] = [...singleTypes, "all-resources"];

/** What a verb on a resource type allows, the weaker verbs included. */
export function permissionsOf(verb: Verb, resource: ResourceType): readonly Permission[] {
  const types = resource === "all-resources" ? singleTypes : [resource];
  const held = verbs.slice(0, verbs.indexOf(verb) + 1);
  return [
    ...new Set(
      types.flatMap((type) => {
        const table: Readonly<Partial<Record<Verb, readonly Permission[]>>> = tables[type];
        return held.flatMap((each) => table[each] ?? []);
      }),
    ),
  ];
}

export const allPermissions: readonly Permission[] = permissionsOf("manage", "all-resources");
