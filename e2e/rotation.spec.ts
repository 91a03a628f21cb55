import type { Locator, Page } from "@playwright/test";

import { withDatabase } from "./support/database";
import { clickRowAction, expect, expectAccessible, row, test } from "./support/fixtures";

async function generate(page: Page, description: string): Promise<void> {
  await page.getByRole("button", { name: "Generate Token" }).click();
  const form = page.getByRole("dialog", { name: "Generate Token" });
  await form.getByLabel("Description").fill(description);
  await form.getByRole("button", { name: "Generate Token" }).click();
  await save(page, description);
}

/** Ticks the secret off that is shown for a credential, and answers it. */
async function save(page: Page, name: string): Promise<string> {
  const dialog = page.getByRole("dialog", { name: new RegExp(name) });
  const shown = await dialog.getByRole("group", { name: "token", exact: true }).innerText();
  await dialog.getByLabel("I have saved it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  return shown.replaceAll(/\s/g, "");
}

test("a token is rotated at the limit: both side by side, who still uses the old one, then it is retired", async ({
  asUser,
  stage,
}) => {
  const { page, person } = await asUser();
  const use = (state: string, client: string) =>
    withDatabase(stage.dataDir, (database) =>
      database.query(
        `update credentials set last_used_at = now(), last_used_address = '192.0.2.9', last_used_client = $2
          where owner_id = $1 and ended_at is null and (retiring_until is null) = ($3 = 'new')`,
        [person.id, client, state],
      ),
    );
  await page.goto("/profile/auth-tokens");
  await generate(page, "swift backup");
  await generate(page, "registry");
  await expect(page.getByText("2 of 2 used", { exact: true })).toBeVisible();

  await clickRowAction(page, "swift backup", "Rotate");
  const dialog = page.getByRole("dialog", { name: "Rotate auth token “swift backup”" });
  await expect(dialog.getByRole("radio", { name: "24 h" })).toBeChecked();
  await expect(dialog).toContainText("Old and new both work until");
  await expectAccessible(page);
  await dialog.getByText("7 days", { exact: true }).click();
  await dialog.getByRole("button", { name: "Rotate" }).click();
  expect(await save(page, "swift backup")).toMatch(/^lkat_/);

  await expect(page.getByText("2 of 2 used", { exact: true })).toBeVisible();
  const card = page.getByRole("region", { name: /Rotation of auth token “swift backup”/ });
  await expect(card).toContainText("Waiting");
  await expectAccessible(page);
  await use("old", "python-swiftclient");
  await page.reload();
  await expect(card).toContainText("Still in use");
  await expect(card).toContainText("python-swiftclient · 192.0.2.9");

  await card.getByRole("button", { name: "Retire" }).click();
  const question = page.getByRole("alertdialog", { name: "Retire auth token “swift backup”" });
  const retire = question.getByRole("button", { name: "Retire", exact: true });
  await expect(retire).toHaveAttribute("aria-disabled", "true");
  await question.getByLabel("I know it is in use").check();
  await retire.click();
  await expect(card).toBeHidden();
  await expect(page.getByRole("heading", { name: "Auth tokens" })).toBeFocused();
  await page.getByText("1 ended auth token", { exact: true }).click();
  await expect(page.getByRole("table", { name: "Ended auth tokens" })).toContainText(
    `Retired by ${person.name}`,
  );
});

test("what nobody uses any more is safe to retire, from the row's menu as well", async ({
  asUser,
  stage,
}) => {
  const { page, person } = await asUser();
  await page.goto("/profile/auth-tokens");
  await generate(page, "nightly");
  await clickRowAction(page, "nightly", "Rotate");
  await page.getByRole("dialog").getByRole("button", { name: "Rotate" }).click();
  await save(page, "nightly");
  await withDatabase(stage.dataDir, (database) =>
    database.query(
      "update credentials set last_used_at = now() where owner_id = $1 and retiring_until is null",
      [person.id],
    ),
  );
  await page.reload();
  await expect(page.getByRole("region", { name: /Rotation of/ })).toContainText("Safe to retire");
  await clickRowAction(page, "Retiring until", "Retire");
  const question = page.getByRole("alertdialog");
  await expect(question.getByRole("checkbox")).toBeHidden();
  await question.getByRole("button", { name: "Retire", exact: true }).click();
  await expect(row(page, "Retiring until")).toBeHidden();
  await expect(row(page, "nightly")).toHaveCount(1);
});

test("rotated at once the old one is ended and nothing retires", async ({ asUser }) => {
  const { page } = await asUser();
  await page.goto("/profile/auth-tokens");
  await generate(page, "leaked");
  await clickRowAction(page, "leaked", "Rotate");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("now", { exact: true }).click();
  await expect(dialog).toContainText(
    "Clients that sign in with this token are refused from now on.",
  );
  await dialog.getByRole("button", { name: "Rotate" }).click();
  await save(page, "leaked");
  await expect(page.getByText("1 of 2 used", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: /Rotation of/ })).toBeHidden();
  await page.getByText("1 ended auth token", { exact: true }).click();
  await expect(page.getByRole("table", { name: "Ended auth tokens" })).toContainText("Replaced by");
});

test("a private key that was downloaded for a rotation is not left behind unasked", async ({
  asUser,
}) => {
  const { page } = await asUser();
  await page.goto("/profile/api-keys");
  const download = async (dialog: Locator) => {
    const downloading = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Download Private Key" }).click();
    return (await downloading).suggestedFilename();
  };
  await page.getByRole("button", { name: "Add API Key" }).click();
  const adding = page.getByRole("dialog", { name: "Add API Key" });
  await adding.getByLabel("Name", { exact: true }).fill("laptop");
  await download(adding);
  await adding.getByRole("button", { name: "Add", exact: true }).click();
  const close = page.getByRole("dialog").getByRole("button", { name: "Close" });
  await close.click();
  await clickRowAction(page, "laptop", "Rotate");
  const dialog = page.getByRole("dialog", { name: "Rotate API key “laptop”" });
  await dialog.getByText("7 days", { exact: true }).first().click();
  await download(dialog);

  const question = page.getByRole("alertdialog", { name: "The key is not added yet" });
  await page.keyboard.press("Escape");
  await expect(question).toContainText("opens nothing until Rotate is pressed");
  await expectAccessible(page);
  await question.getByRole("button", { name: "Go back" }).click();
  await expect(dialog.getByRole("radio", { name: "7 days" }).first()).toBeChecked();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await question.getByRole("button", { name: "Close without adding" }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, "laptop")).toHaveCount(1);

  await clickRowAction(page, "laptop", "Rotate");
  const file = await download(dialog);
  await dialog.getByRole("button", { name: "Rotate" }).click();
  await expect(page.getByLabel("Configuration File Preview")).toHaveValue(
    new RegExp(`^key_file=~/.oci/${file}$`, "m"),
  );
  // What is added is not left behind: nothing is asked.
  await close.click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(row(page, "Retiring until")).toHaveCount(1);
});
