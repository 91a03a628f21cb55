import type { Page } from "@playwright/test";

import {
  clickRowAction,
  expect,
  expectAccessible,
  giveReason,
  problem,
  row,
  signIn,
  test,
} from "./support/fixtures";

test("a capability that is switched off closes its kind for the person at once, and on again it works as before", async ({
  asUser,
  asAdmin,
  stage,
}) => {
  test.slow();
  const { person, page: own } = await asUser();
  await stage.api("POST", `/users/${person.id}/authTokens`, { description: "swift backup" });
  await own.goto("/profile/auth-tokens");
  await expect(own.getByRole("button", { name: "Generate Token" })).toBeEnabled();

  const { page } = await asAdmin();
  await page.goto(`/identity/users/${person.id}/details`);
  const capabilities = await openCapabilities(page, person.name);
  await expect(capabilities.getByLabel("Auth tokens")).toBeChecked();
  await expectAccessible(page);
  await capabilities.getByLabel("Auth tokens").uncheck();
  await capabilities.getByRole("button", { name: "Save capabilities" }).click();
  await giveReason(page, "Leaves the storage team");
  await expect(page.getByRole("main")).toContainText("Off: Auth tokens");

  await own.reload();
  await expect(own.getByRole("main")).toContainText("The capability “Auth tokens” is off.");
  await expect(own.getByRole("button", { name: "Generate Token" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expect(row(own, "swift backup")).toBeVisible();
  await own.goto("/profile/activity");
  await expect(row(own, "Changed the capabilities")).toContainText("Auth tokens off");
  await expect(row(own, "Changed the capabilities")).toContainText("Leaves the storage team");

  const again = await openCapabilities(page, person.name);
  await again.getByLabel("Auth tokens").check();
  await again.getByRole("button", { name: "Save capabilities" }).click();
  await giveReason(page);
  await expect(page.getByRole("main")).not.toContainText("Off: Auth tokens");
  await own.goto("/profile/auth-tokens");
  await own.getByRole("button", { name: "Generate Token" }).click();
  await expect(own.getByRole("dialog", { name: "Generate Token" })).toBeVisible();
});

test("deleting a user says what goes with them, ends what they have open, and lets nobody in again", async ({
  asUser,
  asAdmin,
  stage,
}) => {
  test.slow();
  const { person, page: own } = await asUser();
  await stage.api("POST", `/users/${person.id}/authTokens`, { description: "swift backup" });
  const groupName = `leaving-${Date.now()}`;
  await stage.makeGroup(groupName, person.id);
  await own.goto("/profile/auth-tokens");
  await expect(row(own, "swift backup")).toBeVisible();

  const { page } = await asAdmin();
  await makeRobot(page, person.name);
  await page.goto(`/identity/users/${person.id}/details`);
  const question = await askToDelete(page, person.name);
  for (const words of ["Auth tokens: 1", `In ${groupName}`, `Owner of robot-of-${person.name}`])
    await expect(question).toContainText(words);
  await expectAccessible(page);
  const confirm = question.getByRole("button", { name: "Delete user" });
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  await expect(confirm).toHaveAccessibleDescription("Still in a group.");
  await question.getByRole("link", { name: "take the user out of every group" }).click();
  await expect(page).toHaveURL(`/identity/users/${person.id}/groups`);
  await expect(question).toBeHidden();
  await removeFromGroup(page, groupName);
  await askToDelete(page, person.name);
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete user" }).click();
  await giveReason(page, "Has left");
  await expect(page).toHaveURL(/\/identity\/users$/);
  await page.getByRole("searchbox").fill(person.name);
  await expect(row(page, `robot-of-${person.name}`)).toBeVisible();
  await expect(page.getByRole("link", { name: person.name, exact: true })).toHaveCount(0);

  await own.goto("/profile/details");
  await expect(own).toHaveURL(/\/sign-in/);
  await signIn(own, person.name, person.password);
  await expect(problem(own)).toContainText("User name or password is wrong");
  await page.goto(`/identity/audit?action=deleteUser&search=${person.name}`);
  const trail = page.getByRole("table", { name: "Audit log" });
  await expect(trail).toContainText("Has left");
  await expect(trail).toContainText(person.name);
  // Their page is gone.
  await expect(trail.getByRole("link", { name: person.name })).toHaveCount(0);
});

test("whoever is put into a group sees it, and sees it go", async ({ asUser, asAdmin, stage }) => {
  const { person, page: own } = await asUser();
  const name = `crew-${Date.now()}`;
  await stage.makeGroup(name);
  await own.goto("/profile/groups");
  await expect(own.getByRole("main")).not.toContainText(name);

  const { page } = await asAdmin();
  await page.goto(`/identity/users/${person.id}/groups`);
  await page.getByRole("button", { name: "Add to group" }).click();
  const addition = page.getByRole("dialog");
  await addition.getByLabel("Group").fill(name.slice(0, -3));
  await addition.getByRole("option", { name }).click();
  await addition.getByRole("button", { name: "Add to group" }).click();
  await expect(row(page, name)).toBeVisible();
  // The name is the way to the group.
  await row(page, name).getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.goBack();
  await own.reload();
  await expect(row(own, name)).toBeVisible();
  await own.goto("/profile/activity");
  await expect(row(own, "Added to group")).toContainText(name);

  await removeFromGroup(page, name);
  await own.goto("/profile/groups");
  await expect(own.getByRole("main")).not.toContainText(name);
});

async function openCapabilities(page: Page, name: string) {
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Edit capabilities" }).click();
  return page.getByRole("dialog", { name: `Capabilities of “${name}”` });
}

/** A row behind an open dialog is hidden as well: only without it is the row gone. */
async function removeFromGroup(page: Page, groupName: string): Promise<void> {
  await clickRowAction(page, groupName, "Remove");
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove from group" }).click();
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await expect(row(page, groupName)).toBeHidden();
}

async function askToDelete(page: Page, name: string) {
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete", exact: true }).click();
  return page.getByRole("alertdialog", { name: `Delete user “${name}”` });
}

/** A service user whom somebody answers for. */
async function makeRobot(page: Page, ownerName: string): Promise<void> {
  await page.goto("/identity/users");
  await page.getByRole("button", { name: "Create user" }).click();
  const dialog = page.getByRole("dialog", { name: "Create user" });
  await dialog.getByLabel("Service").check();
  await dialog.getByLabel("User name").fill(`robot-of-${ownerName}`);
  await dialog.getByLabel("Owner").fill(ownerName);
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByRole("heading", { name: `robot-of-${ownerName}` })).toBeVisible();
}
