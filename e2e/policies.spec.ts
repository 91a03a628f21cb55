import { randomUUID } from "node:crypto";

import { expect, expectAccessible, giveReason, row, test } from "./support/fixtures";

const some = (what: string) => `${what}-${randomUUID().slice(0, 8)}`;

test("a help desk gets exactly what a policy gives, with the next request, and loses it so", async ({
  asAdmin,
  asUser,
  stage,
  complaints,
}) => {
  complaints.expect(404, /^\/identity\/(users|groups|policies)/);
  test.slow();
  const { page: admin, person: administrator } = await asAdmin();
  const { page: desk, person } = await asUser();
  const group = some("HelpDesk");
  await stage.makeGroup(group, person.id);
  const other = await stage.createUser({ email: `${some("other")}@example.com` });
  expect((await desk.goto("/identity/users"))?.status()).toBe(404);

  const name = some("Desk");
  await admin.goto("/identity/policies");
  await admin.getByRole("link", { name: "Create Policy" }).click();
  await admin.getByLabel("Name").fill(name);
  const field = admin.getByLabel("Statements");
  await field.click();
  await field.pressSequentially("al");
  await field.press("ArrowDown");
  await field.press("Enter");
  await expect(field).toHaveValue("Allow ");
  await field.pressSequentially(`group ${group.slice(0, 12)}`);
  await admin.getByRole("option", { name: group }).click();
  await expect(field).toHaveValue(`Allow group ${group} `);
  await field.pressSequentially("to manage usres in tenancy");
  await field.blur();
  const told = admin.locator("main [role=alert]").filter({ hasText: "usres" });
  await expect(told).toContainText("Did you mean “users”?");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(admin);
  await admin.getByRole("button", { name: "Create Policy" }).click();
  await expect(field).toBeFocused();
  await told.getByRole("button", { name: /^Statement 1, character/ }).click();
  await admin.keyboard.type("users");
  await expect(told).toHaveCount(0);
  await admin.getByRole("button", { name: "Create Policy" }).click();
  await expect(admin.getByRole("heading", { name, level: 1 })).toBeVisible();

  // Users and what is theirs, and nothing else of what administrators have.
  await desk.goto("/identity/users");
  await expect(desk.getByRole("button", { name: "Create user" })).toBeVisible();
  const navigation = desk.getByRole("navigation", { name: "Main" });
  await expect(navigation.getByRole("link", { name: "Users" })).toBeVisible();
  for (const place of ["Groups", "Policies", "OAuth resources", "Audit"])
    await expect(navigation.getByRole("link", { name: place })).toHaveCount(0);
  for (const path of ["/identity/groups", "/identity/policies", "/identity/policies/create"])
    expect((await desk.goto(path))?.status(), path).toBe(404);
  await desk.goto(`/identity/users/${other.id}/details`);
  const reset = desk.getByRole("button", { name: "Create/Reset Password" });
  await reset.click();
  await desk
    .getByRole("alertdialog")
    .getByRole("button", { name: "Create/Reset Password" })
    .click();
  await giveReason(desk);
  const reveal = desk.getByRole("dialog", { name: /One-time password/ });
  await reveal.getByLabel("I have saved it").check();
  await reveal.getByRole("button", { name: "Close" }).click();
  await expect(reveal).toBeHidden();
  // They see whoever holds more, and are offered nothing to do to them.
  await desk.goto(`/identity/users/${administrator.id}/details`);
  await expect(desk.getByRole("heading", { name: administrator.name })).toBeVisible();
  await expect(reset).toHaveCount(0);
  await desk.getByRole("button", { name: "More" }).click();
  const menu = desk.getByRole("menu");
  await expect(menu).toContainText("Edit");
  for (const act of [
    "Edit capabilities",
    "Edit limits",
    "Suspend",
    "Delete",
    "Sign out everywhere",
  ])
    await expect(menu.getByRole("menuitem", { name: act })).toHaveCount(0);

  await admin.getByRole("button", { name: "More" }).click();
  await admin.getByRole("menuitem", { name: "Delete" }).click();
  await admin.getByRole("alertdialog").getByRole("button", { name: "Delete policy" }).click();
  await expect(admin).toHaveURL(/\/identity\/policies$/);
  await expect(admin.getByRole("link", { name })).toHaveCount(0);
  expect((await desk.goto("/identity/users"))?.status()).toBe(404);
});

test("who writes policies is shown no more than they may do, and warned before they give too much", async ({
  asUser,
  stage,
}) => {
  const { page, person } = await asUser();
  const group = some("Writers");
  await stage.makeGroup(group, person.id);
  const policyId = await stage.makePolicy(
    `Allow group ${group} to manage policies in tenancy`,
    `Allow group ${group} to inspect groups in tenancy`,
  );
  await page.goto(`/identity/policies/${policyId}`);
  const field = page.getByLabel("Statements");
  await field.click(); // A press on a key does not wait until the form takes any.
  await field.press("Control+End");
  await field.pressSequentially(`\nAllow group ${group} to manage users in tenancy`);
  const warning = page.getByRole("note").filter({ hasText: "you do not hold" });
  await expect(warning).toContainText("Statement 3: it is refused");
  await page.getByRole("button", { name: "Save Changes" }).click();
  await expect(page.locator("main [role=alert]").first()).toContainText("not yours to see or do");
  await field.fill(
    (await field.inputValue()).replace("to manage users in", "to manage policies in"),
  );
  await page.getByLabel("Version date").fill("2026-01-31");
  await page.getByRole("button", { name: "Save Changes" }).click();
  await expect(page.getByText("Changes saved. They are in force.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Version date")).toHaveValue("2026-01-31");
  await expect(field).toHaveValue(/manage policies in tenancy$/);

  await page.goto("/identity/policies");
  await expect(page.getByRole("link", { name: "Explain" })).toHaveCount(0);
  await page.getByRole("link", { name: "Tenant Admin Policy" }).click();
  await expect(page.getByText("1 statement; this policy stays as it is")).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "More" })).toHaveCount(0);
});

test("of two who change one policy the second is told", async ({ asAdmin, stage }) => {
  const policyId = await stage.makePolicy("Allow group X to inspect users in tenancy");
  const [{ page: first }, { page: second }] = [await asAdmin(), await asAdmin()];
  for (const page of [first, second]) await page.goto(`/identity/policies/${policyId}`);
  const groups = second.getByRole("link", { name: "Groups", exact: true });
  await groups.click();
  await expect(second.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
  await second.goBack();
  for (const page of [first, second])
    await page.getByLabel("Statements").fill("Allow group Y to inspect users in tenancy");
  const save = first.getByRole("button", { name: "Save Changes" });
  await save.click();
  await expect(first.getByText("Changes saved. They are in force.")).toBeVisible();
  // Saved once more, whether or not the first change has been read again, it is a change of what was saved first.
  await first.getByLabel("Description").fill("in Y's words");
  await save.press("Enter");
  const description = async () => (await stage.api("GET", `/policies/${policyId}`))["description"];
  await expect.poll(description).toBe("in Y's words");
  // The attribute is what was read again.
  await expect(first.getByLabel("Description")).toHaveAttribute("value", "in Y's words");
  await expect(save).toBeFocused();
  await second.getByRole("button", { name: "Save Changes" }).click();
  await expect(second.locator("main [role=alert]").first()).toContainText(
    "Somebody has changed it meanwhile",
  );

  // What was typed is not lost by a press on a link, nor by going forward, unless that is meant.
  const question = second.getByRole("alertdialog", { name: "Leave without saving?" });
  for (const leave of [() => groups.click(), () => second.evaluate(() => history.forward())]) {
    await leave();
    await expectAccessible(second);
    await question.getByRole("button", { name: "Stay" }).click();
    await expect(question).toBeHidden();
    await expect(second.getByLabel("Statements")).toHaveValue(/group Y/);
  }
  await groups.click();
  await question.getByRole("button", { name: "Leave" }).click();
  await expect(second.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
  // Whoever has saved is not asked.
  await first.getByRole("link", { name: "Groups", exact: true }).click();
  await expect(first.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
});

test("Explain answers with the statements that decide, at an address that can be sent", async ({
  asAdmin,
  stage,
}) => {
  const { page, person: administrator } = await asAdmin();
  const [member, other] = [await stage.createUser(), await stage.createUser()];
  const group = some("Desk");
  await stage.makeGroup(group, member.id);
  const statement = `Allow group ${group} to manage users in tenancy`;
  await stage.makePolicy(statement);

  await page.goto("/identity/policies");
  await page.getByRole("link", { name: "Explain" }).click();
  const user = page.getByRole("combobox", { name: "May this user" });
  await user.fill(member.name.slice(2));
  await page.getByRole("option", { name: member.name }).click();
  await page.getByLabel("Do this").selectOption({ label: "Create or reset console password" });
  await page.getByRole("combobox", { name: "To the user" }).fill(other.name);
  await page.getByRole("button", { name: "Explain" }).click();
  await expect(page.getByRole("heading", { name: /^Yes: / })).toBeVisible();
  await expect(row(page, statement)).toContainText("gives");
  await expect(page).toHaveURL(new RegExp(`user=${member.name}`));
  await expectAccessible(page);

  const address = page
    .url()
    .replace(`targetUser=${other.name}`, `targetUser=${administrator.name}`);
  await page.goto(address);
  await expect(page.getByRole("heading", { name: /^No: / })).toBeVisible();
  await expect(page.getByText(`${administrator.name} holds more`)).toBeVisible();
  await page.goto(address.replace(/targetUser=[^&]*/, `targetUser=${member.name}`));
  await expect(page.getByText(/Everybody may do this to themselves/)).toHaveCount(0);
  await page.goto("/identity/policies/explain?user=nobody-here&operation=GetUser&targetUser=");
  await expect(page.locator("main [role=alert]")).toHaveText([
    "No user has this name or OCID.",
    "Name the user it is done to.",
  ]);
});
