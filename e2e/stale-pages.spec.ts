import type { Page } from "@playwright/test";

import { clickRowAction, expect, test } from "./support/fixtures";

test("of two who edit the tags of one user the second is told, and replaces nothing unseen", async ({
  asAdmin,
  stage,
}) => {
  const { id, name } = await stage.createUser();
  const open = async (page: Page) => {
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Edit tags" }).click();
    return page.getByRole("dialog", { name: `Tags of “${name}”` });
  };
  const add = async (page: Page, tag: readonly string[]) => {
    const dialog = await open(page);
    await dialog.getByRole("button", { name: /^\+/ }).click();
    const fields = dialog.getByRole("group").last();
    for (const [place, label] of ["Namespace", "Key", "Value"].entries())
      await fields.getByLabel(label).fill(tag[place] ?? "");
    return dialog;
  };
  const [{ page: first }, { page: second }] = [await asAdmin(), await asAdmin()];
  for (const page of [first, second]) await page.goto(`/identity/users/${id}/details`);
  const late = await add(second, ["", "team", "blue"]);
  const early = await add(first, ["Operations", "CostCenter", "42"]);
  await early.getByRole("button", { name: "Save tags" }).click();
  await expect(early).toBeHidden();

  await late.getByRole("button", { name: "Save tags" }).click();
  await expect(late.getByRole("alert")).toContainText("Somebody has changed these tags meanwhile.");
  await expect(late.getByLabel("Key")).toHaveValue("team");
  // The page behind knows already, and the dialog still replaces nothing that it has not shown.
  await expect(second.locator("main")).toContainText("Operations.CostCenter: 42");
  await late.getByRole("button", { name: "Save tags" }).click();
  await expect(late.getByRole("button", { name: "Save tags" })).toBeEnabled();
  await expect(late.getByRole("alert")).toContainText("Somebody has changed these tags meanwhile.");
  await second.keyboard.press("Escape");
  await expect(late).toBeHidden();
  const again = await add(second, ["", "team", "blue"]);
  await again.getByRole("button", { name: "Save tags" }).click();
  await expect(again).toBeHidden();
  expect(await stage.api("GET", `/users/${id}`)).toMatchObject({
    freeformTags: { team: "blue" },
    definedTags: { Operations: { CostCenter: "42" } },
  });
});

test("a user with a namespace of no tags can be tagged", async ({ asAdmin, stage }) => {
  const { id } = await stage.createUser();
  await stage.api("PUT", `/users/${id}`, { definedTags: { Operations: {} } });
  const { page } = await asAdmin();
  await page.goto(`/identity/users/${id}/details`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Edit tags" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "+ Tag" }).click();
  await dialog.getByLabel("Key").fill("team");
  await dialog.getByLabel("Value").fill("blue");
  await dialog.getByRole("button", { name: "Save tags" }).click();
  await expect(page.getByRole("main")).toContainText("team: blue");
});

test("a database user name that an administrator gave is not replaced or deleted from its owner’s older page", async ({
  asUser,
  stage,
}) => {
  const { page, person } = await asUser();
  await page.goto("/profile/database-passwords");
  const dialog = page.getByRole("dialog");
  const given = (dbUserName: string) => stage.api("PUT", `/users/${person.id}`, { dbUserName });
  const name = `db${Date.now()}`;
  await page.getByRole("button", { name: "Create Database User Name" }).click();
  await dialog.getByLabel("Name").fill(`${name}-mine`);
  await given(`${name}-given`);
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(dialog.getByRole("alert")).toContainText(`Somebody has made “${name}-given”`);
  await expect(page.locator("main")).toContainText(`${name}-given`);
  await expect(dialog.getByLabel("Name")).toHaveValue(`${name}-mine`);
  await page.keyboard.press("Escape");
  const names = page.getByRole("table", { name: "Database user names" });
  await expect(names).toContainText(`${name}-given`);

  await given(`${name}-newer`);
  await clickRowAction(page, `${name}-given`, "Delete");
  const question = page.getByRole("alertdialog");
  await question.getByRole("button", { name: "Delete" }).click();
  await expect(question.getByRole("alert")).toContainText(`Somebody has made “${name}-newer”`);
  await expect(page.locator("main")).toContainText(`${name}-newer`);
  // Asked about the former name, it is still not about the newer one.
  await expect(question).toHaveAccessibleName(`Delete database user name “${name}-given”`);
  await question.getByRole("button", { name: "Delete" }).click();
  await expect(question.getByRole("button", { name: "Delete" })).toBeEnabled();
  await expect(question.getByRole("alert")).toContainText(`Somebody has made “${name}-newer”`);
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(names).toContainText(`${name}-newer`);
});

test("Explain, asked again, answers from the policies in force, as the person in question finds out", async ({
  asAdmin,
  asUser,
  stage,
  complaints,
}) => {
  complaints.expect(404, "/identity/users");
  const { page: own, person } = await asUser();
  const group = `explained-${Date.now()}`;
  await stage.makeGroup(group, person.id);
  const policyId = await stage.makePolicy(`Allow group ${group} to inspect users in tenancy`);
  const { page } = await asAdmin();
  await page.goto(`/identity/policies/explain?user=${person.name}&operation=ListUsers`);
  await expect(page.getByRole("heading", { name: /^Yes: / })).toBeVisible();
  await own.goto("/identity/users");
  await expect(own.getByRole("heading", { name: "Users" })).toBeVisible();

  await stage.api("DELETE", `/policies/${policyId}`);
  await page.getByRole("button", { name: "Explain" }).click();
  await expect(page.getByRole("heading", { name: /^No: / })).toBeVisible();
  await own.reload();
  await expect(own.getByRole("heading", { name: "Nothing to see here" })).toBeVisible();
});
