import { credentialViews, clientViews } from "./credential-views.mjs";
import { peopleViews, strangerViews } from "./people-views.mjs";
import { forcedViews, rareViews } from "./rare-views.mjs";
import { disableEach, limitTo, rotateEach } from "./scene.mjs";
import {
  atMaria,
  choosing,
  dialog,
  follow,
  menu,
  more,
  opened,
  rowAction,
  signIn,
  writeStatements,
} from "./acts.mjs";

const pressing = (key) => async (page) => {
  await page.keyboard.press(key);
  await opened(page);
};

const addKeyFrom = (source) => async (page) => {
  await dialog("Add API Key")(page);
  await page.getByText(source, { exact: true }).click();
};

/**
 * Name of the picture → its address, what to do there first, and what has to be so in the database (`before`). The whole
 * page is taken where nothing was done (or `isWhole`), and what goes to the printer where it `isPaper`. `after` gives the
 * browser back what was taken from it, `forcedColors` are those of the reader's system. `secrets` are
 * those that were shown when the scene was set.
 */
export const signedIn = (secrets) => ({
  ...credentialViews({ rotate: rotateEach, disable: disableEach, room: limitTo(9) }),
  ...clientViews({ rotate: rotateEach, secretOf: (section) => secrets[section] }),
  ...peopleViews,
  ...rareViews,
  details: { path: "/profile/details" },
  "api-keys-file": { path: "/profile/api-keys", act: addKeyFrom("Choose Public Key File") },
  "api-keys-paste": { path: "/profile/api-keys", act: addKeyFrom("Paste Public Key") },
  "api-keys-match": { path: "/profile/api-keys", act: rowAction("Does this file match?") },
  "database-user-name": {
    path: "/profile/database-passwords",
    act: async (page) => {
      await page
        .getByRole("button", { name: /user name/i })
        .first()
        .click();
      await opened(page);
    },
  },
  groups: { path: "/profile/groups" },
  security: { path: "/profile/security" },
  "security-enable": {
    path: "/profile/security",
    act: async (page) => {
      await dialog("Enable Multi-Factor Authentication")(page);
      await page.getByLabel("Verification code").waitFor();
    },
  },
  "security-sign-out-one": { path: "/profile/security", act: dialog("Sign out") },
  "security-sign-out-all": { path: "/profile/security", act: dialog("Sign out everywhere else") },
  activity: { path: "/profile/activity" },
  "profile-menu": { path: "/profile/details", act: menu("Profile") },
  palette: { path: "/profile/details", act: pressing("Control+k") },
  keys: { path: "/profile/details", act: pressing("?") },
  "change-password": { path: "/change-password" },
  users: { path: "/identity/users" },
  overview: { path: "/identity/overview" },
  "credential-report": { path: "/identity/credential-report?show=never-used" },
  "credential-report-nothing": { path: "/identity/credential-report?show=old" },
  audit: { path: "/identity/audit" },
  "audit-event": {
    path: "/identity/audit?action=issueCredential",
    act: dialog(/Created API key/),
  },
  "audit-nothing": { path: "/identity/audit?search=nobody" },
  "users-chosen": { path: "/identity/users", act: choosing(async () => undefined) },
  "users-bulk": { path: "/identity/users", act: choosing(dialog("Reset password")) },
  "users-page": { path: "/identity/users", act: atMaria(async () => undefined) },
  "users-suspend": { path: "/identity/users", act: atMaria(more("Suspend")) },
  "users-tags": { path: "/identity/users", act: atMaria(more("Edit tags")) },
  "users-reason": {
    path: "/identity/users",
    act: atMaria(async (page) => {
      await more("Suspend")(page);
      await page.getByRole("button", { name: "Suspend", exact: true }).click();
      await page.getByRole("dialog", { name: "Reason" }).waitFor();
    }),
  },
  "users-create-service": {
    path: "/identity/users",
    act: async (page) => {
      await dialog("Create user")(page);
      await page.getByLabel("Service").check();
    },
  },
  "groups-list": { path: "/identity/groups" },
  "groups-nothing": { path: "/identity/groups?search=nobody" },
  "groups-create": { path: "/identity/groups", act: dialog("Create Group") },
  "groups-one": { path: "/identity/groups", act: follow("Administrators") },
  "groups-add": {
    path: "/identity/groups",
    act: async (page) => {
      await follow("Administrators")(page);
      await dialog("Add member")(page);
      await page.getByRole("combobox", { name: "User" }).pressSequentially("adm");
      await page.getByRole("option").first().waitFor();
    },
  },
  policies: { path: "/identity/policies" },
  "policies-create": { path: "/identity/policies/create", act: writeStatements },
  "policies-protected": { path: "/identity/policies", act: follow("Tenant Admin Policy") },
  "policies-one": { path: "/identity/policies", act: follow("Use of services") },
  "policies-explain": { path: "/identity/policies/explain" },
  "policies-explain-yes": {
    path: "/identity/policies/explain?user=admin&operation=CreateGroup",
  },
  "policies-explain-others": {
    path: "/identity/policies/explain?user=maria&operation=CreateGroup",
    act: (page) => page.getByText("not speak of maria").click(),
  },
  "policies-explain-problem": {
    path: "/identity/policies/explain?user=nobody&operation=DeleteUser&targetUser=",
  },
  "users-create": { path: "/identity/users", act: dialog("Create user") },
  "oauth-resources": { path: "/identity/oauth-resources" },
  "oauth-resources-register": {
    path: "/identity/oauth-resources",
    act: dialog("Register resource"),
  },
  "oauth-resources-grant": { path: "/identity/oauth-resources", act: rowAction("Grant scopes") },
  "limit-reached": { path: "/profile/customer-secret-keys", before: limitTo(2) },
  "limit-reached-requested": { path: "/profile/smtp-credentials", before: limitTo(2) },
  "limit-note": {
    path: "/profile/customer-secret-keys",
    before: limitTo(2),
    act: async (page) => {
      await page.getByRole("button", { name: "Request a higher limit" }).click();
      await page.getByText("Add a note").waitFor();
    },
  },
  "limit-requests": { path: "/identity/limit-requests" },
  "limit-requests-grant": { path: "/identity/limit-requests", act: rowAction("Grant") },
  "user-limits": {
    path: "/identity/users?search=admin",
    act: async (page) => {
      await page.getByRole("table").getByRole("link", { name: "admin", exact: true }).click();
      await menu("More")(page);
      await page.getByRole("menuitem", { name: "Edit limits" }).click();
      await opened(page);
    },
  },
  settings: { path: "/identity/settings" },
  "settings-changed": {
    path: "/identity/settings",
    act: async (page) => {
      const form = page.getByRole("form", { name: "Password policy" });
      await form.getByLabel("Minimum length").fill("14");
      await form.getByLabel("Ask for a digit").uncheck();
      await form.getByRole("list", { name: "What changes" }).waitFor();
    },
  },
  "settings-rotate-signing-key": {
    path: "/identity/settings",
    act: async (page) => {
      // The first key is made when the key set is asked for.
      await page.request.get(new URL("/oauth2/jwks", page.url()).href);
      await page.reload();
      await dialog("Rotate now")(page);
    },
  },
  "not-found-inside": { path: "/profile/nowhere" },
});

export const signedOut = {
  "sign-in": { path: "/sign-in" },
  "sign-in-refused": { path: "/sign-in", act: (page) => signIn(page, "nobody", "wrong") },
  "forgot-password": { path: "/forgot-password" },
  "confirm-email": { path: `/confirm-email/open?token=${"a".repeat(43)}` },
  "confirm-email-over": {
    path: `/confirm-email/open?token=${"a".repeat(43)}`,
    act: async (page) => {
      await page.getByRole("button", { name: "Confirm address" }).click();
      await page.locator("main [role=alert]").waitFor();
    },
  },
  "confirm-email-unopened": { path: "/confirm-email" },
  "invitation-unopened": { path: "/invitation" },
  "report-leak": { path: "/report-leak" },
  ...strangerViews,
  ...forcedViews,
  "not-found": { path: "/no/such/page" },
};
