import type { House } from "./houses";

/** The address of the n-th visit: never the same twice where somebody would not ask for the same. */
export type Visit = (n: number) => Promise<string> | string;

const nobody = { id: "", name: "", fingerprint: "", smtpUserName: "" };

/** What people do with a tenancy of any size. */
export async function visitsOf(house: House): Promise<Record<string, Visit>> {
  const person = (n: number) => house.people[n % house.people.length] ?? nobody;
  const team = (n: number) => `/identity/groups/${house.teams[n % house.teams.length]}`;
  const users = (parameters: string) => `/identity/users?${parameters}`;
  const searches = (terms: readonly string[]) =>
    Object.fromEntries(
      terms.map((term) => [
        `users by “${term}”`,
        () => users(`search=${encodeURIComponent(term)}`),
      ]),
    );
  const lists = (parameters: readonly string[]) =>
    Object.fromEntries(parameters.map((one) => [`users with ${one}`, () => users(one)]));
  return {
    "users list": () => "/identity/users",
    "users list, backwards": () => users("sort=-name"),
    "newest users": () => users("sort=-created"),
    "oldest users": () => users("sort=created"),
    "next page of users": await pagesAfter(house, "/identity/users"),
    "users by prefix": (n) => users(`search=${person(n).name.slice(0, -2)}`),
    "users by substring": (n) => users(`search=${person(n).name.slice(3)}`),
    "users by number": (n) => users(`search=${person(n).name.split(".")[2]}`),
    "users by e-mail": (n) => users(`search=${person(n).name}@example.com`),
    "users by database user name": (n) => users(`search=db_${1 + ((n * 8) % house.users)}`),
    "users by OCID": (n) => users(`search=${person(n).id}`),
    "users by the beginning of an OCID": (n) => users(`search=${person(n).id.slice(0, 24)}`),
    "users by how a thirtieth of all OCIDs begin": (n) =>
      users(`search=${person(n).id.slice(0, 20)}`),
    "users by the beginning of all OCIDs": () => users("search=ocid1.user."),
    "blocked users by the beginning of an OCID": (n) =>
      users(`state=blocked&search=${person(n).id.slice(0, 20)}`),
    "users by what nobody has": (n) => users(`search=nobody-${n}`),
    ...searches(common),
    ...lists(filters),
    "user page": (n) => `/identity/users/${person(n).id}/api-keys`,
    "user's security": (n) => `/identity/users/${person(n).id}/security`,
    "user's groups": (n) => `/identity/users/${person(n).id}/groups`,
    "user's activity": (n) => `/identity/users/${person(n).id}/activity`,
    "user's scopes": (n) => `/api/console/users/${person(n).id}/granted-scopes`,
    "own page": () => "/profile/details",
    groups: () => "/identity/groups",
    "members of a team": (n) => team(n),
    "members of a big group": () => `/identity/groups/${house.staff}`,
    "next page of members": await pagesAfter(house, `/identity/groups/${house.staff}`),
    "members by name": (n) =>
      `/identity/groups/${house.staff}?search=${house.colleagues[n % house.colleagues.length]}`,
    "members by a common part": () => `/identity/groups/${house.staff}?search=schmidt`,
    "members by what nobody has": (n) => `/identity/groups/${house.staff}?search=nobody-${n}`,
    "whom to add to a group": (n) => `/api/console/users?search=${person(n).name.slice(0, 6)}`,
    settings: () => "/identity/settings",
    "requests for higher limits": () => "/identity/limit-requests",
    "OAuth resources": () => "/identity/oauth-resources",
    "audit log": () => "/identity/audit",
    "next page of the audit log": await pagesAfter(house, "/identity/audit", "Older"),
    "audit log of a person": (n) => `/identity/audit?search=${person(n).name}`,
    "audit log of a credential": (n) => `/identity/audit?search=${person(n).id}auth_token`,
    "audit log of a fingerprint": (n) => `/identity/audit?search=${person(n).fingerprint}`,
    "audit log of an SMTP user name": (n) => `/identity/audit?search=${person(n).smtpUserName}`,
    "audit log of a public part that nobody has": (n) => `/identity/audit?search=00:00:00:${n}`,
    "audit log of an action": () => "/identity/audit?action=issueCredential",
    "audit log of an action that nobody did": () => "/identity/audit?action=rotateMasterKey",
    "audit log of refusals": () => "/identity/audit?outcome=refused",
    "audit log of refusals of an action": () =>
      "/identity/audit?outcome=refused&action=issueCredential",
    "audit log of a day": () => `/identity/audit?from=${day(2)}&until=${day(1)}`,
    "audit log of a person's refusals": (n) =>
      `/identity/audit?search=${person(n).name}&outcome=refused`,
    "audit log of an action on a day": () =>
      `/identity/audit?action=signIn&from=${day(2)}&until=${day(1)}`,
    "credential report, old": () => "/identity/credential-report?show=old",
    "credential report, never used": () => "/identity/credential-report?show=never-used",
    "credential report, expiring": () => "/identity/credential-report?show=expiring",
    "credential report, first byte": () => "/api/console/credential-report/export?format=csv",
    "users export, first byte": () => "/api/console/users/export?format=csv&search=schmidt",
    "audit export, first byte": () => "/api/console/audit/export?format=csv",
  };
}

/**
 * What may be typed. The first names `tara` and `quinn` are late in the alphabet, and `ara.t` is in the middle of one
 * first name alone; of `d` and `db` there are many and of `z` and `zq` none.
 */
const common = [
  "a",
  "d",
  "z",
  "db",
  "ta",
  "zq",
  "tara",
  "quinn",
  "tar",
  "ara",
  "ara.t",
  "schmidt",
  "tara.tan",
  "example",
  "example.com",
  "@example.com",
  "99",
  "999",
  "db_",
  "db_9",
  ".",
  "_",
  "%",
  "com",
  "tara schmidt",
];

const filters = [
  "state=active",
  "state=blocked",
  "state=suspended",
  "state=invited",
  "kind=local",
  "kind=service",
  "kind=federated",
  "holds=old",
  "factor=none",
  "state=blocked&factor=none",
  "state=blocked&kind=service",
  "state=blocked&holds=old",
  "kind=service&holds=old",
  "kind=service&factor=none",
  "holds=old&factor=none",
  "state=invited&kind=local",
  "state=invited&sort=-created",
  "state=blocked&sort=-created",
  "kind=federated&sort=-created",
  "state=suspended&sort=-name",
  "factor=none&sort=-created",
  "search=tara&state=blocked",
  "search=tara&state=invited",
  "search=tara&kind=service",
  "search=schmidt&factor=none",
  "search=tara&sort=-created",
  "search=schmidt&sort=created",
  "search=ann&sort=-name",
  "search=tara&holds=old",
  "search=tara&kind=local",
];

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

/** Every visit one page further, as somebody who leafs through. */
async function pagesAfter(house: House, start: string, label = "Next page"): Promise<Visit> {
  const pattern = new RegExp(`href="([^"]*[?&;](?:page|before)=[^"]*)"[^>]*>${label}`);
  let next = start;
  return async () => {
    const path = next;
    const page = await (await get(house, path)).text();
    const link = pattern.exec(page)?.[1];
    next = link === undefined ? start : link.replaceAll("&amp;", "&");
    return next;
  };
}

export async function get({ server, session }: House, path: string): Promise<Response> {
  const answer = await fetch(server.url + path, { headers: { cookie: session.cookieHeader } });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  return answer;
}
