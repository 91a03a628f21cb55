import type { Locator } from "@playwright/test";

import { expect, problem, test } from "./support/fixtures";

test("an administrator changes the password policy, and a person meets the new rule at once", async ({
  asAdmin,
  asUser,
}) => {
  const { page } = await asAdmin();
  const { page: own } = await asUser();
  await page.goto("/profile/details");
  await page.getByRole("link", { name: "Settings" }).click();
  const form = page.getByRole("form", { name: "Password policy" });
  await expect(form.getByText("Nothing is changed.")).toBeVisible();
  try {
    await form.getByLabel("Minimum length").fill("19");
    await form.getByLabel("Ask for a digit").uncheck();
    await expect(form.getByRole("list", { name: "What changes" }).getByRole("listitem")).toHaveText(
      [/Minimum length: \d+ characters → 19 characters/, "Ask for a digit: on → off"],
    );
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form.getByText("Nothing is changed.")).toBeVisible();
    await expect(form.getByLabel("Minimum length")).toHaveValue("19");
    await expect(form.getByRole("button", { name: "Save" })).toBeFocused();

    await own.goto("/change-password");
    await expect(own.getByText("At least 19 characters")).toBeVisible();
    await expect(own.getByText("A digit (0–9)")).toHaveCount(0);

    await form.getByLabel("Minimum length").fill("7");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form.getByText("Enter a whole number from 8 to 100.")).toBeVisible();
    await expect(form.getByLabel("Minimum length")).toBeFocused();
    await form.getByRole("button", { name: "Undo" }).click();
    await expect(form.getByLabel("Minimum length")).toHaveValue("19");
    await expect(form.getByRole("button", { name: "Save" })).toBeFocused();
  } finally {
    await form.getByLabel("Minimum length").fill("12");
    await form.getByLabel("Ask for a digit").check();
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form.getByText("Nothing is changed.")).toBeVisible();
  }

  await page.goto("/identity/audit?action=changeSettings");
  const table = page.getByRole("table", { name: "Audit log" });
  await expect(
    table.getByRole("row", { name: /Minimum length: 19 characters → 12 characters/ }).first(),
  ).toBeVisible();
});

test("limits, sessions and who may enter an audience are changed, hold for a person, and are changed back", async ({
  asAdmin,
  asUser,
}) => {
  const { page } = await asAdmin();
  const { page: own } = await asUser();
  await page.goto("/identity/settings");
  const [limits, sessions, oauth] = ["Limits", "Sessions", "OAuth"].map((name) =>
    page.getByRole("form", { name, exact: true }),
  ) as [Locator, Locator, Locator];
  const save = async (form: Locator) => {
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form.getByText("Nothing is changed.")).toBeVisible();
  };
  const clients = limits.getByLabel("OAuth 2.0 client credentials");
  const again = sessions.getByLabel("Ask for the password again after");
  const anyAudience = oauth.getByLabel("Everybody may enter an audience that is not registered");
  try {
    await clients.fill("11");
    await save(limits);
    await sessions.getByLabel("Sign out in any case after").fill("11");
    await again.fill("16");
    await sessions.getByRole("button", { name: "Save" }).click();
    await expect(sessions.getByText("Enter a whole number from 1 to 15.")).toBeVisible();
    await again.fill("14");
    await save(sessions);
    await anyAudience.check();
    await save(oauth);
    await page.reload();
    await expect(again).toHaveValue("14");
    await expect(anyAudience).toBeChecked();

    await own.goto("/profile/oauth-client-credentials");
    await expect(own.getByText("0 of 11 used").first()).toBeVisible();
    await own.getByRole("button", { name: /^Generate OAuth 2.0/ }).click();
    const form = own.getByRole("dialog");
    await form.getByText("Enter Fully Qualified Scope").click();
    await expect(form.getByLabel("Audience")).toBeEditable();
  } finally {
    await clients.fill("10");
    await save(limits);
    await sessions.getByLabel("Sign out in any case after").fill("12");
    await again.fill("15");
    await save(sessions);
    await anyAudience.uncheck();
    await save(oauth);
  }
  const key = page.getByRole("region", { name: "Master key" });
  await expect(key).toContainText("rotate-master-key");
  await expect(key.getByText("Has the key").first()).toBeVisible();
});

test("of two administrators who change the same settings, the second is told and may load what holds", async ({
  asAdmin,
}) => {
  const [first, second] = [await asAdmin(), await asAdmin()];
  const formOf = async ({ page }: typeof first) => {
    await page.goto("/identity/settings");
    return page.getByRole("form", { name: "Audit log" });
  };
  const [theirs, mine] = [await formOf(first), await formOf(second)];
  const before = Number(await theirs.getByLabel("Keep events for").inputValue());
  await theirs.getByLabel("Keep events for").fill(String(before + 1));
  await mine.getByLabel("Keep events for").fill(String(before + 2));
  await theirs.getByRole("button", { name: "Save" }).click();
  await expect(theirs.getByText("Nothing is changed.")).toBeVisible();
  await mine.getByRole("button", { name: "Save" }).click();
  await expect(problem(second.page)).toContainText("Somebody changed these settings meanwhile.");
  await mine.getByRole("button", { name: "Load the settings in force" }).click();
  await expect(mine.getByLabel("Keep events for")).toHaveValue(String(before + 1));
  await expect(problem(second.page)).toHaveCount(0);
  await expect(mine.getByRole("button", { name: "Save" })).toBeFocused();
  await mine.getByLabel("Keep events for").fill(String(before));
  await mine.getByRole("button", { name: "Save" }).click();
  await expect(mine.getByText("Nothing is changed.")).toBeVisible();
});

test("a signing key is rotated, and the next one is in the key set at once", async ({
  asAdmin,
}) => {
  const { page } = await asAdmin();
  const keysShown = async (): Promise<string[]> => {
    const { keys } = await (await page.request.get("/oauth2/jwks")).json();
    return keys.map(({ kid }: { kid: string }) => kid);
  };
  const before = await keysShown();
  await page.goto("/identity/settings");
  await page.getByRole("button", { name: "Rotate now" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Rotate the signing key" });
  await dialog.getByRole("button", { name: "Rotate now" }).click();
  await expect(dialog).toBeHidden();
  const table = page.getByRole("table", { name: "Signing keys" });
  await expect(table.getByText("Signs next")).toHaveCount(1);
  const added = (await keysShown()).filter((kid) => !before.includes(kid));
  expect(added).toHaveLength(1);
});

test("who may read a part of the settings finds them in the navigation, and that part alone", async ({
  asUser,
  stage,
}) => {
  const { page, person } = await asUser();
  await page.goto("/profile/details");
  const link = page.getByRole("link", { name: "Settings" });
  await expect(link).toHaveCount(0);
  const group = `rule-readers-${Date.now()}`;
  await stage.makeGroup(group, person.id);
  await stage.makePolicy(`Allow group '${group}' to inspect authentication-policies in tenancy`);
  await page.reload();
  await link.click();
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(["Password policy"]);
});
