import { randomUUID } from "node:crypto";

import type { Locator, Page } from "@playwright/test";

import { clickRowAction, expect, expectAccessible, row, test } from "./support/fixtures";

const some = (what: string) => `${what}-${randomUUID().slice(0, 6)}`;

async function register(page: Page, fields: { name: string; audience: string; scopes: string }) {
  await page.getByRole("button", { name: "Register resource" }).click();
  const form = page.getByRole("dialog", { name: "Register resource" });
  await form.getByLabel("Name").fill(fields.name);
  await form.getByLabel("Audience").fill(fields.audience);
  await form.getByLabel("Scopes").fill(fields.scopes);
  await form.getByRole("button", { name: "Register resource" }).click();
  return form;
}

async function grant(page: Page, resource: string, group: string): Promise<Locator> {
  await clickRowAction(page, resource, "Grant scopes");
  const form = page.getByRole("dialog", { name: `Grant scopes of “${resource}”` });
  await form.getByLabel("Group").selectOption({ label: group });
  return form;
}

test("a resource is registered, its scopes are granted to a group, changed, taken back, and it is deleted", async ({
  asAdmin,
  stage,
}) => {
  const { page } = await asAdmin();
  const name = some("Reports");
  const audience = `https://${randomUUID()}.example.com`;
  const group = some("analysts");
  await stage.makeGroup(group);
  await page.goto("/identity/oauth-resources");
  const form = await register(page, { name, audience: "reports", scopes: "read\nwrite all" });
  await expect(form.getByLabel("Audience")).toBeFocused();
  await expect(form.getByRole("alert").first()).toContainText("Enter a URI");
  await expectAccessible(page);
  await form.getByLabel("Audience").fill(audience);
  await form.getByRole("button", { name: "Register resource" }).click();
  await expect(form.getByLabel("Scopes")).toBeFocused();
  await expect(form.getByText("“write all” is no scope. Leave out spaces").first()).toBeVisible();
  await form.getByLabel("Scopes").fill("read\n\n write \nread");
  await form.getByRole("button", { name: "Register resource" }).click();
  await expect(form).toBeHidden();
  const listed = row(page, name);
  await expect(listed.getByRole("listitem")).toHaveText([
    "readgranted to nobody",
    "writegranted to nobody",
  ]);

  const granting = await grant(page, name, group);
  await granting.getByRole("button", { name: "Save Changes" }).click();
  await expect(granting.getByRole("alert").first()).toContainText("Choose at least one scope.");
  await granting.getByLabel("read").check();
  await expectAccessible(page);
  await granting.getByRole("button", { name: "Save Changes" }).click();
  await expect(granting).toBeHidden();
  await expect(listed.getByRole("listitem").first()).toHaveText(`read${group}`);

  const colleague = await page.context().newPage();
  await colleague.goto("/identity/oauth-resources");
  await clickRowAction(colleague, name, "Edit");
  await clickRowAction(page, name, "Edit");
  const editing = (somebody: Page) => somebody.getByRole("dialog", { name: `Edit “${name}”` });
  const edit = editing(page);
  await expect(edit.getByLabel("Scopes")).toHaveValue("read\nwrite");
  await edit.getByLabel("Scopes").fill("read\nreport");
  await edit.getByRole("button", { name: "Save Changes" }).click();
  await expect(edit).toBeHidden();
  await expect(listed.getByRole("listitem")).toHaveText([
    `read${group}`,
    "reportgranted to nobody",
  ]);
  const late = editing(colleague);
  await late.getByLabel("Scopes").fill("write\nmore");
  await late.getByRole("button", { name: "Save Changes" }).click();
  await expect(late.getByRole("alert").first()).toContainText("Somebody has changed it meanwhile");
  await expect(late.getByLabel("Scopes")).toHaveValue("write\nmore");
  await colleague.close();

  const taking = await grant(page, name, group);
  await expect(taking.getByLabel("read")).toBeChecked();
  await expect(taking.getByText("Without any, the group loses those that it has.")).toBeVisible();
  await taking.getByLabel("read").uncheck();
  await taking.getByRole("button", { name: "Save Changes" }).click();
  await expect(taking).toBeHidden();
  await expect(listed.getByRole("listitem").first()).toHaveText("readgranted to nobody");

  const again = await register(page, { name, audience: `${audience}/2`, scopes: "read" });
  await expect(again.getByRole("alert").first()).toHaveText(
    "A resource of this name is registered.",
  );
  await again.getByRole("button", { name: "Cancel" }).click();

  await clickRowAction(page, name, "Delete");
  const question = page.getByRole("alertdialog", { name: `Delete OAuth resource “${name}”` });
  await expect(question).toContainText("Its grants go with it.");
  await expectAccessible(page);
  await question.getByRole("button", { name: "Delete OAuth resource" }).click();
  await expect(question).toBeHidden();
  await expect(listed).toBeHidden();
});

test("who may read the registry sees it without a button, and who may not finds nothing", async ({
  asUser,
  stage,
  complaints,
}) => {
  complaints.expect(404, "/identity/oauth-resources");
  const { page, person } = await asUser();
  await page.goto("/identity/oauth-resources");
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("OAuth resources");
  const group = some("readers");
  await stage.makeGroup(group, person.id);
  await stage.makePolicy(`Allow group '${group}' to inspect oauth-resources in tenancy`);
  await page.reload();
  await expect(page.getByRole("heading", { name: "OAuth resources", level: 1 })).toBeVisible();
  await expect(row(page, "Oracle Analytics Cloud")).toBeVisible();
  await expect(page.getByRole("main").getByRole("button", { name: /Actions/ })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Register resource" })).toHaveCount(0);
  await expectAccessible(page);
});
