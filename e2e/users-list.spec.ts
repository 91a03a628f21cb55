import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { expect, row, signIn, test } from "./support/fixtures";

test("the list is narrowed, turned round, and taken along as it is narrowed", async ({
  asAdmin,
  stage,
}) => {
  const { page } = await asAdmin();
  const mark = `list${Date.now()}`;
  const names = ["a", "b", "c"].map((end) => `${mark}-${end}`);
  for (const name of names) await stage.createUser({ name, email: `${name}@example.com` });
  const shown = page.getByRole("table").getByRole("link", { name: new RegExp(`^${mark}`) });

  await page.goto("/identity/users");
  // By a part of the address, too.
  for (const [typed, found] of [
    [mark, names],
    [`${mark}-b@exam`, [`${mark}-b`]],
  ] as const) {
    await page.getByRole("searchbox").fill(typed);
    await expect(shown).toHaveText([...found]);
  }
  await page.goto(`/identity/users?search=${mark}`);
  await page
    .getByRole("columnheader", { name: /^User name/ })
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(/sort=-name/);
  await expect(shown).toHaveText(names.toReversed());
  await page.getByLabel("State").selectOption({ label: "Blocked" });
  await expect(shown).toHaveCount(0);
  await page.getByLabel("State").selectOption({ label: "Active" });
  await page.getByLabel("Second factor").selectOption({ label: "No second factor" });
  await expect(page).toHaveURL(/factor=none/);
  await expect(shown).toHaveText(names.toReversed());
  await page.getByLabel("Kind").selectOption({ label: "Service" });
  await expect(shown).toHaveCount(0);
  await page.getByLabel("Kind").selectOption({ label: "Local" });
  await expect(shown).toHaveText(names.toReversed());
  await page.getByLabel("Credentials").selectOption({ label: "Credentials older than 90 days" });
  await expect(page.getByText("of those you filter for")).toBeVisible();
  await page.getByLabel("Credentials").selectOption({ label: "Any credentials" });
  await expect(shown).toHaveText(names.toReversed());

  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  const [head = "", ...lines] = (await readFile(await csv.path(), "utf8")).trimEnd().split("\r\n");
  expect(head).toMatch(/^id,name,kind,state,description,email,/);
  expect(lines.map((line) => line.split(",")[1]).toSorted()).toEqual(names);
  expect(lines.every((line) => line.includes("@example.com"))).toBe(true);
  const [objects] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export JSON lines" }).click(),
  ]);
  const people = (await readFile(await objects.path(), "utf8")).trimEnd().split("\n");
  expect(people.map((line) => JSON.parse(line).name).toSorted()).toEqual(names);
});

test("users, groups and the members of one are leafed through, each once", async ({
  asAdmin,
  stage,
}) => {
  const { page } = await asAdmin();
  const mark = `leaf${Date.now()}`;
  const names = Array.from({ length: 52 }, (_, n) => `${mark}-${String(n).padStart(2, "0")}`);
  const ids = await Promise.all(names.map(async (name) => (await stage.createUser({ name })).id));
  const [full = ""] = await Promise.all([
    stage.makeGroup(`${mark}-full`, ...ids),
    ...names.map((name) => stage.makeGroup(name)),
  ]);
  const shown = page.getByRole("table").getByRole("link", { name: new RegExp(`^${mark}-`) });
  for (const [path, all] of [
    [`/identity/users?search=${mark}`, names],
    [`/identity/groups?search=${mark}`, [...names, `${mark}-full`]],
    [`/identity/groups/${full}`, names],
  ] as const) {
    await page.goto(path);
    const seen = await shown.allInnerTexts();
    expect(seen).toHaveLength(50);
    const next = page.getByRole("link", { name: "Next page" });
    await next.click();
    await expect(shown).toHaveCount(all.length - 50);
    await expect(next).toHaveCount(0);
    seen.push(...(await shown.allInnerTexts()));
    expect(seen.toSorted()).toEqual(all.toSorted());
    await page.getByRole("link", { name: "First page" }).click();
    await expect(shown).toHaveCount(50);
  }
});

test("what is done to many at once reaches each of them in their own browser", async ({
  asUser,
  asAdmin,
  stage,
}) => {
  test.slow();
  const { person, page: own } = await asUser();
  const groupName = `bulk-${Date.now()}`;
  await stage.makeGroup(groupName);
  await own.goto("/profile/groups");
  const { page } = await asAdmin();

  const act = async (
    verb: string,
    fill: (dialog: ReturnType<typeof dialogOf>) => Promise<unknown>,
  ) => {
    await page.goto(`/identity/users?search=${person.name}`);
    await page.getByLabel(`Select ${person.name}`).check();
    await page.getByRole("button", { name: verb }).click();
    const dialog = dialogOf(page, verb);
    await fill(dialog);
    await dialog.getByRole("button", { name: verb }).click();
    await expect(dialog.getByText("1 of 1 done")).toBeVisible();
    await dialog.getByRole("button", { name: "Close" }).click();
    await expect(dialog).toBeHidden();
  };

  await act("Add to group", (dialog) => dialog.getByLabel("Group").fill(groupName));
  await own.reload();
  await expect(row(own, groupName)).toBeVisible();

  await act("Suspend", (dialog) => dialog.getByLabel("Reason").fill("The project is over"));
  await expect(row(page, person.name)).toContainText("Suspended");
  await own.getByRole("link", { name: /^Details/ }).click();
  await expect(own).toHaveURL(/\/sign-in/);

  await act("Activate", (dialog) => dialog.getByLabel("Reason").fill("It goes on"));
  await expect(row(page, person.name)).toContainText("Active");
  await signIn(own, person.name, person.password);
  await expect(own).toHaveURL(/\/profile\//);
  await own.goto("/profile/activity");
  await expect(row(own, "Suspended the user")).toContainText("Reason: The project is over");
  await expect(row(own, "Activated the user")).toContainText("Reason: It goes on");
});

const dialogOf = (page: Page, verb: string) =>
  page.getByRole("dialog", { name: `${verb}: 1 user` });
