import { randomUUID } from "node:crypto";

import type { Locator } from "@playwright/test";

import {
  clickRowAction,
  expect,
  expectAccessible,
  holdActions,
  row,
  test,
} from "./support/fixtures";

const some = (what: string) => `${what}-${randomUUID().slice(0, 8)}`;

test("an administrator makes a group, finds it, fills and empties it, and deletes it", async ({
  asAdmin,
  stage,
}) => {
  const { page } = await asAdmin();
  const name = some("Finance");
  const maria = await stage.createUser({ name: some("maria") });
  await page.goto("/identity/groups");
  await page.getByRole("button", { name: "Create Group" }).click();
  const creation = page.getByRole("dialog", { name: "Create Group" });
  await creation.getByLabel("Name").fill("not a name");
  await creation.getByRole("button", { name: "Create Group" }).click();
  await expect(creation.getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
  await creation.getByLabel("Name").fill(name);
  await creation.getByRole("button", { name: "Create Group" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expect(page.getByText("Nobody is in this group yet")).toBeVisible();

  await page.getByRole("button", { name: "Add member" }).click();
  const addition = page.getByRole("dialog", { name: `Add a member to “${name}”` });
  const field = addition.getByRole("combobox", { name: "User" });
  await field.fill("nobody-of-that-name");
  await addition.getByRole("button", { name: "Add member" }).click();
  await expect(addition.getByRole("alert")).toContainText("No user has this name");
  await field.fill(maria.name.slice(2));
  await expect(addition.getByRole("option", { name: maria.name })).toBeVisible();
  await expectAccessible(page);
  await field.press("ArrowDown");
  await field.press("Enter");
  await expect(field).toHaveValue(maria.name);
  await field.press("Enter");
  await expect(addition).toBeHidden();
  await expect(row(page, maria.name)).toBeVisible();

  await page.getByRole("searchbox").fill("somebody-else");
  await expect(page.getByText("No member has “somebody-else”")).toBeVisible();
  await page.getByRole("link", { name: "Show all members" }).click();
  await expect(row(page, maria.name)).toBeVisible();

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByRole("dialog").getByLabel("Description").fill("Counts the money");
  await page.getByRole("button", { name: "Save Changes" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.goto("/identity/groups");
  await page.getByRole("searchbox").fill(name);
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(row(page, name)).toContainText("Counts the money");
  await expect(row(page, name).getByRole("cell", { name: "1", exact: true })).toBeVisible();
  await row(page, name).getByRole("link", { name }).click();

  await page.getByRole("button", { name: "More" }).click();
  await expect(page.getByRole("menuitem", { name: "Delete" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await page.keyboard.press("Escape");
  await clickRowAction(page, maria.name, "Remove");
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove from group" }).click();
  await expect(page.getByText("Nobody is in this group yet")).toBeVisible();

  const crumbs = page.getByRole("navigation", { name: "Breadcrumbs" });
  await expect(crumbs.getByRole("listitem")).toHaveText(["Groups", `/${name}`]);
  await expect(crumbs.locator("[aria-current=page]")).toHaveText(name);
  await crumbs.getByRole("link", { name: "Groups" }).click();
  await expect(page).toHaveURL(/\/identity\/groups$/);
  await page.goBack();

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete group" }).click();
  await expect(page).toHaveURL(/\/identity\/groups$/);
  await expect(page.getByRole("link", { name, exact: true })).toHaveCount(0);
  const dismiss = page.getByRole("button", { name: "Dismiss" });
  const toast = page.getByRole("status").filter({ has: dismiss });
  await expect(toast).toHaveText(`“${name}” was deleted.`);
  await dismiss.click();
  await expect(dismiss).toBeHidden();
});

test("what is under way is not taken back: its dialog stays until the answer has come", async ({
  asAdmin,
  stage,
}) => {
  const { page } = await asAdmin();
  const name = some("Finance");
  const id = await stage.makeGroup(name);
  await page.goto(`/identity/groups/${id}`);
  const open = async (what: string) => {
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: what }).click();
  };
  const expectHeld = async (dialog: Locator) => {
    const cancel = dialog.getByRole("button", { name: "Cancel" });
    await expect(cancel).toHaveAttribute("aria-disabled", "true");
    await cancel.click({ force: true });
    await page.keyboard.press("Escape");
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    await expect(dialog).toBeVisible();
  };
  await open("Edit");
  const form = page.getByRole("dialog", { name: `Edit “${name}”` });
  await form.getByLabel("Description").fill("Counts the money");
  const goOn = await holdActions(page);
  await form.getByRole("button", { name: "Save Changes" }).click();
  await expectHeld(form);
  goOn();
  await expect(form).toBeHidden();
  await expect(page.locator("main")).toContainText("Counts the money");

  await open("Delete");
  const question = page.getByRole("alertdialog", { name: `Delete group “${name}”` });
  const goOnAgain = await holdActions(page);
  await question.getByRole("button", { name: "Delete group" }).click();
  await expectHeld(question);
  goOnAgain();
  await expect(page.getByText(`“${name}” was deleted.`).first()).toBeVisible();
  await expect(page).toHaveURL(/\/identity\/groups$/);
});

test("Administrators cannot be deleted", async ({ asAdmin }) => {
  const { page } = await asAdmin();
  await page.goto("/identity/groups?search=Administrators");
  await page.getByRole("link", { name: "Administrators", exact: true }).click();
  await page.getByRole("button", { name: "More" }).click();
  const remove = page.getByRole("menuitem", { name: "Delete" });
  await expect(remove).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText("Administrators cannot be deleted.")).toBeAttached();
});

test("who is named whole is found behind eight others, as fast as one types, or by their OCID", async ({
  asAdmin,
  stage,
}) => {
  const { page } = await asAdmin();
  const [smith, jones] = [some("smith"), some("jones")];
  await stage.createUser({ name: smith });
  const { id } = await stage.createUser({ name: jones });
  for (const first of "abcdefgh")
    for (const last of [smith, jones]) await stage.createUser({ name: `${first}.${last}` });
  const group = some("Finance");
  await page.goto(`/identity/groups/${await stage.makeGroup(group)}`);
  const add = page.getByRole("button", { name: "Add member" });
  const dialog = page.getByRole("dialog", { name: `Add a member to “${group}”` });
  const field = dialog.getByRole("combobox", { name: "User" });

  await add.first().click();
  await field.fill(smith);
  await field.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(row(page, smith)).toBeVisible();

  await add.first().click();
  await field.fill(id);
  const option = dialog.getByRole("option", { name: jones });
  await expect(option).toHaveCount(1);
  // A finger that comes down to scroll takes nothing yet.
  await option.dispatchEvent("pointerdown", { pointerType: "touch" });
  await expect(field).toHaveValue(id);
  await option.click();
  await expect(field).toHaveValue(jones);
  await expect(field).toBeFocused();
  await field.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(row(page, jones)).toBeVisible();
});
