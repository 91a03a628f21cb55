import {
  expect,
  expectAccessible,
  giveReason,
  problem,
  row,
  signIn,
  test,
} from "./support/fixtures";
import { mailsTo } from "./support/people";

test("a suspended user is out at the next click, and in again once activated", async ({
  asUser,
  asAdmin,
  stage,
}) => {
  const email = `suspended-${Date.now()}@example.com`;
  const { person, page: own } = await asUser({ email });
  await own.goto("/profile/details");
  const { page } = await asAdmin();
  await page.goto(`/identity/users/${person.id}/details`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Suspend" }).click();
  const question = page.getByRole("alertdialog", { name: `Suspend “${person.name}”` });
  await question.getByRole("button", { name: "Suspend" }).click();
  const why = page.getByRole("dialog", { name: "Reason" });
  await expect(why).toContainText(person.name);
  await why.getByRole("button", { name: "Continue" }).click();
  await expect(why.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(why).toBeHidden();
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: "Suspend" }).click();
  await giveReason(page, "Laptop <b>stolen</b>");
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
  await giveReason(page, "Found again");
  await expect(page.locator("main").getByText("Active", { exact: true })).toBeVisible();
  await signIn(own, person.name, person.password);
  await expect(own).toHaveURL(/\/profile\/auth-tokens$/);
  await own.goto("/profile/activity");
  await expect(row(own, "Suspended the user")).toContainText("Reason: Laptop <b>stolen</b>");
  await expect(row(own, "Activated the user")).toContainText("Reason: Found again");
  await expect
    .poll(() => tidings(stage.dataDir, email), { timeout: 20_000 })
    .toEqual([
      expect.stringMatching(/What: Suspended the user[^]*Reason: Laptop <b>stolen<\/b>/),
      expect.stringMatching(/What: Activated the user[^]*Reason: Found again/),
    ]);
});

test("an administrator signs somebody out everywhere", async ({ asUser, asAdmin }) => {
  const { person, page: own } = await asUser();
  await own.goto("/profile/details");
  const { page } = await asAdmin();
  await page.goto(`/identity/users/${person.id}/details`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Sign out everywhere" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await giveReason(page);
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await own.goto("/profile/details");
  await expect(own).toHaveURL(/\/sign-in/);
});

/** The plain texts of what an administrator's acts were told by. */
function tidings(dataDir: string, email: string): string[] {
  return mailsTo(dataDir, email)
    .filter((text) => text.includes("ed the user"))
    .map((text) => text.slice(0, text.indexOf("<!doctype")));
}
