import { expect, expectAccessible, expectContrast, test } from "./support/fixtures";

test("a link that is followed without a network is held: what was typed stays, and the page opens once there is one", async ({
  asAdmin,
  complaints,
}) => {
  complaints.expectLoss();
  const { page, context } = await asAdmin();
  await page.goto("/identity/policies/create");
  await page.getByLabel("Name", { exact: true }).fill("HelpDesk");
  // What is there to jump with is fetched at its first use.
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await context.setOffline(true);
  const users = page.getByRole("link", { name: "Users", exact: true });
  await users.click();
  const offline = page.getByRole("heading", { name: "You are offline" });
  await expect(offline).toBeVisible();
  await expect(page).toHaveURL(/\/identity\/policies\/create$/);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectContrast(page);

  await page.getByRole("button", { name: "Stay on this page" }).click();
  await expect(offline).toBeHidden();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("HelpDesk");
  await expect(users).toBeFocused();
  await expect(page.getByText("You are offline.")).toBeVisible();

  // Whatever else would load another document is held up, too.
  await page.evaluate(() => window.location.assign("/profile/details"));
  await expect(offline).toBeVisible();
  await page.getByRole("button", { name: "Stay on this page" }).click();

  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.type("Groups");
  await page.keyboard.press("Enter");
  await expect(offline).toBeVisible();
  await context.setOffline(false);
  await expect(page).toHaveURL(/\/identity\/groups$/);
  await expect(page.getByRole("heading", { name: "Groups" })).toBeVisible();
});

test("a form that is sent without a network is sent when there is one, and nothing has to be typed again", async ({
  visitor: { page, context },
  complaints,
}) => {
  complaints.expectLoss();
  await page.goto("/sign-in");
  await page.getByLabel("User name").fill("nobody-here");
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "You are offline" })).toBeVisible();
  await expect(page.getByText("Nothing was sent")).toBeVisible();
  await expectAccessible(page);
  await context.setOffline(false);
  await expect(page.getByLabel("User name")).toHaveValue("nobody-here");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.locator("main [role=alert]")).toContainText("User name or password is wrong");
});
