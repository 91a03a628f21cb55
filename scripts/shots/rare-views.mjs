import { clickFor, dialog, signIn, typeIn } from "./acts.mjs";
import {
  breakSessions,
  enableSecondFactor,
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
