import type { Page } from "@playwright/test";

import { clickRowAction, expect, expectAccessible, row, secretIn, test } from "./support/fixtures";

interface Kind {
  section: string;
  button: string;
  field: string;
  secretNoun: string;
  secret: RegExp;
  publicLabel: string;
  publicPart: RegExp;
  placeholder: string;
}

const kinds: Kind[] = [
  {
    section: "customer-secret-keys",
    button: "Generate Secret Key",
    field: "Name",
    secretNoun: "secret key",
    secret: /^lkcs_[0-9A-Za-z]{38}$/,
    publicLabel: "Access key",
    publicPart: /[0-9a-f]{40}/,
    placeholder: "<the secret key>",
  },
  {
    section: "smtp-credentials",
    button: "Generate SMTP Credentials",
    field: "Description",
    secretNoun: "password",
    secret: /^lksm_[0-9A-Za-z]{38}$/,
    publicLabel: "User name",
    publicPart: /[a-z2-7]{20}@latchkey\.internal/,
    placeholder: "<the password>",
  },
];

async function generate(page: Page, kind: Kind, name: string) {
  await page.getByRole("button", { name: kind.button }).click();
  const form = page.getByRole("dialog", { name: kind.button });
  await form.getByLabel(kind.field).fill(name);
  await form.getByRole("button", { name: kind.button }).click();
  const dialog = page.getByRole("dialog", { name: new RegExp(name) });
  await expect(dialog).toContainText(`This is the only time the ${kind.secretNoun} is shown.`);
  const secret = await secretIn(dialog.getByRole("group", { name: kind.secretNoun, exact: true }));
  expect(secret).toMatch(kind.secret);
  const beside = await dialog.locator("dl").innerText();
  expect(beside).toContain(kind.publicLabel);
  return { dialog, secret, publicPart: kind.publicPart.exec(beside)?.[0] ?? "" };
}

for (const kind of kinds) {
  test(`${kind.section}: the secret once, its public part for ever, lines to paste at any time`, async ({
    asUser,
  }) => {
    const { page } = await asUser();
    await page.goto(`/profile/${kind.section}`);
    const { dialog, secret, publicPart } = await generate(page, kind, "first of two");
    expect(publicPart).toMatch(kind.publicPart);
    await dialog.getByText(".env", { exact: true }).click();
    await expect(dialog.locator("pre").filter({ hasText: secret })).toContainText(publicPart);
    await expectAccessible(page);
    await dialog.getByLabel("I have saved it").check();
    await dialog.getByRole("button", { name: "Close" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await page.reload();
    expect(await page.content()).not.toContain(secret);
    await expect(row(page, "first of two")).toContainText(publicPart);

    await clickRowAction(page, "first of two", "View configuration file");
    const configuration = page.getByRole("dialog", { name: /Configuration/ });
    await configuration.getByText(".env", { exact: true }).click();
    const lines = configuration.locator("pre").filter({ hasText: publicPart });
    await expect(lines).toContainText(kind.placeholder);
    await expectAccessible(page);
    await page.keyboard.press("Escape");

    const second = await generate(page, kind, "second of two");
    expect(second.publicPart).not.toBe(publicPart);
    await second.dialog.getByLabel("I have saved it").check();
    await second.dialog.getByRole("button", { name: "Close" }).click();
    await expect(row(page, "second of two")).toBeVisible();
    await expect(page.getByRole("button", { name: kind.button })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await clickRowAction(page, "first of two", "Delete");
    const question = page.getByRole("alertdialog");
    await question.getByRole("button", { name: "Delete", exact: true }).click();
    await expect(row(page, "first of two")).toBeHidden();
  });
}

test("an access key is unfolded where it stands, and copied whole", async ({ asUser }) => {
  const { page } = await asUser();
  await page.goto("/profile/customer-secret-keys");
  const [kind] = kinds;
  if (!kind) throw new Error("There are no kinds.");
  const { dialog, publicPart } = await generate(page, kind, "shown");
  await dialog.getByLabel("I have saved it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  const shown = row(page, "shown");
  const narrow = await shown.locator("code").boundingBox();
  await shown.getByRole("button", { name: "Show access key" }).click();
  await expect(shown.getByRole("button", { name: "Hide access key" })).toBeFocused();
  const wide = await shown.locator("code").boundingBox();
  expect((wide?.width ?? 0) * (wide?.height ?? 0)).toBeGreaterThan(
    (narrow?.width ?? 0) * (narrow?.height ?? 0) * 1.5,
  );
  await shown.getByRole("button", { name: "Copy access key" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(publicPart);
});
