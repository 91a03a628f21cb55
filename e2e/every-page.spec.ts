import type { Page } from "@playwright/test";

import { expect, expectAccessible, expectContrast, signIn, test } from "./support/fixtures";

const sections = [
  "details",
  "api-keys",
  "auth-tokens",
  "customer-secret-keys",
  "oauth-client-credentials",
  "smtp-credentials",
  "database-passwords",
  "groups",
  "security",
  "activity",
];

/** Each page is loaded once: what the theme changes is the contrast, and what a phone changes is the width. */
async function expectAllAccessible(page: Page, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await test.step(path, async () => {
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(path);
      await expect(page.locator("main")).toBeVisible();
      await expectAccessible(page);
      const light = await backgroundOf(page);
      await page.emulateMedia({ colorScheme: "dark" });
      await expect.poll(() => backgroundOf(page)).not.toBe(light);
      await expectContrast(page);
      await expectNarrow(page, 360);
    });
  }
}

/** Nothing makes the page wider than the window. */
async function expectNarrow(page: Page, width: number): Promise<void> {
  const usual = page.viewportSize();
  await page.setViewportSize({ width, height: 740 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  if (usual !== null) await page.setViewportSize(usual);
}

const backgroundOf = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

test.describe("passes axe in light and dark, fits a phone and says nothing on the console:", () => {
  test("every page that anybody sees", async ({ visitor }) => {
    test.slow();
    await expectAllAccessible(visitor.page, [
      "/sign-in",
      "/forgot-password",
      "/report-leak",
      "/invitation",
      `/invitation/open?token=${"a".repeat(43)}`,
      "/confirm-email",
      `/confirm-email/open?token=${"a".repeat(43)}`,
      "/sign-in?callbackUrl=%2Fprofile%2Fapi-keys",
    ]);
  });

  test("the page between password and session", async ({ visitor: { page }, stage }) => {
    const { person } = await stage.enrolledPerson();
    await page.goto("/sign-in");
    await signIn(page, person.name, person.password);
    await expect(page).toHaveURL(/\/sign-in\/second-factor/);
    await expectAllAccessible(page, ["/sign-in/second-factor", "/sign-in/second-factor?recovery"]);
  });

  test("every page of one's own", async ({ asUser, stage, complaints }) => {
    complaints.expect(404, "/no-such-page");
    test.slow();
    const { page, person } = await asUser();
    const client = await stage.createClient(person.id);
    await expectAllAccessible(page, [
      ...sections.map((section) => `/profile/${section}`),
      `/profile/oauth-client-credentials/${client.id}`,
      "/change-password",
      "/no-such-page",
    ]);
  });

  test("every page of another", async ({ asAdmin, stage }) => {
    test.slow();
    const other = await stage.createUser({ email: `axe-${Date.now()}@example.com` });
    const client = await stage.createClient(other.id);
    const { page } = await asAdmin();
    await expectAllAccessible(page, [
      ...sections.map((section) => `/identity/users/${other.id}/${section}`),
      `/identity/users/${other.id}/oauth-client-credentials/${client.id}`,
    ]);
  });

  test("every page of groups, policies and users", async ({ asAdmin, stage }) => {
    test.slow();
    const { page, person } = await asAdmin();
    const groupId = await stage.makeGroup(`axe-${Date.now()}`);
    const policyId = await stage.makePolicy("Allow group Axe to inspect users in tenancy");
    await expectAllAccessible(page, [
      "/identity/users",
      "/identity/users?search=nobody-of-that-name",
      "/identity/groups",
      "/identity/groups?search=nobody-of-that-name",
      `/identity/groups/${groupId}`,
      "/identity/policies",
      "/identity/policies/create",
      `/identity/policies/${policyId}`,
      "/identity/policies/explain",
      `/identity/policies/explain?user=${person.name}&operation=DeleteUser&targetUser=${person.name}`,
      "/identity/policies/explain?user=nobody-of-that-name",
    ]);
  });

  test("every page of settings, audit and reports", async ({ asAdmin }) => {
    test.slow();
    const { page } = await asAdmin();
    await expectAllAccessible(page, [
      "/profile/details",
      "/identity/overview",
      "/identity/oauth-resources",
      "/identity/settings",
      "/identity/limit-requests",
      "/identity/audit",
      "/identity/audit?search=nobody-of-that-name",
      "/identity/credential-report",
      ...["expiring", "never-used", "old"].map(
        (show) => `/identity/credential-report?show=${show}`,
      ),
    ]);
  });
});

test("on a phone the menu is within reach", async ({ asUser }) => {
  const { page } = await asUser();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/profile/details");
  await page.getByRole("button", { name: "Profile" }).click();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
});

test("the buttons of a long dialog are in sight on a phone, and within reach at 400 % zoom", async ({
  asUser,
}) => {
  const { page } = await asUser();
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto("/profile/oauth-client-credentials");
  await page.getByRole("button", { name: /^Generate OAuth 2.0/ }).click();
  const form = page.getByRole("dialog");
  const submit = form.getByRole("button", { name: "Generate", exact: true });
  await expect(submit).toBeInViewport({ ratio: 1 });
  // Until the scopes are there the dialog still grows.
  await expect(form.getByRole("group", { name: "Scope 1" })).toBeVisible();
  // No box that has the focus hides behind them, on the way from the first to the button.
  await expect(form.getByRole("textbox", { name: "Name" })).toBeFocused();
  const isAtTheEnd = () => submit.evaluate((button) => button === document.activeElement);
  for (let step = 0; step < 12 && !(await isAtTheEnd()); step += 1) {
    await page.keyboard.press("Tab");
    // What is pressed is a label where its box is drawn by it.
    const focused = form.locator("label:has(:focus), :focus:not(label *)");
    await expect(focused).toBeInViewport({ ratio: 1 });
  }
  await expect(submit).toBeFocused();

  await page.setViewportSize({ width: 320, height: 256 });
  const overflow = await form.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await expect(submit).toBeFocused();
  await expect(submit).toBeInViewport({ ratio: 1 });
});

test("⌘K jumps to a page by its name, by keyboard alone", async ({ asAdmin }) => {
  const { page } = await asAdmin();
  await page.goto("/profile/details");
  const jump = page.getByRole("button", { name: /Search or jump to/ });
  await expect(jump).toBeEnabled();
  await expect(jump.locator("kbd")).toHaveText(
    (await page.evaluate(() => navigator.userAgent)).includes("Macintosh") ? "⌘ K" : "Ctrl K",
  );
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.type("users");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/identity\/users/);

  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("no-page-of-that-name");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/identity\/users\?search=no-page-of-that-name$/);
});
