import type { Browser, Page } from "@playwright/test";

import { ConsoleSession, settleAdministrator } from "./support/console-session";
import { enrol } from "./support/enrol";
import { expect, expectAccessible, signIn, test } from "./support/fixtures";
import { makePerson, resetPassword } from "./support/people";
import { startServer } from "./support/server";
import { appCode } from "./support/totp";

const password = "Nine-Silver-Spoons-31";

test("once a second factor is required, open sessions lead to its set-up and then to where they were going", async ({
  browser,
}) => {
  test.slow();
  // A server of its own: what is required here would stop everybody in the other tests.
  const server = await startServer();
  try {
    const { session, signer } = await settleAdministrator(server);
    const person = await makePerson(server.url, signer);
    const own = await settle(
      server.url,
      person.name,
      await resetPassword(server.url, signer, person),
    );
    const page = await openBrowser(browser, server.url, own);
    const admins = await openBrowser(browser, server.url, session);
    await page.goto("/profile/details");

    await test.step("an administrator requires it of everybody, themselves included", async () => {
      await admins.goto("/identity/settings");
      const form = admins.getByRole("form", { name: "Second factor" });
      await form.getByLabel("Everybody who signs in with a password needs a second factor").check();
      await form.getByRole("button", { name: "Save" }).click();
      await expect(admins).toHaveURL(/\/sign-in\/second-factor/);
    });

    await test.step("the person's next click leads there, and nothing else is open", async () => {
      await page.getByRole("link", { name: /^Auth tokens/ }).click();
      await expect(page.getByRole("heading", { name: "Set up a second factor" })).toBeVisible();
      await expectAccessible(page);
      for (const path of ["/profile/details", "/identity/users", "/profile/api-keys"]) {
        await page.goto(path);
        await expect(page).toHaveURL(/\/sign-in\/second-factor\?callbackUrl/);
      }
      expect(
        (await page.request.get(`/api/console/users/${person.id}/credentials/auth_token`)).status(),
      ).toBe(403);
    });

    const { key } = await test.step("enabling it opens where they were going", async () => {
      const made = await enrol(page);
      await expect(page).toHaveURL(`${server.url}/profile/api-keys`);
      return made;
    });

    await test.step("the administrator sets one up as well, and sees who has one", async () => {
      await enrol(admins);
      await admins.goto(`/identity/users/${person.id}/security`);
      await expect(admins.getByRole("main")).toContainText("10 of 10 left");
    });

    await test.step("the next sign-in takes a code", async () => {
      const elsewhere = await openBrowser(browser, server.url);
      await elsewhere.goto("/sign-in");
      await signIn(elsewhere, person.name, password);
      await elsewhere.getByLabel("Verification code").fill(appCode(key, 1));
      await elsewhere.getByRole("button", { name: "Sign in" }).click();
      await expect(elsewhere).toHaveURL(/\/profile\/details$/);
    });

    await test.step("somebody new chooses a password first, then sets one up", async () => {
      const other = await makePerson(server.url, signer);
      const oneTime = await resetPassword(server.url, signer, other);
      const fresh = await openBrowser(browser, server.url);
      await fresh.goto("/sign-in");
      await signIn(fresh, other.name, oneTime);
      await expect(fresh).toHaveURL(/\/change-password$/);
      await fresh.getByLabel("Current Password").fill(oneTime);
      await fresh.getByLabel("New Password", { exact: true }).fill(password);
      await fresh.getByLabel("Confirm New Password").fill(password);
      await fresh.getByRole("button", { name: "Save New Password" }).click();
      await expect(fresh.getByRole("heading", { name: "Set up a second factor" })).toBeVisible();
    });
  } finally {
    await server.stop();
  }
});

/** Chooses a password with the one-time one. */
async function settle(url: string, name: string, oneTime: string): Promise<ConsoleSession> {
  const session = new ConsoleSession(url);
  await session.signIn(name, oneTime);
  await session.submitForm("/change-password", {
    currentPassword: oneTime,
    newPassword: password,
    confirmNewPassword: password,
  });
  return session;
}

async function openBrowser(browser: Browser, url: string, session?: ConsoleSession): Promise<Page> {
  const context = await browser.newContext({ baseURL: url });
  const cookies = [...(session?.cookies ?? [])];
  await context.addCookies(cookies.map(([name, value]) => ({ name, value, url, httpOnly: true })));
  return context.newPage();
}
