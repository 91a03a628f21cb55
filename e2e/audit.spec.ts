import { readFile } from "node:fs/promises";

import { expect, expectAccessible, test } from "./support/fixtures";

test("an administrator finds in the audit log what a person did, narrows it, and takes it along", async ({
  asAdmin,
  asUser,
}) => {
  const { person, page: own } = await asUser();
  await own.goto("/profile/auth-tokens");
  await own.getByRole("button", { name: "Generate Token" }).click();
  const form = own.getByRole("dialog", { name: "Generate Token" });
  await form.getByLabel("Description").fill("=cmd|' /C calc'!A0");
  await form.getByRole("button", { name: "Generate Token" }).click();
  await expect(own.getByText("This is the only time the token is shown.")).toBeVisible();

  const { page } = await asAdmin();
  await page.goto("/profile/details");
  await page.getByRole("link", { name: "Audit", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Audit", exact: true })).toBeVisible();
  await page.getByRole("searchbox").fill(person.name);
  await expect(page).toHaveURL(/search=/);
  const table = page.getByRole("table", { name: "Audit log" });
  const created = table.getByRole("row", { name: /Created auth token/ });
  await expect(created).toHaveCount(1);
  await expect(created.getByRole("link", { name: person.name })).toBeVisible();

  await created.getByRole("button", { name: /Created auth token/ }).click();
  const event = page.getByRole("dialog", { name: /Created auth token/ });
  const fact = (label: string) =>
    event.getByRole("definition").filter({
      has: page.getByRole("button", { name: `Copy ${label}`, exact: true }),
    });
  await expect(fact("Time (UTC)")).toContainText(/:\d\d:\d\d UTC$/);
  await expect(fact("ID of the credential")).toContainText("ocid1.credential.");
  await expect(fact("Request ID")).toContainText(/\w{8}/);
  await expect(fact("kind")).toContainText("auth_token");
  await fact("Address").getByRole("button").click();
  await expect(event.getByText("Copied")).toBeVisible();
  await expect(event).not.toContainText("lkat_");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(event).toBeHidden();
  await expect(created.getByRole("button", { name: /Created auth token/ })).toBeFocused();

  await page.getByLabel("Action").focus();
  await page.getByLabel("Action").selectOption({ label: "Create credential" });
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(page.getByLabel("Action")).toBeFocused();
  await page.getByLabel("Outcome").selectOption({ label: "Refused" });
  await expect(page.getByText("No event matches.")).toBeVisible();
  await page.getByLabel("Outcome").selectOption({ label: "All outcomes" });
  await expect(created).toHaveCount(1);
  await page.getByLabel("To", { exact: true }).fill("2020-01-01T10:30");
  await expect(page).toHaveURL(/until=20[^&]+%3A\d\dZ/);
  await expect(page.getByText("No event matches.")).toBeVisible();
  await expect(page.getByLabel("To", { exact: true })).toBeFocused();
  await page.getByLabel("To", { exact: true }).fill("");
  await expect(created).toHaveCount(1);

  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  expect(csv.suggestedFilename()).toBe("audit-log.csv");
  const lines = (await readFile(await csv.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain("'=cmd|");
  const [jsonl] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export JSON lines" }).click(),
  ]);
  const exported: { actorName: string } = JSON.parse(await readFile(await jsonl.path(), "utf8"));
  expect(exported.actorName).toBe(person.name);
});

test("the log pages into the past and back, and works as a plain form", async ({
  asAdmin,
  browser,
  stage,
}) => {
  const { page } = await asAdmin();
  for (let index = 0; index < 55; index += 1) await stage.createUser();
  await page.goto("/identity/audit?action=createUser");
  const ids = () => page.getByRole("row").count();
  await expect.poll(ids).toBe(51);
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page).toHaveURL(/before=/);
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(page).not.toHaveURL(/before=/);

  const plain = await browser.newContext({
    baseURL: stage.url,
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const still = await plain.newPage();
  await still.goto("/identity/audit");
  await expect(still.getByText("Times are in UTC")).toBeVisible();
  await still.getByLabel("From", { exact: true }).fill("2020-01-01T10:30");
  await still.getByRole("searchbox").fill("nobody-of-that-name");
  await still.getByRole("button", { name: "Search", exact: true }).click();
  await expect(still.getByText("No event matches.")).toBeVisible();
  await expect(still.getByLabel("From", { exact: true })).toHaveValue("2020-01-01T10:30");
  await plain.close();
});
