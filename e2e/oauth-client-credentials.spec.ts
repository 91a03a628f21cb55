import type { Locator, Page } from "@playwright/test";

import { clickRowAction, expect, expectAccessible, row, test } from "./support/fixtures";

const address = "/profile/oauth-client-credentials";
const button = "Generate OAuth 2.0 client credential";

async function openForm(page: Page): Promise<Locator> {
  await page.goto(address);
  await page.getByRole("button", { name: button }).click();
  const form = page.getByRole("dialog", { name: button });
  await form.getByLabel("Name").fill("nightly report");
  await form.getByLabel("Description").fill("reads the sales data");
  return form;
}

const scope = (form: Locator, number: number) =>
  form.getByRole("group", { name: `Scope ${number}`, exact: true });

async function enter(form: Locator, number: number, audience: string, name: string) {
  const fields = scope(form, number);
  await fields.getByText("Enter Fully Qualified Scope").click();
  await fields.getByLabel("Audience").fill(audience);
  await fields.getByLabel("Scope", { exact: true }).fill(name);
}

const textOf = async (place: Locator) => (await place.innerText()).replaceAll(/\s/g, "");

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
  const secret = await textOf(dialog.getByRole("group", { name: "secret", exact: true }));
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
