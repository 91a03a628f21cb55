import {
  expect,
  expectAccessible,
  giveReason,
  holdActions,
  problem,
  row,
  signIn,
  test,
} from "./support/fixtures";

test("an administrator creates a user, gives a one-time password once, and the user gets in with it", async ({
  asAdmin,
  visitor,
}) => {
  const { page } = await asAdmin();
  const name = `maria-${Date.now()}`;
  await page.goto("/identity/users");
  await page.getByRole("button", { name: "Create user" }).click();
  const dialog = page.getByRole("dialog", { name: "Create user" });
  await dialog.getByLabel("User name").fill("not a name");
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(dialog.getByLabel("User name")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("User name").fill(name);
  await dialog.getByLabel("Description").fill("Maria of accounting");
  await dialog.getByLabel("Later").check();
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();

  await page.getByRole("button", { name: "Create/Reset Password" }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: "Create/Reset Password" })
    .click();
  await giveReason(page);
  const reveal = page.getByRole("dialog", { name: /One-time password/ });
  const oneTime = (
    await reveal.getByRole("group", { name: "one-time password" }).innerText()
  ).replaceAll(/\s/g, "");
  expect(oneTime).toHaveLength(20);
  await reveal.getByLabel("I have saved it").check();
  await reveal.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(await page.content()).not.toContain(oneTime);

  await visitor.page.goto("/sign-in");
  await signIn(visitor.page, name, oneTime);
  await expect(visitor.page).toHaveURL(/\/change-password$/);

  await page.goto("/identity/users");
  await page.getByRole("searchbox").fill(name.slice(2));
  await expect(row(page, name)).toBeVisible();
  await expect(page).toHaveURL(/search=/);
  await row(page, name).getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
});

test("a new user's one-time password is shown right after they were created", async ({
  asAdmin,
  visitor,
}) => {
  const { page } = await asAdmin();
  const name = `nora-${Date.now()}`;
  await page.goto("/identity/users");
  await page.getByRole("button", { name: "Create user" }).click();
  const dialog = page.getByRole("dialog", { name: "Create user" });
  await dialog.getByLabel("User name").fill(name);
  await expectAccessible(page);
  const goOn = await holdActions(page);
  await dialog.getByRole("button", { name: "Create user" }).click();
  // Who is being made is not unmade by it, and would be left without the password.
  await dialog.getByRole("button", { name: "Cancel" }).click({ force: true });
  await page.keyboard.press("Escape");
  goOn();
  const reveal = page.getByRole("dialog", { name: `One-time password for “${name}”` });
  const oneTime = (
    await reveal.getByRole("group", { name: "one-time password" }).innerText()
  ).replaceAll(/\s/g, "");
  await reveal.getByLabel("I have saved it").check();
  await reveal.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  expect(await page.content()).not.toContain(oneTime);
  await visitor.page.goto("/sign-in");
  await signIn(visitor.page, name, oneTime);
  await expect(visitor.page).toHaveURL(/\/change-password$/);
});

test("an edit sends what was edited, and leaves alone what somebody else changed meanwhile", async ({
  asAdmin,
  stage,
}) => {
  const { page } = await asAdmin();
  const { id, name } = await stage.createUser({ email: "former@example.com" });
  await page.goto(`/identity/users/${id}/details`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Edit", exact: true }).click();
  const form = page.getByRole("dialog", { name: `Edit “${name}”` });
  const { email } = await stage.api("PUT", `/users/${id}`, { email: "new@example.com" });
  await form.getByLabel("Description").fill("Counts the money");
  await form.getByRole("button", { name: "Save changes" }).click();
  await expect(form).toBeHidden();
  await expect(page.locator("main")).toContainText("Counts the money");
  expect((await stage.api("GET", `/users/${id}`))["email"]).toBe(email);
});

test("a service user has an owner and a deputy, keys, and no password", async ({
  asAdmin,
  asUser,
}) => {
  const [{ person: owner }, { person: deputy }] = [await asUser(), await asUser()];
  const { page } = await asAdmin();
  const name = `robot-${Date.now()}`;
  await page.goto("/identity/users");
  await page.getByRole("button", { name: "Create user" }).click();
  const dialog = page.getByRole("dialog", { name: "Create user" });
  await dialog.getByLabel("Service").check();
  await dialog.getByLabel("User name").fill(name);
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(dialog.getByLabel("Owner")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("Owner").fill("nobody-of-that-name");
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(dialog.getByText("There is no user “nobody-of-that-name”.")).toBeVisible();
  await dialog.getByLabel("Owner").fill(owner.name);
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByRole("button", { name: "More" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Create/Reset Password" })).toHaveCount(0);
  await expect(page.locator("main")).toContainText(owner.name);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Edit", exact: true }).click();
  const form = page.getByRole("dialog", { name: `Edit “${name}”` });
  await form.getByLabel("Deputy").fill(deputy.name.slice(0, -1));
  await form.getByRole("option", { name: deputy.name }).click();
  await form.getByRole("button", { name: "Save changes" }).click();
  await giveReason(page);
  await page.getByRole("main").getByRole("link", { name: deputy.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: deputy.name })).toBeVisible();
});

test("tags are given, shown and taken away again", async ({ asAdmin, stage }) => {
  const { page } = await asAdmin();
  const { id, name } = await stage.createUser();
  await stage.api("PUT", `/users/${id}`, { definedTags: { Operations: { CostCenter: 42 } } });
  await page.goto(`/identity/users/${id}/details`);
  await expect(page).toHaveTitle(`Details · ${name} · Latchkey`);
  const open = async () => {
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Edit tags" }).click();
    return page.getByRole("dialog", { name: `Tags of “${name}”` });
  };
  const dialog = await open();
  await dialog.getByRole("button", { name: "+ Another Tag" }).click();
  const second = dialog.getByRole("group", { name: "Tag 2" });
  await dialog.getByRole("button", { name: "Save tags" }).click();
  await expect(second.getByLabel("Key")).toHaveAttribute("aria-invalid", "true");
  await second.getByLabel("Key").fill("team");
  await second.getByLabel("Value").fill("<b>blue</b>");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save tags" }).click();
  await expect(page.locator("main")).toContainText("team: <b>blue</b>");
  await expect(page.locator("main")).toContainText("Operations.CostCenter: 42");
  expect(await stage.api("GET", `/users/${id}`)).toMatchObject({
    freeformTags: { team: "<b>blue</b>" },
    definedTags: { Operations: { CostCenter: 42 } },
  });
  const again = await open();
  await again.getByRole("button", { name: "Remove tag 1" }).click();
  await again.getByRole("button", { name: "Save tags" }).click();
  await expect(page.locator("main")).not.toContainText("team:");
});

test("whoever is no administrator finds neither the list nor another person", async ({
  asUser,
  stage,
  complaints,
}) => {
  complaints.expect(404, "/identity/users");
  const { page } = await asUser();
  const other = await stage.createUser();
  for (const path of [
    "/identity/users",
    `/identity/users/${other.id}`,
    `/identity/users/${other.id}/api-keys`,
    "/identity/users/ocid1.user.local..nobody",
  ]) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(page.locator("main")).not.toContainText(other.name);
  }
  // Before any JavaScript: the console around it, what happened, and the way back.
  for (const path of [
    `/identity/users/${other.id}/details`,
    "/identity/nowhere",
    "/profile/nowhere",
  ]) {
    const response = await page.request.get(path);
    const html = (await response.text()).replaceAll(/<script.*?<\/script>/gs, "");
    expect(response.status(), path).toBe(404);
    for (const part of [
      /<title>Not found · Latchkey/,
      /<h1[^>]*>Nothing to see here/,
      /Go to my profile/,
      /aria-label="Main"/,
    ])
      expect(html, path).toMatch(part);
    expect(html).not.toContain(other.name);
  }
  await page.goto("/profile/details");
  await expect(page.getByRole("link", { name: "Users" })).toHaveCount(0);
});

test("a proof of identity that is older than a quarter of an hour is asked for again", async ({
  asUser,
  stage,
  browser,
}) => {
  const { person } = await asUser();
  const context = await browser.newContext({ baseURL: stage.url });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await signIn(page, person.name, person.password);
  await expect(page).toHaveURL(/\/profile/);
  await stage.ageProofs(person.id);
  await page.goto("/profile/auth-tokens");
  await page.getByRole("button", { name: "Generate Token" }).click();
  const form = page.getByRole("dialog", { name: "Generate Token" });
  await form.getByLabel("Description").fill("after lunch");
  await form.getByRole("button", { name: "Generate Token" }).click();
  await page.getByLabel("Password", { exact: true }).fill("not my password");
  await page.keyboard.press("Enter");
  await expect(page.getByText("This is not your password.").first()).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.keyboard.press("Enter");
  await expect(page.getByText("This is the only time the token is shown.")).toBeVisible();
  await context.close();
});

test("a session ends on the security page, at once", async ({ asUser, stage, browser }) => {
  const { person, page } = await asUser();
  const other = await browser.newContext({ baseURL: stage.url });
  const second = await other.newPage();
  await second.goto("/sign-in");
  await signIn(second, person.name, person.password);
  await expect(second).toHaveURL(/\/profile/);
  const third = await (await browser.newContext({ baseURL: stage.url })).newPage();
  await third.goto("/sign-in");
  await signIn(third, person.name, person.password);
  await expect(third).toHaveURL(/\/profile/);
  await page.goto("/profile/security");
  const sessions = page.getByRole("table", { name: "Sessions" });
  const end = sessions.getByRole("button", { name: "Sign out" });
  await expect(end).toHaveCount(2);
  await end.first().click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText(/The session from [\d.:a-f]+ ends at once/);
  const wordsToTheEnd = question.evaluate(async (dialog) => {
    const said = new Set<string | null>();
    for (; dialog.isConnected; await new Promise(requestAnimationFrame))
      said.add(dialog.textContent);
    return said.size;
  });
  await question.getByRole("button", { name: "Cancel" }).click();
  expect(await wordsToTheEnd).toBe(1);
  await end.first().click();
  await question.getByRole("button", { name: "Sign out" }).click();
  await expect(end).toHaveCount(1);
  await expect(question).toHaveCount(0);
  await expect(page.locator("body")).not.toBeFocused();
  await page.getByRole("button", { name: /everywhere else/ }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /Sign out|End/ })
    .last()
    .click();
  await expect(async () => {
    await second.goto("/profile/details");
    await expect(second).toHaveURL(/\/sign-in/, { timeout: 1_000 });
  }).toPass();
  await page.goto("/profile/security");
  await expect(problem(page)).toHaveCount(0);
  await other.close();
  await third.context().close();
});
