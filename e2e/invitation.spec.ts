import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { expect, expectAccessible, problem, row, signIn, secretIn, test } from "./support/fixtures";
import { mailsTo } from "./support/people";

test("an administrator invites a new user by mail and never sees what opens their console", async ({
  asAdmin,
  visitor: { page: invitee },
  stage,
}) => {
  const { page } = await asAdmin();
  const name = `invited-${Date.now()}`;
  const email = `${name}@example.com`;
  await page.goto("/identity/users");
  await page.getByRole("button", { name: "Create user" }).click();
  const dialog = page.getByRole("dialog", { name: "Create user" });
  await dialog.getByLabel("User name").fill(name);
  await expect(dialog.getByText("This server has no mail server (SMTP_URL)")).toBeVisible();
  await dialog.getByLabel("Mailed invitation").check();
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(dialog.getByLabel("E-mail")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.locator("main").getByText("Invited", { exact: true })).toBeVisible();
  await page.goto("/identity/users?state=invited");
  await expect(row(page, name)).toContainText("Invited");

  const [link = ""] = await linksIn(stage.dataDir, email, 1);
  // What a scanner of mails does uses nothing up.
  for (let visits = 0; visits < 2; visits += 1) await page.request.get(link);
  await invitee.goto(link);
  await expect(invitee).toHaveURL(`${stage.url}/invitation`);
  await expectAccessible(invitee);
  const secret = await makePassword(invitee);
  await expect(invitee.getByRole("button", { name: "Copy" })).toBeFocused();
  await expectAccessible(invitee);
  // A reload is asked about by the browser, the way on by the page.
  const asked: string[] = [];
  invitee.once("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await invitee.evaluate(() => setTimeout(() => location.reload()));
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await invitee.getByRole("link", { name: "Sign in" }).click();
  const question = invitee.getByRole("alertdialog");
  await expect(question).toContainText("The one-time password is not saved yet");
  await question.getByRole("button", { name: "Go back" }).click();
  const [file] = await Promise.all([
    invitee.waitForEvent("download"),
    invitee.getByRole("button", { name: "Download" }).click(),
  ]);
  expect(await readFile(await file.path(), "utf8")).toBe(
    `User name: ${name}\nOne-time password: ${secret}\n`,
  );
  await expect(invitee.getByLabel("I have saved it")).toBeChecked();
  await invitee.getByRole("link", { name: "Sign in" }).click();
  await signIn(invitee, name, secret);
  await expect(invitee).toHaveURL(/\/change-password$/);

  await page.reload();
  await expect(row(page, name)).toBeHidden();
  await invitee.goto(link);
  await invitee.getByRole("button", { name: "Make one-time password" }).click();
  await expect(problem(invitee)).toContainText("This link does not work, or not any more.");
});

test("a resent invitation ends the earlier one, and works without JavaScript", async ({
  asAdmin,
  browser,
  stage,
}) => {
  const email = `resent-${Date.now()}@example.com`;
  const { id, name } = await stage.createUser({ email });
  const { page } = await asAdmin();
  await page.goto(`/identity/users/${id}/security`);
  await invite(page, "Send invitation");
  await expect(page.locator("main")).toContainText("An invitation is in the mail");
  const [first = ""] = await linksIn(stage.dataDir, email, 1);
  await invite(page, "Resend invitation");
  const [, second = ""] = await linksIn(stage.dataDir, email, 2);

  const context = await browser.newContext({ baseURL: stage.url, javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(first);
  await plain.getByRole("button", { name: "Make one-time password" }).click();
  await expect(problem(plain)).toContainText("This link does not work, or not any more.");
  await plain.goto(second);
  expect(plain.url()).toBe(`${stage.url}/invitation`);
  const secret = await makePassword(plain);
  await plain.getByRole("link", { name: "Sign in" }).click();
  await signIn(plain, name, secret);
  await expect(plain).toHaveURL(/\/change-password$/);
  await context.close();
});

async function invite(page: Page, label: string): Promise<void> {
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: label }).click();
  const question = page.getByRole("alertdialog");
  await question.getByRole("button", { name: label }).click();
  await expect(question).toBeHidden();
}

async function makePassword(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Make one-time password" }).click();
  const shown = page.getByRole("group", { name: "one-time password" });
  return secretIn(shown);
}

/** The links of the invitations that went to an address, oldest first, once there are so many. */
async function linksIn(dataDir: string, email: string, count: number): Promise<string[]> {
  const links = () =>
    mailsTo(dataDir, email).flatMap((mail) => {
      const found = /\S+\/invitation\/open\?token=3D([\w-]{43})/.exec(mail);
      return found ? [found[0].replace("=3D", "=")] : [];
    });
  await expect.poll(() => links().length, { timeout: 20_000 }).toBe(count);
  return links();
}
