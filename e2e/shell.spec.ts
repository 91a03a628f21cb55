import type { Locator, Page } from "@playwright/test";

import { expect, expectContrast, test } from "./support/fixtures";

const themeOf = (page: Page) => page.locator("html").getAttribute("data-theme");
const backgroundOf = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

test("a chosen theme holds at once, from the first paint of the next page on, and in dialogs", async ({
  asUser,
}) => {
  const { page, context } = await asUser();
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/profile/auth-tokens");
  const light = await backgroundOf(page);
  const choose = async (theme: string) => {
    await page.getByRole("button", { name: "Theme" }).click();
    await page.getByRole("menuitemcheckbox", { name: theme }).click();
  };
  await choose("Dark");
  await expect.poll(() => backgroundOf(page)).not.toBe(light);
  const dark = await backgroundOf(page);

  // What the server sends is dark already: without its scripts the page looks the same.
  const noScripts = await context.browser()?.newContext({
    colorScheme: "light",
    javaScriptEnabled: false,
    storageState: await context.storageState(),
  });
  const first = await noScripts?.newPage();
  await first?.goto(page.url());
  expect(await first?.locator("html").getAttribute("data-theme")).toBe("dark");
  expect(
    await first?.locator("html").evaluate((root) => getComputedStyle(root).backgroundColor),
  ).toBe(dark);
  await noScripts?.close();

  await page.reload();
  expect(await backgroundOf(page)).toBe(dark);
  await page.getByRole("button", { name: "Theme" }).click();
  await expect(page.getByRole("menuitemcheckbox", { name: "Dark" })).toBeChecked();
  await expectContrast(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Generate Token" }).click();
  await expect(page.getByRole("dialog", { name: "Generate Token" })).toBeVisible();
  await expectContrast(page);
  await page.keyboard.press("Escape");

  await choose("Light");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => backgroundOf(page)).toBe(light);
  await choose("System");
  await expect.poll(() => backgroundOf(page)).toBe(dark);
  expect(await themeOf(page)).toBe("system");
});

test("the main job is done by keyboard alone: sign in, make a key, save it, add it, copy the configuration", async ({
  visitor: { page },
  stage,
}) => {
  const { person } = await stage.settledPerson();
  await page.goto("/sign-in");
  await reach(page, page.getByLabel("User name"));
  await page.keyboard.type(person.name);
  await page.keyboard.press("Tab");
  await page.keyboard.type(person.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/profile\/details$/);

  await reach(page, page.getByRole("link", { name: /^API keys/ }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/profile\/api-keys$/);
  const opener = page.getByRole("button", { name: "Add API Key" });
  await expect(opener).toBeVisible();
  await reach(page, opener);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Add API Key" });
  await expect(dialog).toBeVisible();
  await reach(page, dialog.getByLabel("Name", { exact: true }));
  await page.keyboard.type("laptop");
  const save = dialog.getByRole("button", { name: "Download Private Key" });
  await expect(save).toBeEnabled();
  await reach(page, save);
  const downloading = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await downloading).suggestedFilename()).toMatch(/\.pem$/);
  await reach(page, dialog.getByRole("button", { name: "Add", exact: true }));
  await page.keyboard.press("Enter");

  const preview = page.getByLabel("Configuration File Preview");
  await expect(preview).toHaveValue(/^\[DEFAULT\]\n/);
  const shown = page.getByRole("dialog");
  await reach(page, shown.getByRole("button", { name: "Copy", exact: true }).first());
  await page.keyboard.press("Enter");
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain("[DEFAULT]");
  await page.keyboard.press("Escape");
  await expect(shown).toBeHidden();
  await expect(page.getByRole("row").filter({ hasText: "laptop" })).toBeVisible();
  // The button that was pressed has gone with the line that said there is no key yet: the focus is near, not lost.
  await expect(page.getByRole("heading", { name: "API keys", exact: true })).toBeFocused();
});

/** By the Tab key, as far as it takes; what is disabled for a moment is waited for. */
async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < 60 && !(await isThere()); step += 1) await page.keyboard.press("Tab");
  await expect(target).toBeFocused();
}
