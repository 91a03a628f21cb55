import { expect, signIn, test } from "./support/fixtures";

test("what was typed outlives the session: the person signs in again beside it and goes on", async ({
  asUser,
}) => {
  const { page, context, person } = await asUser();
  await page.goto("/profile/auth-tokens");
  await page.getByRole("button", { name: "Generate Token" }).click();
  const form = page.getByRole("dialog", { name: "Generate Token" });
  await form.getByLabel("Description").fill("a long story");
  await context.clearCookies();
  await form.getByRole("button", { name: "Generate Token" }).click();
  const ended = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(ended).toContainText(`Sign in again as ${person.name}`);
  await page.keyboard.press("Escape");
  await expect(ended).toBeHidden();
  await expect(form.getByRole("alert")).toHaveText("Your session has ended. Sign in again.");
  await expect(form.getByLabel("Description")).toHaveValue("a long story");

  await form.getByRole("button", { name: "Generate Token" }).click();
  // Too soon is no harm.
  await ended.getByRole("button", { name: "Go on" }).click();
  const opened = context.waitForEvent("page");
  await ended.getByRole("link", { name: "Sign in again" }).click();
  const beside = await opened;
  await signIn(beside, person.name, person.password);
  await expect(beside).toHaveURL(/\/profile/);
  await beside.close();
  await ended.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("This is the only time the token is shown.")).toBeVisible();
  await page.getByRole("button", { name: "Close" }).first().click();
  await page.getByRole("button", { name: "Close without saving" }).click();
  await expect(page.getByRole("row").filter({ hasText: "a long story" })).toHaveCount(1);
});

test("a list that is read again after the session's end leaves an open dialog alone, and else leads to sign-in and back", async ({
  asUser,
  stage,
  complaints,
}) => {
  complaints.expect(401, "/credentials/auth_token");
  const { page, context, person } = await asUser();
  // A fresh credential: the list is read again and again until its first use.
  await stage.api("POST", `/users/${person.id}/authTokens`, { description: "never used" });
  await page.goto("/profile/auth-tokens");
  await page.getByRole("button", { name: "Generate Token" }).click();
  const form = page.getByRole("dialog", { name: "Generate Token" });
  await form.getByLabel("Description").fill("a long story");
  await context.clearCookies();
  await page.waitForResponse((response) => response.status() === 401);
  await expect(page.getByText("The list could not be read.")).toBeAttached();
  await expect(form.getByLabel("Description")).toHaveValue("a long story");
  await form.getByRole("button", { name: "Cancel" }).click();
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fprofile%2Fauth-tokens&ended$/);
  await signIn(page, person.name, person.password);
  await expect(page).toHaveURL(/\/profile\/auth-tokens$/);
});
