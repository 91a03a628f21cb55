import { readFileSync } from "node:fs";

import type { Locator, Page } from "@playwright/test";

import {
  clickRowAction,
  expect,
  expectAccessible,
  giveReason,
  row,
  secretIn,
  test,
} from "./support/fixtures";

async function generate(
  page: Page,
  description: string,
  { isForAnother = false } = {},
): Promise<{ dialog: Locator; token: string }> {
  await page.getByRole("button", { name: "Generate Token" }).click();
  const form = page.getByRole("dialog", { name: "Generate Token" });
  await form.getByLabel("Description").fill(description);
  await form.getByRole("button", { name: "Generate Token" }).click();
  if (isForAnother) await giveReason(page);
  const dialog = page.getByRole("dialog", { name: new RegExp(description) });
  await expect(dialog).toContainText("This is the only time the token is shown.");
  const token = (
    await dialog.getByRole("group", { name: "token", exact: true }).innerText()
  ).replaceAll(/\s/g, "");
  expect(token).toMatch(/^lkat_[0-9A-Za-z]{38}$/);
  return { dialog, token };
}

async function expectGone(page: Page, token: string): Promise<void> {
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(await page.content()).not.toContain(token);
  await page.reload();
  expect(await page.content()).not.toContain(token);
}

test("neither the jump key nor Back takes the only copy of a secret away unasked", async ({
  asUser,
}) => {
  const { page } = await asUser();
  await page.goto("/profile/details");
  await page.getByRole("link", { name: "Auth tokens" }).first().click();
  const { dialog, token } = await generate(page, "swift backup");
  await page.keyboard.press("Control+k");
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  await expect(page.getByRole("dialog", { name: "Search or jump to" })).toHaveCount(0);
  await page.evaluate(() => history.back());
  const question = page.getByRole("alertdialog", { name: "The token is not saved yet" });
  await question.getByRole("button", { name: "Go back" }).click();
  await expect(page).toHaveURL(/\/auth-tokens$/);
  expect(await secretIn(dialog.getByRole("group", { name: "token", exact: true }))).toBe(token);
  await dialog.getByLabel("I have saved it").check();
  await page.evaluate(() => history.back());
  await expect(page).toHaveURL(/\/profile\/details$/);
  expect(await page.content()).not.toContain(token);
});

test("every way out of the reveal: copied, downloaded, printed or ticked closes, else it asks once", async ({
  asUser,
}) => {
  test.slow();
  const { page } = await asUser();
  await page.goto("/profile/auth-tokens");

  const ways: [string, (dialog: Locator, token: string) => Promise<void>][] = [
    [
      "copied",
      async (dialog, token) => {
        await expect(dialog.getByRole("button", { name: "Copy", exact: true })).toBeFocused();
        await page.keyboard.press("Enter");
        await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(token);
        await dialog.getByRole("button", { name: "Close" }).click();
      },
    ],
    [
      "downloaded",
      async (dialog, token) => {
        const downloading = page.waitForEvent("download");
        await dialog.getByRole("button", { name: "Download" }).click();
        expect(readFileSync(await (await downloading).path(), "utf8")).toContain(token);
        await page.keyboard.press("Escape");
      },
    ],
    [
      "ticked",
      async (dialog) => {
        await dialog.getByLabel("I have saved it").check();
        await dialog.getByRole("button", { name: "Close" }).click();
      },
    ],
    [
      "asked, gone back, then left",
      async (dialog) => {
        await page.keyboard.press("Escape");
        const question = page.getByRole("alertdialog");
        await expect(question.getByRole("button", { name: "Go back" })).toBeFocused();
        await question.getByRole("button", { name: "Go back" }).click();
        await expect(dialog).toBeVisible();
        await dialog.getByRole("button", { name: "Close" }).click();
        await question.getByRole("button", { name: "Close without saving" }).click();
      },
    ],
  ];
  for (const [way, leave] of ways) {
    await test.step(way, async () => {
      const { dialog, token } = await generate(page, `token ${way}`);
      if (way === "copied") await expectAccessible(page);
      await leave(dialog, token);
      await expectGone(page, token);
      await expect(row(page, `token ${way}`)).toBeVisible();
      await clickRowAction(page, `token ${way}`, "Delete");
      await page
        .getByRole("alertdialog")
        .getByRole("button", { name: "Delete", exact: true })
        .click();
      await expect(row(page, `token ${way}`)).toBeHidden();
    });
  }
});

test("the lines to paste are there at any time, with a placeholder for the token", async ({
  asUser,
}) => {
  const { page, person } = await asUser();
  await page.goto("/profile/auth-tokens");
  const { dialog } = await generate(page, "backup");
  await dialog.getByLabel("I have saved it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await clickRowAction(page, "backup", "View configuration file");
  const configuration = page.getByRole("dialog", { name: /Configuration/ });
  for (const [client, line] of [
    ["Swift", "swift list"],
    ["Skopeo", `skopeo login --username ${person.name}`],
    ["Docker", `docker login --username ${person.name}`],
    [".env", "ST_KEY='<the token>'"],
  ] as const) {
    await configuration.getByText(client, { exact: true }).first().click();
    await expect(configuration.locator("pre")).toContainText(line);
  }
  await expectAccessible(page);
});

test("printing shows groups with check characters and nothing else", async ({ asUser }) => {
  const { page } = await asUser();
  await page.addInitScript(() => {
    window.print = () => {
      document.documentElement.dataset["printed"] = document.body.innerText;
      window.dispatchEvent(new Event("afterprint"));
    };
  });
  await page.goto("/profile/auth-tokens");
  const { dialog, token } = await generate(page, "for paper");
  await page.emulateMedia({ media: "print" });
  await dialog.getByRole("button", { name: "Print" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-printed", new RegExp(token.slice(0, 5)));
  const sheet = (await page.locator("html").getAttribute("data-printed")) ?? "";
  expect(sheet).not.toContain("I have saved it");
  expect(sheet).not.toContain("Generate Token");
});

test("without a clipboard the token is selected and the page says so", async ({ asUser }) => {
  const { page } = await asUser();
  await page.addInitScript(() =>
    Object.defineProperty(navigator, "clipboard", { value: undefined }),
  );
  await page.goto("/profile/auth-tokens");
  const { dialog, token } = await generate(page, "no clipboard");
  await page.evaluate(() => {
    document.execCommand = () => false;
  });
  await dialog.getByRole("button", { name: "Copy", exact: true }).click();
  await expect
    .poll(() => page.evaluate(() => getSelection()?.toString().replaceAll(/\s/g, "")))
    .toBe(token);
  await expect(dialog).toContainText(/selected|Ctrl|⌘/i);
});

test("two tokens are the limit; a description can be edited; a token expires when it should", async ({
  asUser,
}) => {
  const { page } = await asUser();
  await page.goto("/profile/auth-tokens");
  for (const name of ["first", "second"]) {
    const { dialog } = await generate(page, name);
    await dialog.getByLabel("I have saved it").check();
    await dialog.getByRole("button", { name: "Close" }).click();
  }
  await expect(page.getByText("2 of 2 used", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Generate Token" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await clickRowAction(page, "first", "Edit");
  const dialog = page.getByRole("dialog", { name: /Edit auth token/ });
  await dialog.getByLabel("Description").fill("the renamed one");
  await dialog.getByRole("button", { name: "Save Changes" }).click();
  await expect(row(page, "the renamed one")).toBeVisible();
  await page.reload();
  await expect(row(page, "the renamed one")).toBeVisible();
});

test("a double click makes one token, and shows it", async ({ asUser }) => {
  const { page } = await asUser();
  await page.goto("/profile/auth-tokens");
  await page.getByRole("button", { name: "Generate Token" }).click();
  const form = page.getByRole("dialog", { name: "Generate Token" });
  await form.getByLabel("Description").fill("pressed twice");
  await form.getByRole("button", { name: "Generate Token" }).dblclick();
  const dialog = page.getByRole("dialog", { name: /pressed twice/ });
  await dialog.getByLabel("I have saved it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByText("1 of 2 used", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText("1 of 2 used", { exact: true })).toBeVisible();
});

test("for another person the dialog says whose it is and how to hand it over", async ({
  asAdmin,
  asUser,
}) => {
  const { person } = await asUser();
  const { page } = await asAdmin();
  await page.goto(`/identity/users/${person.id}/auth-tokens`);
  const { dialog } = await generate(page, "made for them", { isForAnother: true });
  await expect(dialog).toContainText(person.name);
  await dialog.getByLabel("I have saved it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(row(page, "made for them")).toBeVisible();
});
