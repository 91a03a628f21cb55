import type { Page } from "@playwright/test";

import { expect, test } from "./support/fixtures";

/** Keeps back every script that `isSlow`, until the returned function is called. */
async function holdBack(page: Page, isSlow: (script: string) => boolean): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/_next/static/**/*.js*", async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    if (isSlow(body)) await released;
    await route.fulfill({ response, body });
  });
  return release;
}

test("a click before any code has come is not lost", async ({ asUser }) => {
  const { page } = await asUser();
  const release = await holdBack(page, () => true);
  await page.goto("/profile/auth-tokens", { waitUntil: "commit" });
  await page.getByRole("button", { name: "Generate Token" }).click();
  release();
  await expect(page.getByRole("dialog", { name: "Generate Token" })).toBeVisible();
});

test("a click on what lives already, while the rest of the page does not, is not lost", async ({
  asUser,
}) => {
  const { page } = await asUser();
  const release = await holdBack(page, (script) =>
    script.includes("Delete one, or request a higher limit."),
  );
  await page.goto("/profile/auth-tokens", { waitUntil: "commit" });
  await page.waitForFunction(() =>
    Object.keys(document).some((key) => key.startsWith("_reactListening")),
  );
  await page.getByRole("button", { name: "Profile" }).click();
  release();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
});

test("a click, or Enter, on a panel whose code comes after the page's is not lost", async ({
  asUser,
  stage,
}) => {
  const { person, page } = await asUser();
  for (const description of ["first", "second"])
    await stage.api("POST", `/users/${person.id}/authTokens`, { description });
  const panel = "Add a note to your request";
  const release = await holdBack(page, (script) => script.includes(panel));
  await page.goto("/profile/auth-tokens", { waitUntil: "commit" });
  // By then the list around the panel was read again and drawn anew.
  for (let reads = 0; reads < 2; reads += 1)
    await page.waitForResponse((response) => response.url().endsWith("/credentials/auth_token"));
  await page.getByRole("button", { name: "Request a higher limit" }).focus();
  await page.keyboard.press("Enter");
  release();
  await expect(page.getByText("You asked for a higher limit.")).toBeVisible();
});
