import { expect, giveReason, problem, signIn, test } from "./support/fixtures";
import { mailedPassword } from "./support/people";

const refusal =
  "User name or password is wrong, or this user is blocked. After 10 failures in a row only an administrator can unblock.";

test("a wrong password keeps the name, empties the password and says one sentence", async ({
  visitor: { page },
}) => {
  await page.goto("/profile/api-keys");
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fprofile%2Fapi-keys/);
  await signIn(page, "nobody-here", "wrong");
  await expect(problem(page)).toContainText(refusal);
  const main = page.getByRole("main");
  await expect(main).toContainText("npm run recover-admin");
  await expect(page.getByLabel("User name")).toHaveValue("nobody-here");
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  // Which no recovery helps.
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(main).toContainText("Enter your password.");
  await expect(main).not.toContainText("recover-admin");
});

test("a one-time password leads to the change and nowhere else, then on to where one wanted to go", async ({
  stage,
  visitor: { page },
}) => {
  const user = await stage.createUser();
  const oneTime = await stage.oneTimePassword(user.id);
  await page.goto("/sign-in");
  await signIn(page, user.name, oneTime);
  await expect(page).toHaveURL(/\/change-password$/);
  for (const path of ["/profile/details", "/profile/api-keys", "/identity/users", "/"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/change-password$/);
  }
  await page.getByLabel("Current Password").fill(oneTime);
  const rules = page
    .getByRole("list", { name: "Rules for the new password" })
    .getByRole("listitem");
  const met = rules.filter({ hasText: ": met" });
  await expect(rules).toHaveCount(6);
  await expect(met).toHaveCount(0);
  await page.getByLabel("New Password", { exact: true }).fill("short");
  await expect(met).toHaveText([/^A lowercase letter/, /^Does not contain the user name/]);
  await page.getByLabel("Confirm New Password").fill("short");
  await page.getByRole("button", { name: "Save New Password" }).click();
  await expect(page.getByText("Use at least 12 characters.").first()).toBeVisible();

  // Only what is wrong has to be typed again.
  await expect(page.getByLabel("Current Password")).toHaveValue(oneTime);
  await expect(page.getByLabel("New Password", { exact: true })).toHaveValue("short");
  // What every rule lets through, and everybody guesses.
  await page.getByLabel("New Password", { exact: true }).fill("Password1234!");
  await expect(met).toHaveCount(6);
  await page.getByLabel("Confirm New Password").fill("Password1234!");
  await page.getByRole("button", { name: "Save New Password" }).click();
  await expect(page.getByText("This password is easy to guess").first()).toBeVisible();
  await page.getByLabel("Current Password").fill("not this one");
  await page.getByLabel("New Password", { exact: true }).fill("Quiet-River-Stone-81");
  await page.getByLabel("Confirm New Password").fill("Quiet-River-Stone-81");
  await page.getByRole("button", { name: "Save New Password" }).click();
  await expect(page.getByText("This is not your current password.")).toBeVisible();
  await expect(page.getByLabel("New Password", { exact: true })).toHaveValue(
    "Quiet-River-Stone-81",
  );
  await expect(page.getByLabel("Confirm New Password")).toHaveValue("Quiet-River-Stone-81");
  await page.getByLabel("Current Password").fill(oneTime);
  await page.getByRole("button", { name: "Save New Password" }).click();
  await expect(page).toHaveURL(/\/profile\/details$/);
  await expect(page.getByRole("heading", { name: "My profile" })).toBeVisible();
});

test("the account menu signs out, and the session is over", async ({ asUser }) => {
  const { page } = await asUser();
  await page.goto("/profile/details");
  await page.getByRole("button", { name: "Profile" }).click();
  await expect(page.getByRole("menuitem")).toHaveText([
    "My profile",
    "Change password",
    "Sign out",
  ]);
  await page.evaluate(() => Object.assign(window, { isFormerDocument: true }));
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  // What the old document held in memory is gone with it.
  expect(await page.evaluate(() => "isFormerDocument" in window)).toBe(false);
  await page.goto("/profile/details");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("ten failures block; an administrator unblocks on the user's page", async ({
  stage,
  asUser,
  asAdmin,
  visitor: { page },
}) => {
  const { person, page: own } = await asUser();
  await own.goto("/profile/details");
  await page.goto("/sign-in");
  for (let failure = 0; failure < 10; failure += 1) {
    await signIn(page, person.name, `wrong ${failure}`);
    await expect(problem(page)).toContainText(refusal);
    await page.goto("/sign-in");
  }
  await signIn(page, person.name, person.password);
  await expect(problem(page)).toContainText(refusal);
  await own.goto("/profile/details");
  await expect(own).toHaveURL(/\/sign-in/);

  const { page: admin } = await asAdmin();
  await admin.goto(`/identity/users/${person.id}`);
  await expect(admin.getByText("Blocked").first()).toBeVisible();
  await admin.getByRole("button", { name: "Unblock" }).click();
  await admin
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Unblock/ })
    .click();
  await giveReason(admin);
  await expect(admin.getByText("Active").first()).toBeVisible();
  await page.goto("/sign-in");
  await signIn(page, person.name, person.password);
  await expect(page).toHaveURL(`${stage.url}/profile/details`);
});

test("a forgotten password comes by mail, works once, and the old one goes on working until then", async ({
  stage,
  visitor: { page },
}) => {
  const email = `forgetful-${Date.now()}@example.com`;
  const { person } = await stage.settledPerson({ email });
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot password" }).click();
  await expect(page).toHaveURL(/\/forgot-password$/);
  await page.getByLabel("User name").fill(person.name);
  await page.locator("main").getByRole("button").click();
  const answer = page.locator("main");
  await expect(answer).toContainText(/24 hours/);

  const temporary = await mailedPassword(stage.dataDir, email);
  await page.goto("/sign-in");
  await signIn(page, person.name, person.password);
  await expect(page).toHaveURL(/\/profile\/details/);
  await page.context().clearCookies();

  await page.goto("/sign-in");
  await signIn(page, person.name, temporary);
  await expect(page).toHaveURL(/\/change-password$/);
});

test.describe("without JavaScript", () => {
  test("one can sign in, recover and change the password", async ({ stage, browser }) => {
    const context = await browser.newContext({ baseURL: stage.url, javaScriptEnabled: false });
    const page = await context.newPage();
    const user = await stage.createUser();
    const oneTime = await stage.oneTimePassword(user.id);
    await page.goto("/sign-in");
    await signIn(page, user.name, "wrong");
    await expect(problem(page)).toContainText(refusal);
    await signIn(page, user.name, oneTime);
    await page.getByLabel("Current Password").fill(oneTime);
    await page.getByLabel("New Password", { exact: true }).fill("Quiet-River-Stone-82");
    await page.getByLabel("Confirm New Password").fill("Quiet-River-Stone-82");
    await page.getByRole("button", { name: "Save New Password" }).click();
    await expect(page.getByRole("heading", { name: "My profile" })).toBeVisible();
    await page.goto("/profile/api-keys");
    await expect(page.getByRole("heading", { name: "API keys" })).toBeVisible();
    await context.close();
  });
});
