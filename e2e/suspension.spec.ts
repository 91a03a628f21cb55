import { expect, problem, row, signIn, test } from "./support/fixtures";

test("a suspended user is out at the next click, and in again once activated", async ({
  asUser,
  asAdmin,
}) => {
  const { person, page: own } = await asUser();
  await own.goto("/profile/details");
  const { page } = await asAdmin();
  await page.goto(`/identity/users/${person.id}/details`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Suspend" }).click();
  const question = page.getByRole("alertdialog", { name: `Suspend “${person.name}”` });
  await question.getByRole("button", { name: "Suspend" }).click();
  await expect(page.locator("main").getByText("Suspended", { exact: true })).toBeVisible();

  await own.goto("/profile/auth-tokens");
  await expect(own).toHaveURL(/\/sign-in/);
  await signIn(own, person.name, person.password);
  await expect(problem(own)).toContainText("User name or password is wrong");
  await page.goto(`/identity/users?state=suspended&search=${person.name}`);
  await expect(row(page, person.name)).toContainText("Suspended");

  await row(page, person.name).getByRole("link", { name: person.name }).click();
  await page.getByRole("button", { name: "Activate" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Activate" }).click();
  await expect(page.locator("main").getByText("Active", { exact: true })).toBeVisible();
  await signIn(own, person.name, person.password);
  await expect(own).toHaveURL(/\/profile\/auth-tokens$/);
  await own.goto("/profile/activity");
  await expect(row(own, "Suspended the user")).toBeVisible();
  await expect(row(own, "Activated the user")).toBeVisible();
});

test("an administrator signs somebody out everywhere", async ({ asUser, asAdmin }) => {
  const { person, page: own } = await asUser();
  await own.goto("/profile/details");
  const { page } = await asAdmin();
  await page.goto(`/identity/users/${person.id}/details`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Sign out everywhere" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await own.goto("/profile/details");
  await expect(own).toHaveURL(/\/sign-in/);
});
