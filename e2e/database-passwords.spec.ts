import type { Page } from "@playwright/test";

import {
  clickRowAction,
  expect,
  expectAccessible,
  giveReason,
  row,
  test,
} from "./support/fixtures";

const label = "Create Database Password";
const password = "Ebbe-und-Flut-26";

async function openForm(page: Page) {
  await page.getByRole("button", { name: label }).click();
  return page.getByRole("dialog", { name: label });
}

async function create(page: Page, description: string, { isForAnother = false } = {}) {
  const form = await openForm(page);
  await form.getByLabel("Description").fill(description);
  await form.getByLabel("Password", { exact: true }).fill(password);
  await form.getByLabel("Confirm Password").fill(password);
  await form.getByRole("button", { name: label }).click();
  if (isForAnother) await giveReason(page);
  // None at all: the form and the question for a reason may leave the screen together.
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(row(page, description)).toBeVisible();
}

test("a database password is typed under its rules, kept by nobody, and two are the most", async ({
  asUser,
}) => {
  const { page, person } = await asUser();
  await page.goto("/profile/database-passwords");
  await expect(page.locator("section code").filter({ hasText: person.name })).toBeVisible();

  await create(page, "sales reports");
  const next = page.getByRole("complementary", { name: /Connect with/ });
  await expect(next.locator("pre")).toContainText(person.name);
  await next.getByText("JDBC", { exact: true }).click();
  await expect(next.locator("pre")).toContainText("jdbc:postgresql://");
  await expectAccessible(page);
  await next.getByRole("button", { name: "Close" }).click();
  await expect(next).toBeHidden();
  await page.reload();
  expect(await page.content()).not.toContain(password);

  await clickRowAction(page, "sales reports", "View configuration file");
  const configuration = page.getByRole("dialog", { name: /Configuration/ });
  await configuration.getByText(".env", { exact: true }).click();
  await expect(configuration.locator("pre")).toContainText("<the password>");
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  await clickRowAction(page, "sales reports", "Edit");
  const edit = page.getByRole("dialog");
  await expect(edit.getByLabel("Password")).toHaveCount(0);
  await edit.getByLabel("Description").fill("quarterly reports");
  await edit.getByRole("button", { name: "Save Changes" }).click();
  await expect(row(page, "quarterly reports")).toBeVisible();

  await create(page, "the next one");
  const button = page.getByRole("button", { name: label });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription(/higher limit/);
  await clickRowAction(page, "quarterly reports", "Delete");
  const question = page.getByRole("alertdialog");
  await question.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(row(page, "quarterly reports")).toBeHidden();
  await expect(button).not.toHaveAttribute("aria-disabled", "true");
});

test("the rules are ticked while the person types, and the form says what is wrong", async ({
  asUser,
}) => {
  const { page, person } = await asUser();
  await page.goto("/profile/database-passwords");
  const form = await openForm(page);
  const rules = form.getByRole("list", { name: "Rules for the password" });
  const typed = form.getByLabel("Password", { exact: true });
  await expect(rules.getByText("met", { exact: false })).toHaveCount(8);
  await expect(rules.getByText(": met")).toHaveCount(0);
  await typed.fill(`Ebbe-"${person.name}"-26`);
  const unmet = rules.getByRole("listitem").filter({ hasText: "not met yet" });
  await expect(unmet).toHaveText([/Does not contain the user name/, /No double quote/]);
  await expectAccessible(page);

  const submit = form.getByRole("button", { name: label });
  await form.getByLabel("Description").fill("wrong at first");
  await submit.click();
  await expect(form.getByRole("alert")).toContainText("Leave the user name out of the password.");
  await expect(typed).toBeFocused();
  await typed.fill("Password-1234");
  await form.getByLabel("Confirm Password").fill(password);
  await submit.click();
  await expect(form.getByRole("alert")).toHaveText(
    "The two passwords differ. Type the new one again.",
  );
  await form.getByLabel("Confirm Password").fill("Password-1234");
  await submit.click();
  await expect(form.getByRole("alert")).toContainText("easy to guess");
  await form.getByLabel("Show characters").check();
  await expect(typed).toHaveAttribute("type", "text");
  await expect(form.getByLabel("Confirm Password")).toHaveAttribute("type", "text");
  await typed.fill(password);
  await form.getByLabel("Confirm Password").fill(password);
  await submit.click();
  await expect(row(page, "wrong at first")).toBeVisible();
});

test("an alternate database user name is created, changed and deleted", async ({ asUser }) => {
  const { page, person } = await asUser();
  await page.goto("/profile/database-passwords");
  const names = page.getByRole("table", { name: "Database user names" });
  await expect(names.getByRole("row")).toHaveCount(2);
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Create Database User Name" }).click();
  await dialog.getByLabel("Name").fill(person.name);
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(dialog.getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
  const name = `db${Date.now()}`;
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Description").fill("the warehouse");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(names).toContainText(name);
  await expect(row(page, name)).toContainText("the warehouse");
  await names.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await dialog.getByLabel("Description").fill("the lake");
  await dialog.getByLabel("Name").fill(`${name}x`);
  await dialog.getByRole("button", { name: "Save Changes" }).click();
  await expect(row(page, `${name}x`)).toContainText("the lake");
  await names.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(names.getByRole("row")).toHaveCount(2);
});

test("an administrator makes one for somebody else and says how to hand it over", async ({
  asAdmin,
  stage,
}) => {
  const { page } = await asAdmin();
  const other = await stage.createUser();
  await page.goto(`/identity/users/${other.id}/database-passwords`);
  const form = await openForm(page);
  await expect(form).toContainText(`belongs to ${other.name}`);
  await page.keyboard.press("Escape");
  await create(page, "made for another", { isForAnother: true });
  await expect(row(page, "made for another")).toContainText("me");

  const names = page.getByRole("table", { name: "Database user names" });
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Create Database User Name" }).click();
  const name = `db${Date.now()}`;
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create" }).click();
  await giveReason(page);
  await expect(names).toContainText(name);
  await names.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await dialog.getByLabel("Name").fill(`${name}x`);
  await dialog.getByRole("button", { name: "Save Changes" }).click();
  await giveReason(page);
  await expect(names).toContainText(`${name}x`);
  await names.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await giveReason(page);
  await expect(names.getByRole("row")).toHaveCount(2);
});
