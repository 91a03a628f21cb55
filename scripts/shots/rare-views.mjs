import { clickFor, dialog, rowAction, signIn, typeIn } from "./acts.mjs";
import {
  ageProofs,
  breakSessions,
  enableSecondFactor,
  forceChange,
  requireSecondFactor,
  sendDatabaseAway,
} from "./people-scene.mjs";
import { limitTo, password } from "./scene.mjs";

const tokens = "/profile/auth-tokens";

/** Whoever is still signed in when the next picture is taken. */
const kept = new WeakMap();

async function endSession(page) {
  const context = page.context();
  kept.set(context, await context.cookies());
  await signOut(page);
}

const beginAgain = (page) => page.context().addCookies(kept.get(page.context()) ?? []);

const signOut = (page) => page.context().clearCookies({ name: "latchkey.session" });

/** Lets what a page sends to the server wait for ever. */
const holdActions = (page) =>
  page.route("**", (route) =>
    route.request().headers()["next-action"] === undefined ? route.continue() : undefined,
  );

const submit = (page, name) =>
  page.getByRole("dialog").getByRole("button", { name, exact: true }).click();

/** What is seen seldom: waiting, what was lost, and what is said in passing. */
export const rareViews = {
  "session-end": {
    path: "/identity/groups",
    act: async (page) => {
      await dialog("Create Group")(page);
      await typeIn(page, { Name: "Auditors" });
      await endSession(page);
      await submit(page, "Create Group");
      await page.getByRole("dialog", { name: "Your session has ended" }).waitFor();
    },
    after: beginAgain,
  },
  "security-codes": {
    path: "/profile/security",
    before: enableSecondFactor("admin"),
    act: async (page) => {
      await dialog("New recovery codes")(page);
      await submit(page, "Make new codes");
      await page.getByLabel("I have saved it").waitFor();
    },
  },
  toast: {
    path: "/identity/users",
    act: async (page) => {
      await dialog("Create user")(page);
      await page.getByLabel("Service").check();
      await typeIn(page, { "User name": `nightly-export-${Date.now()}`, Owner: "admin" });
      await submit(page, "Create user");
      await page
        .getByText(/ was created\./)
        .last()
        .waitFor();
    },
  },
  pending: {
    path: tokens,
    before: limitTo(9),
    act: async (page) => {
      await holdActions(page);
      await dialog("Generate Token")(page);
      await typeIn(page, { Description: "mirror of the shop" });
      await submit(page, "Generate Token");
      await page.getByRole("dialog").locator("[aria-busy=true]").waitFor();
    },
  },
  "pending-settings": {
    path: "/identity/settings",
    act: async (page) => {
      await holdActions(page);
      const form = page.getByRole("form", { name: "Password policy" });
      await form.getByLabel("Minimum length").fill("14");
      await form.getByRole("button", { name: "Save" }).click();
      await form.locator("[aria-busy=true]").waitFor();
    },
  },
  "database-away": { path: tokens, before: sendDatabaseAway },
  "database-away-dialog": {
    path: tokens,
    before: limitTo(9),
    act: async (page, database) => {
      await dialog("Generate Token")(page);
      await typeIn(page, { Description: "mirror of the shop" });
      await sendDatabaseAway(database);
      await submit(page, "Generate Token");
      await page.getByRole("alert").first().waitFor();
    },
  },
  "global-error": { path: tokens, before: breakSessions },
  "sign-in-broken": { path: "/sign-in", before: breakSessions },
  "offline-page": {
    path: "/identity/policies/create",
    act: async (page) => {
      await page.getByLabel("Name", { exact: true }).fill("HelpDesk");
      await page.context().setOffline(true);
      // On a phone the navigation is in a sheet: the way back stands on the page.
      await page.getByRole("navigation", { name: "Breadcrumbs" }).getByRole("link").click();
      await page.getByRole("heading", { name: "You are offline" }).waitFor();
    },
    after: (page) => page.context().setOffline(false),
  },
  "api-keys-not-added": {
    path: "/profile/api-keys",
    before: limitTo(9),
    act: async (page) => {
      await dialog("Add API Key")(page);
      const downloading = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download Private Key" }).click();
      await downloading;
      await page.keyboard.press("Escape");
      await page.getByRole("alertdialog", { name: "The key is not added yet" }).waitFor();
    },
  },
  "api-keys-refused": {
    path: "/profile/api-keys",
    before: limitTo(9),
    act: async (page) => {
      await dialog("Add API Key")(page);
      await page.getByText("Paste Public Key", { exact: true }).click();
      await typeIn(page, {
        Name: "laptop",
        "Public key": "ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB me@laptop",
      });
      await submit(page, "Add");
      await page.getByRole("dialog").locator("[aria-invalid=true]").waitFor();
    },
  },
  "change-password-forced": { path: "/change-password", before: forceChange },
  "change-password-ticked": {
    path: "/change-password",
    act: (page) => page.getByLabel("New Password", { exact: true }).fill("Quiet-Otters-Swim-77"),
  },
  "change-password-refused": {
    path: "/change-password",
    act: async (page) => {
      await page.getByLabel("Current Password").fill(password);
      await page.getByLabel("New Password", { exact: true }).fill("short");
      await page.getByLabel("Confirm New Password").fill("shorter");
      await page.getByRole("button", { name: "Save New Password" }).click();
      await page.locator("main [aria-invalid=true]").first().waitFor();
    },
    isWhole: true,
  },
  "step-up-refused": {
    path: tokens,
    before: ageProofs,
    act: async (page) => {
      await rowAction("Rotate", "swift backup")(page);
      await submit(page, "Rotate");
      const proof = page.getByRole("dialog", { name: "Confirm that it is you" });
      await proof.getByLabel("Password", { exact: true }).fill("wrong");
      await page.keyboard.press("Enter");
      await proof.locator("[aria-invalid=true]").waitFor();
    },
  },
};

/** The settings ask everybody for a second factor. */
export const forcedViews = {
  "forced-enrolment": {
    path: "/sign-in",
    before: requireSecondFactor,
    act: (page) => signedInToEnrol(page),
    after: signOut,
    isWhole: true,
  },
  "forced-enrolment-dialog": {
    path: "/sign-in",
    before: requireSecondFactor,
    act: async (page) => {
      await signedInToEnrol(page);
      await openEnrolment(page);
    },
    after: signOut,
  },
};

async function signedInToEnrol(page) {
  await signIn(page, "admin", password);
  await page.getByRole("heading", { name: "Set up a second factor" }).waitFor();
}

async function openEnrolment(page) {
  const button = page.getByRole("button", { name: "Enable Multi-Factor Authentication" });
  await clickFor(button, page.getByRole("dialog"));
  await page.getByLabel("Verification code").waitFor();
}
