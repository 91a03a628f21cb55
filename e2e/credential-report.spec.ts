import { readFile } from "node:fs/promises";

import { expect, test } from "./support/fixtures";

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
  const table = page.getByRole("table", { name: "Never used" });
  await expect(table).toBeVisible();
  const row = table.getByRole("row").filter({ hasText: name });
  while ((await row.count()) === 0) await page.getByRole("link", { name: "Next page" }).click();
  await expect(row.getByRole("link", { name: person.name })).toBeVisible();
  await row.getByRole("link", { name }).click();
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
  const [objects] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export JSON lines" }).click(),
  ]);
  const rows = (await readFile(await objects.path(), "utf8")).trimEnd().split("\n");
  const theirs = rows.map((line) => JSON.parse(line)).filter(({ user }) => user === person.name);
  expect(theirs.map(({ kind }) => kind).toSorted()).toEqual(["auth_token", "console_password"]);
});
