import { randomUUID } from "node:crypto";

import type { Locator, Page } from "@playwright/test";

import { clickRowAction, expect, expectAccessible, row, secretIn, test } from "./support/fixtures";
import { address, enter, scope } from "./support/oauth-client-form";

const button = "Generate OAuth 2.0 client credential";

async function openForm(page: Page): Promise<Locator> {
  await page.goto(address);
  await page.getByRole("button", { name: button }).click();
  const form = page.getByRole("dialog", { name: button });
  await form.getByLabel("Name").fill("nightly report");
  await form.getByLabel("Description").fill("reads the sales data");
  return form;
}

test("an administrator enters several scopes, gets the secret once and lines to paste at any time", async ({
  asAdmin,
}) => {
  const { page } = await asAdmin();
  const form = await openForm(page);
  await enter(form, 1, "https://analytics.example.com", "urn:opc:resource:consumer::all");
  await form.getByRole("button", { name: "+ Another Scope" }).click();
  await enter(form, 2, "https://analytics.example.com", "urn:opc:resource:consumer::all");
  await expectAccessible(page);
  await form.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(scope(form, 2).getByRole("alert")).toHaveText(
    "This credential has this scope already.",
  );
  await expect(scope(form, 2).getByLabel("Scope", { exact: true })).toBeFocused();
  await form.getByRole("button", { name: "Remove scope 2" }).click();
  await form.getByRole("button", { name: "+ Another Scope" }).click();
  await enter(form, 2, "urn:reports", "read");
  await form.getByRole("button", { name: "Generate", exact: true }).click();

  const dialog = page.getByRole("dialog", { name: /nightly report/ });
  await expect(dialog).toContainText("This is the only time the secret is shown.");
  const secret = await secretIn(dialog.getByRole("group", { name: "secret", exact: true }));
  expect(secret).toMatch(/^lkoc_[0-9A-Za-z]{38}$/);
  await expect(dialog.locator("dl")).toContainText(/ocid1\.credential\.local\.\.[a-z2-7]{60}/);
  await expect(dialog.locator("pre")).toContainText(
    "scope=https://analytics.example.com-urn:opc:resource:consumer::all",
  );
  await expectAccessible(page);
  await dialog.getByLabel("I have saved it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(row(page, "nightly report")).toContainText("reads the sales data");
  await page.reload();
  expect(await page.content()).not.toContain(secret);

  await clickRowAction(page, "nightly report", "View configuration file");
  const configuration = page.getByRole("dialog", { name: /Configuration/ });
  await configuration.getByText(".env", { exact: true }).click();
  await expect(configuration.locator("pre")).toContainText("<the secret>");
});

test("who was granted nothing is told so, and may enter no audience of their own", async ({
  asUser,
}) => {
  const { page } = await asUser();
  const form = await openForm(page);
  await expect(scope(form, 1)).toContainText("No scope is granted to you yet.");
  await form.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(form.getByRole("alert")).toContainText("scopes");
  await enter(form, 1, "https://nobody.example.com", "read");
  await form.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(scope(form, 1).getByRole("alert")).toContainText("Nobody registered this audience.");
  await expect(scope(form, 1).getByLabel("Audience")).toBeFocused();
});

/** A resource of its own and the group that has some of its scopes, set up in the console. */
async function registerAndGrant(
  page: Page,
  { group, granted }: { group: string; granted: readonly string[] },
): Promise<{ name: string; audience: string }> {
  const name = `Reports ${randomUUID().slice(0, 6)}`;
  const audience = `https://${randomUUID()}.example.com`;
  await page.goto("/identity/oauth-resources");
  await page.getByRole("button", { name: "Register resource" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Audience").fill(audience);
  await form.getByLabel("Scopes").fill("read\nwrite\nadmin");
  await form.getByRole("button", { name: "Register resource" }).click();
  await expect(form).toBeHidden();
  await clickRowAction(page, name, "Grant scopes");
  await form.getByLabel("Group").selectOption({ label: group });
  for (const scope of granted) await form.getByLabel(scope).check();
  await form.getByRole("button", { name: "Save Changes" }).click();
  await expect(form).toBeHidden();
  return { name, audience };
}

test("who was granted scopes selects resource-scope pairs, and enters one of the resource by hand", async ({
  asAdmin,
  asUser,
  stage,
}) => {
  const { page: keeping } = await asAdmin();
  const { page, person } = await asUser();
  const group = `analysts-${randomUUID().slice(0, 6)}`;
  await stage.makeGroup(group, person.id);
  const { name, audience } = await registerAndGrant(keeping, {
    group,
    granted: ["read", "write"],
  });
  const form = await openForm(page);
  const first = scope(form, 1);
  await expect(first.getByRole("radio", { name: "Select a Resource-Scope Pair" })).toBeChecked();
  // The one resource that there is to choose from is chosen, and its audience filled in.
  await expect(first.getByLabel("Resource", { exact: true })).toHaveValue(audience);
  await expect(first.getByLabel("Resource", { exact: true }).getByRole("option")).toHaveText([
    "Choose a resource",
    name,
  ]);
  await expect(first.getByLabel("Audience", { exact: true })).toHaveValue(audience);
  await expect(first.getByLabel("Audience", { exact: true })).toHaveAttribute("readonly");
  await expect(first.getByLabel("Scope", { exact: true }).getByRole("option")).toHaveText([
    "Choose a scope",
    "read",
    "write",
  ]);
  await form.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(first.getByRole("alert")).toHaveText("Choose or enter a scope.");
  await expectAccessible(page);
  await first.getByLabel("Scope", { exact: true }).selectOption("read");
  await form.getByRole("button", { name: "+ Another Scope" }).click();
  await enter(form, 2, audience, "admin");
  await form.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(scope(form, 2).getByRole("alert")).toContainText("not granted to you");
  await scope(form, 2).getByLabel("Scope", { exact: true }).fill("write");
  await form.getByRole("button", { name: "Generate", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /nightly report/ });
  await dialog.getByLabel("I have saved it").check();
  await expect(dialog.locator("pre")).toContainText(`scope=${audience}-read ${audience}-write`);
});

test("the dialog takes ten scopes and no more", async ({ asAdmin }) => {
  const { page } = await asAdmin();
  const form = await openForm(page);
  const another = form.getByRole("button", { name: "+ Another Scope" });
  for (let number = 1; number < 10; number += 1) await another.click();
  await expect(form.getByText("A credential has at most 10 scopes.")).toBeVisible();
  await expect(another).toHaveAttribute("aria-disabled", "true");
  await form.getByRole("button", { name: "Remove scope 4" }).click();
  await expect(form.getByRole("group", { name: /^Scope \d+$/ })).toHaveCount(9);
});
