import { credentialKinds } from "@/lib/domain/credentials/registry";
import type { OperationName } from "@/lib/domain/policies/operations";
import { userSections } from "@/lib/domain/users/sections";

import { allowed, hidden, ofOwner, readByAdministrator, signedOut, type Target } from "./access";
import { type AskingRow, everywhere } from "./actors";

export interface PageRow extends AskingRow {
  readonly paths: (target: Target) => readonly string[];
  /** Whose account an allowed page shows: its name is in it. */
  readonly shows?: "self" | "target";
  readonly hasTarget?: true;
}

const settled = { ...signedOut, mustChange: "/change-password" } as const;
const atSignIn = {
  ...everywhere("/profile/details"),
  anonymous: allowed,
  blocked: allowed,
  suspended: allowed,
  ended: allowed,
};

/** What does not exist; a password that must be changed comes first even then. */
const nowhere = { ...everywhere(hidden), mustChange: "/change-password" } as const;

const credentialSections = userSections
  .filter(({ kindId }) => kindId !== undefined)
  .map(({ id }) => id);

function ownPage(...sections: string[]): PageRow {
  return {
    verdicts: { ...everywhere(allowed), ...settled },
    paths: () => sections.map((section) => `/profile/${section}`),
    shows: "self",
  };
}

function userPage(asks: OperationName, ...sections: string[]): PageRow {
  return {
    asks,
    verdicts: { ...everywhere(allowed), ...settled, stranger: hidden, former: hidden },
    paths: ({ id }) => sections.map((section) => `/identity/users/${id}/${section}`),
    shows: "target",
    hasTarget: true,
  };
}

function byAdministrator(asks: OperationName, paths: PageRow["paths"]): PageRow {
  return { verdicts: { ...everywhere(hidden), ...settled, administrator: allowed }, asks, paths };
}

/** One row a page or route handler of the build. */
export const pageAccess = {
  "/": { verdicts: everywhere("/profile/details"), paths: () => ["/"] },
  "/_global-error": { verdicts: nowhere, paths: () => ["/_global-error"] },
  "/_not-found": { verdicts: nowhere, paths: () => ["/_not-found"] },
  "/[...unknown]": {
    verdicts: nowhere,
    paths: ({ unique }) => [`/${unique}`, "/profile/details/more/still", "/identity"],
  },
  "/icon.svg": { verdicts: everywhere(allowed), paths: () => ["/icon.svg"] },
  "/sign-in": { verdicts: atSignIn, paths: () => ["/sign-in"] },
  "/sign-in/second-factor": {
    verdicts: { ...everywhere("/profile/details"), ...signedOut },
    paths: () => ["/sign-in/second-factor"],
  },
  "/forgot-password": { verdicts: everywhere(allowed), paths: () => ["/forgot-password"] },
  "/report-leak": { verdicts: everywhere(allowed), paths: () => ["/report-leak"] },
  "/invitation": { verdicts: everywhere(allowed), paths: () => ["/invitation"] },
  "/invitation/open": {
    verdicts: everywhere("/invitation"),
    paths: ({ unique }) => ["/invitation/open", `/invitation/open?token=${unique}`],
  },
  "/confirm-email": { verdicts: everywhere(allowed), paths: () => ["/confirm-email"] },
  "/confirm-email/open": {
    verdicts: everywhere("/confirm-email"),
    paths: ({ unique }) => ["/confirm-email/open", `/confirm-email/open?token=${unique}`],
  },
  "/change-password": {
    verdicts: { ...everywhere(allowed), ...signedOut },
    paths: () => ["/change-password"],
    shows: "self",
  },
  "/profile": { verdicts: everywhere("/profile/details"), paths: () => ["/profile"] },
  "/profile/[section]": ownPage(...credentialSections),
  "/profile/[section]/[credentialId]": {
    ...ownPage(),
    // Nobody finds another person's below their own account.
    verdicts: {
      ...everywhere(allowed),
      ...settled,
      stranger: hidden,
      former: hidden,
      administrator: hidden,
    },
    paths: ({ clientId }) => [`/profile/oauth-client-credentials/${clientId}`],
  },
  "/profile/details": ownPage("details"),
  "/profile/groups": ownPage("groups"),
  "/profile/security": ownPage("security"),
  "/profile/activity": ownPage("activity"),
  "/identity/overview": byAdministrator("ReadCredentialReport", () => ["/identity/overview"]),
  "/identity/users": {
    asks: "ListUsers",
    verdicts: { ...everywhere(hidden), ...settled, administrator: allowed },
    paths: ({ name }) => [`/identity/users?search=${name}`],
    shows: "target",
  },
  "/identity/groups": byAdministrator("ListGroups", ({ groupId }) => [
    `/identity/groups?search=${groupId}`,
  ]),
  "/identity/groups/[groupId]": {
    ...byAdministrator("ListGroupMembers", ({ groupId }) => [`/identity/groups/${groupId}`]),
    shows: "target",
    hasTarget: true,
  },
  "/identity/policies": byAdministrator("ListPolicies", () => ["/identity/policies"]),
  "/identity/policies/create": byAdministrator("CreatePolicy", () => ["/identity/policies/create"]),
  "/identity/policies/explain": byAdministrator("ExplainPolicies", ({ name }) => [
    "/identity/policies/explain",
    `/identity/policies/explain?user=${name}&operation=GetUser&targetUser=${name}`,
  ]),
  "/identity/policies/[policyId]": {
    ...byAdministrator("GetPolicy", ({ policyId }) => [`/identity/policies/${policyId}`]),
    hasTarget: true,
  },
  "/api/console/users": {
    asks: "ListUsers",
    verdicts: readByAdministrator,
    paths: ({ name }) => [`/api/console/users?search=${name}`],
    shows: "target",
  },
  "/api/console/groups": {
    asks: "ListGroups",
    verdicts: readByAdministrator,
    paths: ({ groupId }) => [`/api/console/groups?search=${groupId}`],
  },
  "/identity/audit": {
    asks: "ReadAuditEvents",
    verdicts: { ...everywhere(hidden), ...settled, administrator: allowed },
    paths: ({ name }) => [`/identity/audit?search=${name}`],
    shows: "target",
  },
  "/identity/credential-report": {
    asks: "ReadCredentialReport",
    verdicts: { ...everywhere(hidden), ...settled, administrator: allowed },
    paths: () => ["/identity/credential-report"],
  },
  "/api/console/credential-report/export": {
    asks: "ReadCredentialReport",
    verdicts: readByAdministrator,
    paths: () => ["/api/console/credential-report/export"],
    shows: "target",
  },
  "/api/console/users/export": {
    asks: "ListUsers",
    verdicts: readByAdministrator,
    paths: ({ name }) => [`/api/console/users/export?search=${name}`],
    shows: "target",
  },
  "/api/console/audit/export": {
    asks: "ReadAuditEvents",
    verdicts: readByAdministrator,
    paths: ({ name }) => [`/api/console/audit/export?search=${name}`],
  },
  "/identity/oauth-resources": {
    asks: "ReadOAuthResources",
    verdicts: { ...everywhere(hidden), ...settled, administrator: allowed },
    paths: () => ["/identity/oauth-resources"],
  },
  "/identity/limit-requests": {
    asks: "ListLimitRequests",
    verdicts: { ...everywhere(hidden), ...settled, administrator: allowed },
    paths: () => ["/identity/limit-requests"],
    shows: "target",
  },
  "/identity/settings": {
    asks: "ReadSettings",
    verdicts: { ...everywhere(hidden), ...settled, administrator: allowed },
    paths: () => ["/identity/settings"],
  },
  "/identity/users/[userId]": {
    verdicts: { ...everywhere("/identity/users/:id/details"), ...settled },
    paths: ({ id }) => [`/identity/users/${id}`],
  },
  "/identity/users/[userId]/[section]": userPage("ListAuthTokens", ...credentialSections),
  "/identity/users/[userId]/[section]/[credentialId]": {
    ...userPage("ListOAuthClientCredentials"),
    paths: ({ id, clientId }) => [`/identity/users/${id}/oauth-client-credentials/${clientId}`],
  },
  "/identity/users/[userId]/details": userPage("GetUser", "details"),
  "/identity/users/[userId]/groups": userPage("ListUserGroupMemberships", "groups"),
  "/identity/users/[userId]/security": userPage("ListSessions", "security"),
  "/identity/users/[userId]/activity": userPage("ListActivity", "activity"),
  "/api/console/users/[userId]/activity": {
    asks: "ListActivity",
    verdicts: ofOwner,
    paths: ({ id }) => [`/api/console/users/${id}/activity`],
    hasTarget: true,
  },
  "/api/console/users/[userId]/credentials/[kind]": {
    asks: "ListAuthTokens",
    verdicts: ofOwner,
    paths: ({ id }) =>
      credentialKinds.map((kind) => `/api/console/users/${id}/credentials/${kind.id}`),
    hasTarget: true,
  },
  "/api/console/users/[userId]/granted-scopes": {
    asks: "ListOAuthClientCredentials",
    verdicts: ofOwner,
    paths: ({ id }) => [`/api/console/users/${id}/granted-scopes`],
    hasTarget: true,
  },
  // Asked for by name it does nothing; what its form does is in sessions.test.ts.
  "/sign-out": {
    verdicts: everywhere("status 405"),
    paths: () => ["/sign-out"],
  },
  "/api/auth/[...nextauth]": {
    verdicts: everywhere(allowed),
    paths: () => ["/api/auth/session", "/api/auth/csrf", "/api/auth/providers"],
  },
} as const satisfies Record<string, PageRow>;

/** next-auth's own pages lead to ours and show nothing. */
export const authRedirects = ["signin", "signout", "error", "verify-request"] as const;
