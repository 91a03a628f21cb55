import { expect, expectAccessible, row, signIn, test } from "./support/fixtures";
import { mailsTo } from "./support/people";

test("an administrator suspends several users at once, is told of each, and repeats what failed", async ({
  stage,
  asAdmin,
}) => {
  const { page, person: admin } = await asAdmin();
  const mark = `bulk${Date.now()}`;
  const names = ["a", "b", "c"].map((end) => `${mark}-${end}`);
  for (const name of names) await stage.createUser({ name });
  await page.goto(`/identity/users?search=${mark}`);
  await page.getByLabel("Select all on this page").check();
  await expect(page.getByText("3 selected")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Suspend" }).click();
  const dialog = page.getByRole("dialog", { name: "Suspend: 3 users" });
  await dialog.getByRole("button", { name: "Suspend" }).click();
  await expect(dialog.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("Reason").fill("The project is over");
  await dialog.getByRole("button", { name: "Suspend" }).click();
  await expect(dialog.getByText("3 of 3 done")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  for (const name of names) await expect(row(page, name)).toContainText("Suspended");

  await page.goto(`/identity/users?search=${admin.name}`);
  await page.getByLabel(`Select ${admin.name}`).check();
  await page.getByRole("button", { name: "Suspend" }).click();
  const own = page.getByRole("dialog", { name: "Suspend: 1 user" });
  await own.getByLabel("Reason").fill("myself");
  await own.getByRole("button", { name: "Suspend" }).click();
  await expect(own.getByText("You cannot suspend yourself.")).toBeVisible();
  await expect(own.getByText("0 of 1 done; 1 not")).toBeVisible();
  await own.getByRole("button", { name: "Repeat for 1" }).click();
  await expect(own.getByText("0 of 1 done; 1 not")).toBeVisible();
});

test("passwords of several users are reset, each shown once, and the way out asks", async ({
  stage,
  asAdmin,
  visitor,
}) => {
  const { page } = await asAdmin();
  const mark = `reset${Date.now()}`;
  const names = ["a", "b"].map((end) => `${mark}-${end}`);
  for (const name of names) await stage.createUser({ name });
  await page.goto(`/identity/users?search=${mark}`);
  await page.getByLabel("Select all on this page").check();
  await page.getByRole("button", { name: "Reset password" }).click();
  const dialog = page.getByRole("dialog", { name: "Reset password: 2 users" });
  await dialog.getByLabel("Reason").fill("First day");
  await dialog.getByRole("button", { name: "Reset password" }).click();
  await expect(dialog.getByText("2 of 2 done")).toBeVisible();
  const secret = await dialog.getByRole("row").nth(1).locator("code").innerText();
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Go back" }).click();
  await dialog.getByLabel("I have saved them").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(await page.content()).not.toContain(secret);
  await visitor.page.goto("/sign-in");
  await signIn(visitor.page, names[0] ?? "", secret);
  await expect(visitor.page).toHaveURL(/\/change-password$/);
});

test("a bulk reset whose session ends keeps the passwords it has shown, and a declined proof is asked once", async ({
  stage,
  browser,
}) => {
  const { person } = await stage.settledPerson({ isAdministrator: true });
  const context = await browser.newContext({ baseURL: stage.url });
  const page = await context.newPage();
  const mark = `halted${Date.now()}`;
  await stage.createUser({ name: `${mark}-a` });
  const leavers = [
    await stage.createUser({ name: `${mark}-b` }),
    await stage.createUser({ name: `${mark}-c` }),
  ];
  await page.goto(`/identity/users?search=${mark}&sortBy=NAME`);
  await signIn(page, person.name, person.password);
  await page.getByLabel("Select all on this page").check();
  // Deleted while they were chosen: these stay to be repeated.
  for (const { id } of leavers) await stage.api("DELETE", `/users/${id}`);
  await page.getByRole("button", { name: "Reset password" }).click();
  const dialog = page.getByRole("dialog", { name: "Reset password: 3 users" });
  await dialog.getByLabel("Reason").fill("First day");
  await dialog.getByRole("button", { name: "Reset password" }).click();
  await expect(dialog.getByText("1 of 3 done; 2 not")).toBeVisible();
  const secret = await dialog
    .getByRole("row", { name: `${mark}-a` })
    .locator("code")
    .innerText();

  await stage.ageProofs(person.id);
  await dialog.getByRole("button", { name: "Repeat for 2" }).click();
  const question = page.getByRole("dialog", { name: "Confirm that it is you" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog.getByRole("alert")).toContainText("You did not enter your password.");
  await expect(question).toHaveCount(0);
  await expect(dialog.getByText("1 of 3 done; 2 not")).toBeVisible();

  await stage.endSessions(person.id);
  await dialog.getByRole("button", { name: "Repeat for 2" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Your session has ended");
  await expect(dialog.getByText(secret)).toBeVisible();
  await expectAccessible(page);
  const elsewhere = context.waitForEvent("page");
  await dialog.getByRole("link", { name: "Sign in in another tab" }).click();
  const tab = await elsewhere;
  await signIn(tab, person.name, person.password);
  await expect(tab).toHaveURL(/\/profile/);
  await dialog.getByRole("button", { name: "Repeat for 2" }).click();
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await expect(dialog.getByRole("row", { name: `${mark}-b` })).toContainText("Failed");
  await expect(dialog.getByText(secret)).toBeVisible();
  await context.close();
});

test("invitations are sent again to several, and who has no address is told apart", async ({
  stage,
  asAdmin,
}) => {
  const { page } = await asAdmin();
  const mark = `invite${Date.now()}`;
  const email = `${mark}@example.com`;
  await stage.createUser({ name: `${mark}-a`, email });
  await stage.createUser({ name: `${mark}-b` });
  await page.goto(`/identity/users?search=${mark}`);
  await page.getByLabel("Select all on this page").check();
  await page.getByRole("button", { name: "Resend invitation" }).click();
  const dialog = page.getByRole("dialog", { name: "Resend invitation: 2 users" });
  await dialog.getByRole("button", { name: "Resend invitation" }).click();
  await expect(dialog.getByText("1 of 2 done; 1 not")).toBeVisible();
  await expect(dialog.getByRole("row", { name: `${mark}-b` })).toContainText("e-mail address");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, `${mark}-a`)).toContainText("Invited");
  await expect.poll(() => mailsTo(stage.dataDir, email).join("")).toContain("/invitation");
});
