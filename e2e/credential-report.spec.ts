import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { withDatabase } from "./support/database";
import { expect, row, test } from "./support/fixtures";

test("an administrator sees what deserves attention, goes to its owner, and takes the report along", async ({
  asAdmin,
  asUser,
}) => {
  const { person, page: own } = await asUser();
  await own.goto("/profile/auth-tokens");
  await own.getByRole("button", { name: "Generate Token" }).click();
  const form = own.getByRole("dialog", { name: "Generate Token" });
  const name = `unused-${Date.now()}`;
  await form.getByLabel("Description").fill(name);
  await form.getByRole("button", { name: "Generate Token" }).click();
  await expect(own.getByText("This is the only time the token is shown.")).toBeVisible();

  const { page } = await asAdmin();
  await page.goto("/identity/credential-report");
  await page.getByRole("link", { name: /Never used/ }).click();
  await expect(page.getByRole("table", { name: "Never used" })).toBeVisible();
  await leafTo(page, name);
  await expect(row(page, name).getByRole("link", { name: person.name })).toBeVisible();
  await row(page, name).getByRole("link", { name }).click();
  await expect(page).toHaveURL(new RegExp(`/identity/users/${person.id}/auth-tokens`));

  await page.goto("/identity/credential-report");
  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  const lines = (await readFile(await csv.path(), "utf8")).split("\r\n");
  expect(lines[0]).toMatch(/^user,userId,userKind,userState,kind,/);
  expect(lines.filter((line) => line.includes(name))).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith(`${person.name},`))).toHaveLength(2);
});

test("the overview counts what deserves attention, and each of its numbers leads to the list", async ({
  asAdmin,
  stage,
}) => {
  const some = Date.now();
  const [blocked, owner] = [await stage.createUser(), await stage.createUser()];
  for (const what of ["old", "expiring"])
    await stage.api("POST", `/users/${owner.id}/authTokens`, { description: `${what}-${some}` });
  await stage.api("POST", `/users/${owner.id}/smtpCredentials`, { description: `unused-${some}` });
  await withDatabase(stage.dataDir, async (client) => {
    await client.query("update users set blocked_at = now() where id = $1", [blocked.id]);
    await client.query(
      `update credentials set last_used_at = now(), created_at = now() - interval '91 days'
       where owner_id = $1 and details ->> 'description' like 'old-%'`,
      [owner.id],
    );
    await client.query(
      `update credentials set last_used_at = now(), expires_at = now() + interval '2 days'
       where owner_id = $1 and details ->> 'description' like 'expiring-%'`,
      [owner.id],
    );
    await client.query(
      "insert into limit_requests (id, user_id, kind) values ($1, $1, 'auth_token')",
      [owner.id],
    );
  });
  const { page } = await asAdmin();
  const follow = async (label: string) => {
    await page
      .getByRole("navigation", { name: "Main" })
      .getByRole("link", { name: "Overview" })
      .click();
    await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
    const tile = page.getByRole("main").getByRole("link", { name: label });
    await expect(tile).toHaveText(/^[1-9]/);
    await tile.click();
    await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeHidden();
  };
  await page.goto("/profile/details");
  await follow("Blocked users");
  await expect(row(page, blocked.name)).toContainText("Blocked");
  await follow("No second factor");
  await expect(page).toHaveURL(/factor=none/);
  await expect(page.getByRole("main").getByRole("table")).toBeVisible();
  await follow("Limit requests");
  await expect(row(page, owner.name)).toBeVisible();
  for (const [label, name] of [
    ["Expires within 30 days", `expiring-${some}`],
    ["Never used", `unused-${some}`],
    ["Older than 90 days", `old-${some}`],
  ] as const) {
    await follow(label);
    await leafTo(page, name);
    await expect(row(page, name).getByRole("link", { name: owner.name })).toBeVisible();
  }
  await withDatabase(stage.dataDir, (client) =>
    client.query("delete from users where id = any ($1)", [[blocked.id, owner.id]]),
  );
});

/** What other tests have made may fill the pages before. */
async function leafTo(page: Page, text: string): Promise<void> {
  await expect(page.getByRole("main").getByRole("table")).toBeVisible();
  while ((await row(page, text).count()) === 0) {
    const address = page.url();
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page).not.toHaveURL(address);
  }
}
