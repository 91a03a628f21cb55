import type { Page } from "@playwright/test";

import {
  clickRowAction,
  expect,
  expectAccessible,
  giveReason,
  row,
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
  await addition.getByLabel("Group").selectOption({ label: name });
  await addition.getByRole("button", { name: "Add to group" }).click();
  await expect(row(page, name)).toBeVisible();
  await own.reload();
  await expect(row(own, name)).toBeVisible();
  await own.goto("/profile/activity");
  await expect(row(own, "Added to group")).toContainText(name);

  await clickRowAction(page, name, "Remove");
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove from group" }).click();
  await expect(row(page, name)).toBeHidden();
  await own.goto("/profile/groups");
  await expect(own.getByRole("main")).not.toContainText(name);
});

async function openCapabilities(page: Page, name: string) {
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Edit capabilities" }).click();
  return page.getByRole("dialog", { name: `Capabilities of “${name}”` });
}
