import { expect, giveReason, problem, row, test } from "./support/fixtures";

test("a user at a limit asks for more with one click, an administrator grants it, and there is room", async ({
  asAdmin,
  asUser,
  stage,
}) => {
  const { person, page: own } = await asUser();
  for (const description of ["first", "second"])
    await stage.api("POST", `/users/${person.id}/authTokens`, { description });
  await own.goto("/profile/auth-tokens");
  const generate = own.getByRole("button", { name: "Generate Token" });
  await expect(generate).toHaveAttribute("aria-disabled", "true");
  await expect(own.getByText("Delete one, or request a higher limit.")).toBeVisible();
  await own.getByRole("button", { name: "Request a higher limit" }).click();
  await expect(own.getByText("You asked for a higher limit.")).toBeVisible();
  await own.getByRole("button", { name: "Add a note" }).click();
  const note = own.getByRole("dialog", { name: "Add a note to your request" });
  const why = `for ${person.name}`;
  await note.getByLabel("Note").fill(why);
  await note.getByRole("button", { name: "Send note" }).click();
  await expect(note).toBeHidden();

  const [first, second] = [await asAdmin(), await asAdmin()];
  await second.page.goto("/identity/limit-requests");
  await first.page.goto("/profile/details");
  await first.page.getByRole("link", { name: /^Limit requests .*waiting$/ }).click();
  const rowOf = ({ page }: typeof first) =>
    page.getByRole("table", { name: "Limit requests" }).getByRole("row", { name: person.name });
  await expect(rowOf(first)).toContainText(why);
  await expect(rowOf(first)).toContainText("2 of 2 used");
  await rowOf(first).getByRole("button", { name: "Actions" }).click();
  await first.page.getByRole("menuitem", { name: "Grant" }).click();
  const grant = first.page.getByRole("dialog", { name: `Grant “${person.name}” more` });
  await expect(grant.getByLabel("New limit")).toHaveValue("3");
  await grant.getByLabel("New limit").fill("2");
  await grant.getByRole("button", { name: "Grant" }).click();
  await expect(grant.getByText("Enter a number above 2")).toBeVisible();
  await grant.getByLabel("New limit").fill("4");
  await grant.getByRole("button", { name: "Grant" }).click();
  await expect(grant).toBeHidden();
  await expect(rowOf(first)).toHaveCount(0);
  await expect(first.page.locator("body")).not.toBeFocused();

  await rowOf(second).getByRole("button", { name: "Actions" }).click();
  await second.page.getByRole("menuitem", { name: "Decline" }).click();
  const decline = second.page.getByRole("dialog", { name: /^Decline the request/ });
  await decline.getByRole("button", { name: "Decline" }).click();
  await expect(decline.getByText("Somebody decided this request meanwhile.")).toBeVisible();

  await own.reload();
  await expect(own.getByText("2 of 4 used").first()).toBeVisible();
  await generate.click();
  const form = own.getByRole("dialog", { name: "Generate Token" });
  await form.getByLabel("Description").fill("third");
  await form.getByRole("button", { name: "Generate Token" }).click();
  await expect(own.getByText("This is the only time the token is shown.")).toBeVisible();
});

test("a request is declined with a word to the user, who reads of it and may ask again", async ({
  asAdmin,
  asUser,
  stage,
}) => {
  const { person, page: own } = await asUser();
  for (const displayName of ["first", "second"])
    await stage.api("POST", `/users/${person.id}/customerSecretKeys`, { displayName });
  await own.goto("/profile/customer-secret-keys");
  await own.getByRole("button", { name: "Request a higher limit" }).click();
  await expect(own.getByText("You asked for a higher limit.")).toBeVisible();
  const { page } = await asAdmin();
  await page.goto("/identity/limit-requests");
  await row(page, person.name).getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Decline" }).click();
  const decline = page.getByRole("dialog", { name: `Decline the request of “${person.name}”` });
  await decline.getByLabel("Message to the user").fill("Two are enough");
  await decline.getByRole("button", { name: "Decline" }).click();
  await expect(decline).toBeHidden();
  await expect(row(page, person.name)).toHaveCount(0);
  await own.reload();
  await expect(own.getByRole("button", { name: "Request a higher limit" })).toBeVisible();
  await own.goto("/profile/activity");
  await expect(row(own, "Declined a higher limit of customer secret keys")).toBeVisible();
});

test("an administrator gives a user a limit of their own and takes it back", async ({
  asAdmin,
  asUser,
}) => {
  const { person, page: own } = await asUser();
  const { page } = await asAdmin();
  await page.goto(`/identity/users/${person.id}/api-keys`);
  const edit = async (text: string) => {
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Edit limits" }).click();
    const dialog = page.getByRole("dialog", { name: `Limits of “${person.name}”` });
    await dialog.getByLabel("API keys").fill(text);
    await dialog.getByRole("button", { name: "Save limits" }).click();
    return dialog;
  };
  const refused = await edit("0");
  await expect(refused.getByText("Enter a whole number from 1 to 50.")).toBeVisible();
  await refused.getByRole("button", { name: "Cancel" }).click();
  const raised = await edit("5");
  await giveReason(page, "Three machines more");
  await expect(raised).toBeHidden();
  await expect(page.getByText("0 of 5 used").first()).toBeVisible();
  await page.goto("/identity/settings");
  const exceptions = page.getByRole("table", { name: "Users with limits of their own" });
  await expect(exceptions.getByRole("row", { name: person.name })).toContainText("API keys: 5");
  await exceptions.getByRole("link", { name: person.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: person.name })).toBeVisible();
  await own.goto("/profile/api-keys");
  await expect(own.getByText("0 of 5 used").first()).toBeVisible();
  await expect(problem(own)).toHaveCount(0);
  await own.goto("/profile/activity");
  await expect(row(own, "Changed the limits of the user")).toContainText("Three machines more");
  const lowered = await edit("");
  await giveReason(page);
  await expect(lowered).toBeHidden();
  await page.goto(`/identity/users/${person.id}/api-keys`);
  await expect(page.getByText("0 of 3 used").first()).toBeVisible();
});
