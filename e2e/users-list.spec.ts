import { readFile } from "node:fs/promises";

import { expect, test } from "./support/fixtures";

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
  await page.getByLabel("Credentials").selectOption({ label: "No second factor" });
  await expect(shown).toHaveText(names.toReversed());

  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  const [head = "", ...lines] = (await readFile(await csv.path(), "utf8")).trimEnd().split("\r\n");
  expect(head).toMatch(/^id,name,kind,state,description,email,/);
  expect(lines.map((line) => line.split(",")[1]).toSorted()).toEqual(names);
  expect(lines.every((line) => line.includes("@example.com"))).toBe(true);
});
