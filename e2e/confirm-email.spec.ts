import type { Page } from "@playwright/test";

import { expect, expectAccessible, giveReason, problem, test } from "./support/fixtures";
import { mailsTo } from "./support/people";

test("an address that an administrator enters is confirmed by whoever reads its mails, once", async ({
  asAdmin,
  asUser,
  visitor: { page: reader },
  stage,
}) => {
  test.slow();
  const { page, person } = await asUser();
  await page.goto("/profile/details");
  await expect(page.getByRole("button", { name: "Resend" })).toBeHidden();

  const email = `first-${Date.now()}@example.com`;
  const administrator = await asAdmin();
  await enterAddress(administrator.page, person.id, email);
  await expect(administrator.page.getByRole("main")).toContainText("Not confirmed");
  const [link = ""] = await linksIn(stage.dataDir, email, 1);
  // What a scanner of mails does uses nothing up.
  for (let visits = 0; visits < 2; visits += 1) await reader.request.get(link);

  await page.reload();
  await expect(page.getByRole("main")).toContainText("Not confirmed");
  await page.getByRole("button", { name: "Resend" }).click();
  const [, newer = ""] = await linksIn(stage.dataDir, email, 2);

  await reader.goto(link);
  await expect(reader).toHaveURL(`${stage.url}/confirm-email`);
  await expectAccessible(reader);
  await reader.getByRole("button", { name: "Confirm address" }).click();
  await expect(problem(reader)).toContainText("This link does not work, or not any more.");
  await reader.goto(newer);
  await reader.getByRole("button", { name: "Confirm address" }).click();
  await expect(reader.getByRole("status")).toContainText("The address is confirmed.");
  await expect(reader.getByRole("status")).toBeFocused();
  await expectAccessible(reader);

  for (const each of [page, administrator.page]) {
    await each.reload();
    await expect(each.getByRole("main")).toContainText(email);
    await expect(each.getByRole("main")).not.toContainText("Not confirmed");
    await expect(each.getByRole("button", { name: "Resend" })).toBeHidden();
  }

  const next = `next-${Date.now()}@example.com`;
  await enterAddress(administrator.page, person.id, next);
  await page.reload();
  await expect(page.getByRole("main")).toContainText(
    `Until it is confirmed, mail goes to ${email}.`,
  );
  await reader.goto(newer);
  await reader.getByRole("button", { name: "Confirm address" }).click();
  await expect(problem(reader)).toContainText("This link does not work, or not any more.");
});

test("an address is confirmed without JavaScript, too", async ({ browser, stage }) => {
  const email = `plain-${Date.now()}@example.com`;
  const { id } = await stage.createUser({ email });
  const [link = ""] = await linksIn(stage.dataDir, email, 1);
  const context = await browser.newContext({ baseURL: stage.url, javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(link);
  await plain.getByRole("button", { name: "Confirm address" }).click();
  await expect(plain.getByRole("status")).toContainText("The address is confirmed.");
  await context.close();
  const user = await stage.api("GET", `/users/${id}`);
  expect(user).toMatchObject({ email, emailVerified: true });
});

async function enterAddress(page: Page, userId: string, email: string): Promise<void> {
  await page.goto(`/identity/users/${userId}/details`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Edit", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Edit/ });
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await giveReason(page);
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("main")).toContainText(email);
}

/** The links that went to an address, oldest first, once there are so many. */
async function linksIn(dataDir: string, email: string, count: number): Promise<string[]> {
  const links = () =>
    mailsTo(dataDir, email).flatMap((mail) => {
      const found = /\S+\/confirm-email\/open\?token=3D([\w-]{43})/.exec(mail);
      return found ? [found[0].replace("=3D", "=")] : [];
    });
  await expect.poll(() => links().length, { timeout: 20_000 }).toBe(count);
  return links();
}
