import { clickFor, dialog, more, opened, rowAction, signIn, typeIn } from "./acts.mjs";
import { ageProofs, breakResources, enableSecondFactor, longName } from "./people-scene.mjs";
import { password } from "./scene.mjs";

/** The page of somebody, found by name; then what is done there. */
const at = (name, act, extra) => ({
  path: `/identity/users?search=${encodeURIComponent(name)}`,
  isWhole: act === undefined,
  act: async (page) => {
    await page.getByRole("table").getByRole("link", { name, exact: true }).click();
    await page.getByRole("heading", { name, level: 1 }).waitFor();
    await act?.(page);
  },
  ...extra,
});

const section =
  (title, heading = title) =>
  async (page) => {
    await page
      .getByRole("navigation", { name: "Sections" })
      .getByRole("link", { name: title })
      .click();
    await page
      .getByRole("main")
      .getByRole("heading", { name: heading, level: 2 })
      .first()
      .waitFor();
  };

const whole = { isWhole: true };

const giveReason = async (page) => {
  const asked = page.getByRole("dialog", { name: "Reason" });
  await asked.waitFor();
  await asked.getByLabel("Reason").fill("Asked for by the help desk, ticket 4711.");
  await asked.getByRole("button", { name: "Continue" }).click();
};

const revealed = (page) => page.getByLabel("I have saved it").waitFor();

const inDialog = (page, name) =>
  page.getByRole("dialog").getByRole("button", { name, exact: true });

const offerGroups = async (page) => {
  await page.getByLabel("Group").click();
  await page.getByRole("option").first().waitFor();
};

/** What an administrator sees of others and does to them. */
const managed = {
  "people-long": at(longName),
  "people-long-list": { path: "/identity/users?search=alexandra" },
  "people-long-keys": at(longName, section("API keys"), whole),
  "people-long-groups": at(longName, section("Groups"), whole),
  "people-long-security": at(longName, section("Security", "Sessions"), whole),
  "people-long-activity": at(longName, section("Activity"), whole),
  "people-long-delete": at(longName, more("Delete")),
  "people-long-edit": at(longName, more("Edit")),
  "people-long-reset": at(longName, dialog("Create/Reset Password")),
  "people-blocked": at("bob"),
  "people-unblock": at("bob", dialog("Unblock")),
  "people-suspended": at("clara"),
  "people-activate": at("clara", dialog("Activate")),
  "people-federated": at("dmitri"),
  "people-service": at("ci-deploy"),
  "people-service-edit": at("ci-deploy", more("Edit")),
  "people-service-security": at("ci-deploy", section("Security", "Sessions"), whole),
  "people-capabilities": at("maria", more("Edit capabilities")),
  "people-invitation": at("maria", more("Send invitation")),
  "people-sign-out": at("maria", more("Sign out everywhere")),
  "people-second-factor": at("maria", more("Disable multi-factor authentication"), {
    before: enableSecondFactor("maria"),
  }),
  "people-menu": at("maria", (page) =>
    clickFor(page.getByRole("button", { name: "More" }), page.getByRole("menu")),
  ),
  "people-hand-over": at("maria", async (page) => {
    await section("Auth tokens")(page);
    await dialog("Generate Token")(page);
    await typeIn(page, { Description: "mirror of the shop" });
    await inDialog(page, "Generate Token").click();
    await giveReason(page);
    await revealed(page);
  }),
  "people-one-time-password": at("maria", async (page) => {
    await dialog("Create/Reset Password")(page);
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: "Create/Reset Password" })
      .click();
    await giveReason(page);
    await revealed(page);
  }),
  "people-bulk-failures": {
    path: "/identity/users",
    act: async (page) => {
      await page.getByLabel("Select all on this page").check();
      await dialog("Reset password")(page);
      await page.getByRole("dialog").getByLabel("Reason").fill("Quarterly reset");
      await inDialog(page, "Reset password").click();
      await page.getByRole("button", { name: /^Repeat/ }).waitFor();
    },
  },
  "people-bulk-group": {
    path: "/identity/users",
    act: async (page) => {
      await page.getByLabel("Select all on this page").check();
      await dialog("Add to group")(page);
      await offerGroups(page);
    },
  },
  "people-group-add": at("maria", async (page) => {
    await section("Groups")(page);
    await dialog("Add to group")(page);
    await page.getByLabel("Group").fill("adm");
    await page.getByRole("option").first().click();
  }),
  "people-list-beginning": { path: "/identity/users?search=zq&factor=none&state=active" },
  "people-client": at(
    "admin",
    async (page) => {
      await section("OAuth 2.0 client credentials")(page);
      await page.getByRole("table").getByRole("link", { name: "nightly report" }).click();
      await page.getByRole("heading", { name: "nightly report" }).waitFor();
    },
    whole,
  ),
  "people-list-nothing": { path: "/identity/users?search=nobody-of-that-name" },
  "people-filtered": { path: "/identity/users?state=blocked" },
};

const groupNamed = (act) => async (page) => {
  await page.getByRole("link", { name: "Administrators", exact: true }).click();
  await page.getByRole("heading", { name: "Administrators", level: 1 }).waitFor();
  await act(page);
};

const policyNamed = (act) => async (page) => {
  await page.getByRole("link", { name: "Use of services", exact: true }).click();
  await page.getByRole("heading", { name: "Use of services", level: 1 }).waitFor();
  await act(page);
};

const elsewhere = {
  "groups-edit": { path: "/identity/groups", act: groupNamed(more("Edit")) },
  "groups-remove": { path: "/identity/groups", act: groupNamed(rowAction("Remove", "admin")) },
  "policies-delete": { path: "/identity/policies", act: policyNamed(more("Delete")) },
  "oauth-resources-edit": { path: "/identity/oauth-resources", act: rowAction("Edit") },
  "oauth-resources-delete": { path: "/identity/oauth-resources", act: rowAction("Delete") },
  "oauth-resources-broken": { path: "/identity/oauth-resources", before: breakResources },
  "limit-requests-decline": { path: "/identity/limit-requests", act: rowAction("Decline") },
  "audit-found": { path: "/identity/audit?search=maria" },
  "credential-report-expiring": { path: "/identity/credential-report?show=expiring" },
  "palette-searches": {
    path: "/profile/details",
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await opened(page);
      await page.keyboard.type("zzz");
    },
  },
  "palette-found": {
    path: "/profile/details",
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await opened(page);
      await page.keyboard.type("maria");
      await page.getByRole("option", { name: /Search users/ }).waitFor();
    },
  },
  "navigation-sheet": {
    path: "/profile/details",
    act: async (page) => {
      const button = page.getByRole("button", { name: "Navigation" });
      if (await button.isVisible()) await button.click();
    },
  },
  offline: {
    path: "/profile/api-keys",
    act: async (page) => {
      await page.context().setOffline(true);
      await page.getByText("You are offline").waitFor();
    },
    after: (page) => page.context().setOffline(false),
  },
  "forced-colours": { path: "/profile/api-keys", forcedColors: "active" },
  "forced-colours-form": {
    path: "/profile/api-keys",
    forcedColors: "active",
    act: dialog("Add API Key"),
  },
  "forced-colours-settings": { path: "/identity/settings", forcedColors: "active" },
};

const tokens = "/profile/auth-tokens";

/** What one's own second factor and proofs look like. */
const own = {
  "security-enabled": { path: "/profile/security", before: enableSecondFactor("admin") },
  "security-disable": {
    path: "/profile/security",
    before: enableSecondFactor("admin"),
    act: dialog("Disable"),
  },
  "security-renew": {
    path: "/profile/security",
    before: enableSecondFactor("admin"),
    act: dialog("New recovery codes"),
  },
  "step-up": {
    path: tokens,
    before: ageProofs,
    act: async (page) => {
      await rowAction("Rotate", "swift backup")(page);
      await inDialog(page, "Rotate").click();
      await page.getByRole("dialog", { name: "Confirm that it is you" }).waitFor();
    },
  },
  "step-up-code": {
    path: "/profile/security",
    before: async (database) => {
      await enableSecondFactor("admin")(database);
      await ageProofs(database);
    },
    act: async (page) => {
      await dialog("New recovery codes")(page);
      await page
        .getByRole("button", { name: /^New|^Make/ })
        .last()
        .click();
      await page.getByRole("dialog", { name: "Confirm that it is you" }).waitFor();
    },
  },
  "auth-tokens-rotated": {
    path: tokens,
    act: async (page) => {
      await rowAction("Rotate", "swift backup")(page);
      await inDialog(page, "Rotate").click();
      await revealed(page);
    },
  },
  "auth-tokens-expires": {
    path: tokens,
    act: async (page) => {
      await rowAction("Edit", "swift backup")(page);
      await page.getByRole("dialog").getByText("custom", { exact: true }).click();
    },
  },
  "auth-tokens-no-clipboard": {
    path: tokens,
    act: async (page) => {
      await page.evaluate(() =>
        Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true }),
      );
      await rowAction("Rotate", "swift backup")(page);
      await inDialog(page, "Rotate").click();
      await revealed(page);
      await page.getByRole("dialog").getByRole("button", { name: "Copy", exact: true }).click();
    },
  },
};

export const peopleViews = { ...managed, ...elsewhere, ...own };

/** The pages that nobody has signed in for. */
export const strangerViews = {
  "sign-in-second-factor": {
    path: "/sign-in",
    before: enableSecondFactor("admin"),
    act: async (page) => {
      await signIn(page, "admin", password);
      await page.getByRole("heading", { name: "Second factor" }).waitFor();
    },
  },
  "forgot-password-sent": {
    path: "/forgot-password",
    act: async (page) => {
      await page.getByLabel("User name").fill("maria");
      await page.getByRole("button", { name: "Send temporary password" }).click();
      await page.getByLabel("User name").waitFor({ state: "detached" });
    },
  },
  "report-leak-sent": {
    path: "/report-leak",
    act: async (page) => {
      await page.getByLabel("What you found").fill("lkat_nothing_of_ours");
      await page.getByRole("button", { name: "Report" }).click();
      await page.locator("main [role=alert], main output").first().waitFor();
    },
  },
  "invitation-refused": {
    path: "/invitation/open?token=a-token-that-nobody-was-sent",
    act: async (page) => {
      await page.getByRole("main").getByRole("button").first().click();
      await page.locator("main [role=alert]").waitFor();
    },
  },
};
