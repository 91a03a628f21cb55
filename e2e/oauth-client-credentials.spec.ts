import { randomUUID } from "node:crypto";

import type { Locator, Page } from "@playwright/test";

import { clickRowAction, expect, expectAccessible, row, test } from "./support/fixtures";

const address = "/profile/oauth-client-credentials";
const button = "Generate OAuth 2.0 client credential";

async function openForm(page: Page): Promise<Locator> {
  await page.goto(address);
  await page.getByRole("button", { name: button }).click();
  const form = page.getByRole("dialog", { name: button });
  await form.getByLabel("Name").fill("nightly report");
  await form.getByLabel("Description").fill("reads the sales data");
  return form;
}

const scope = (form: Locator, number: number) =>
  form.getByRole("group", { name: `Scope ${number}`, exact: true });

async function enter(form: Locator, number: number, audience: string, name: string) {
  const fields = scope(form, number);
  await fields.getByText("Enter Fully Qualified Scope").click();
  await fields.getByLabel("Audience").fill(audience);
  await fields.getByLabel("Scope", { exact: true }).fill(name);
}

const textOf = async (place: Locator) => (await place.innerText()).replaceAll(/\s/g, "");

test("an administrator enters several scopes, gets the secret once and lines to paste at any time", async ({
  asAdmin,
}) => {
  const { page } = await asAdmin();
  const form = await openForm(page);
  await enter(form, 1, "https://analytics.example.com", "urn:opc:resource:consumer::all");
  await form.getByRole("button", { name: "+ Another Scope" }).click();
  await enter(form, 2, "https://analytics.example.com", "urn:opc:resource:consumer::all");
  await expectAccessible(page);
  await form.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(scope(form, 2).getByRole("alert")).toHaveText(
    "This credential has this scope already.",
  );
  await expect(scope(form, 2).getByLabel("Scope", { exact: true })).toBeFocused();
  await form.getByRole("button", { name: "Remove scope 2" }).click();
  await form.getByRole("button", { name: "+ Another Scope" }).click();
  await enter(form, 2, "urn:reports", "read");
  await form.getByRole("button", { name: "Generate", exact: true }).click();

  const dialog = page.getByRole("dialog", { name: /nightly report/ });
  await expect(dialog).toContainText("This is the only time the secret is shown.");
  const secret = await textOf(dialog.getByRole("group", { name: "secret", exact: true }));
  expect(secret).toMatch(/^lkoc_[0-9A-Za-z]{38}$/);
  await expect(dialog.locator("dl")).toContainText(/ocid1\.credential\.local\.\.[a-z2-7]{60}/);
  await expect(dialog.locator("pre")).toContainText(
    "scope=https://analytics.example.com-urn:opc:resource:consumer::all",
  );
  await expectAccessible(page);
  await dialog.getByLabel("I have saved it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(row(page, "nightly report")).toContainText("reads the sales data");
  await page.reload();
  expect(await page.content()).not.toContain(secret);

  await clickRowAction(page, "nightly report", "View configuration file");
  const configuration = page.getByRole("dialog", { name: /Configuration/ });
  await configuration.getByText(".env", { exact: true }).click();
  await expect(configuration.locator("pre")).toContainText("<the secret>");
});

test("who was granted nothing is told so, and may enter no audience of their own", async ({
  asUser,
}) => {
  const { page } = await asUser();
  const form = await openForm(page);
  await expect(scope(form, 1)).toContainText("No scope is granted to you yet.");
  await form.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(form.getByRole("alert")).toContainText("scopes");
  await enter(form, 1, "https://nobody.example.com", "read");
  await form.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(scope(form, 1).getByRole("alert")).toContainText("Nobody registered this audience.");
  await expect(scope(form, 1).getByLabel("Audience")).toBeFocused();
});

/** A resource of its own and the group that has some of its scopes, set up in the console. */
async function registerAndGrant(
  page: Page,
  { group, granted }: { group: string; granted: readonly string[] },
): Promise<{ name: string; audience: string }> {
  const name = `Reports ${randomUUID().slice(0, 6)}`;
  const audience = `https://${randomUUID()}.example.com`;
  await page.goto("/identity/oauth-resources");
  await page.getByRole("button", { name: "Register resource" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Audience").fill(audience);
  await form.getByLabel("Scopes").fill("read\nwrite\nadmin");
  await form.getByRole("button", { name: "Register resource" }).click();
  await expect(form).toBeHidden();
  await clickRowAction(page, name, "Grant scopes");
  await form.getByLabel("Group").selectOption({ label: group });
  for (const scope of granted) await form.getByLabel(scope).check();
  await form.getByRole("button", { name: "Save Changes" }).click();
  await expect(form).toBeHidden();
  return { name, audience };
}

test("who was granted scopes selects resource-scope pairs, and enters one of the resource by hand", async ({
  asAdmin,
  asUser,
  stage,
}) => {
  const { page: keeping } = await asAdmin();
  const { page, person } = await asUser();
  const group = `analysts-${randomUUID().slice(0, 6)}`;
  await stage.makeGroup(group, person.id);
  const { name, audience } = await registerAndGrant(keeping, {
    group,
    granted: ["read", "write"],
  });
  const form = await openForm(page);
  const first = scope(form, 1);
  await expect(first.getByRole("radio", { name: "Select a Resource-Scope Pair" })).toBeChecked();
  // The one resource that there is to choose from is chosen, and its audience filled in.
  await expect(first.getByLabel("Resource", { exact: true })).toHaveValue(audience);
  await expect(first.getByLabel("Resource", { exact: true }).getByRole("option")).toHaveText([
    "Choose a resource",
    name,
  ]);
  await expect(first.getByLabel("Audience", { exact: true })).toHaveValue(audience);
  await expect(first.getByLabel("Audience", { exact: true })).toHaveAttribute("readonly");
  await expect(first.getByLabel("Scope", { exact: true }).getByRole("option")).toHaveText([
    "Choose a scope",
    "read",
    "write",
  ]);
  await form.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(first.getByRole("alert")).toHaveText("Choose or enter a scope.");
  await expectAccessible(page);
  await first.getByLabel("Scope", { exact: true }).selectOption("read");
  await form.getByRole("button", { name: "+ Another Scope" }).click();
  await enter(form, 2, audience, "admin");
  await form.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(scope(form, 2).getByRole("alert")).toContainText("not granted to you");
  await scope(form, 2).getByLabel("Scope", { exact: true }).fill("write");
  await form.getByRole("button", { name: "Generate", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /nightly report/ });
  await dialog.getByLabel("I have saved it").check();
  await expect(dialog.locator("pre")).toContainText(`scope=${audience}-read ${audience}-write`);
});

test("the dialog takes ten scopes and no more", async ({ asAdmin }) => {
  const { page } = await asAdmin();
  const form = await openForm(page);
  const another = form.getByRole("button", { name: "+ Another Scope" });
  for (let number = 1; number < 10; number += 1) await another.click();
  await expect(form.getByText("A credential has at most 10 scopes.")).toBeVisible();
  await expect(another).toHaveAttribute("aria-disabled", "true");
  await form.getByRole("button", { name: "Remove scope 4" }).click();
  await expect(form.getByRole("group", { name: /^Scope \d+$/ })).toHaveCount(9);
});

const analytics = "https://analytics.example.com";

async function openPage(page: Page): Promise<string> {
  await page.goto(address);
  await page.getByRole("link", { name: "nightly report" }).click();
  await expect(page.getByRole("heading", { name: "nightly report", exact: true })).toBeVisible();
  return page.url();
}

test("its page shows the OCID and the scopes to copy, and takes more scopes without a new secret", async ({
  asAdmin,
  stage,
}) => {
  const { page, person, context } = await asAdmin();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { id, secret } = await stage.createClient(person.id);
  expect(await openPage(page)).toBe(`${stage.url}${address}/${id}`);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("main").getByRole("button", { name: "Copy OCID", exact: true }).click();
  await expect.poll(copied).toBe(id);
  const joined = `${analytics}-urn:opc:resource:consumer::all`;
  await page.getByRole("button", { name: `Copy ${joined}` }).click();
  await expect.poll(copied).toBe(joined);

  const remove = page.getByRole("button", { name: /^Remove / });
  await expect(remove).toHaveAttribute("aria-disabled", "true");
  await expect(remove).toHaveAccessibleDescription("A credential keeps at least one scope.");

  await page.getByRole("button", { name: "Add Scopes" }).click();
  const form = page.getByRole("dialog", { name: "Add scopes to “nightly report”" });
  await enter(form, 2, analytics, "urn:opc:resource:consumer::all");
  await form.getByRole("button", { name: "Save Changes" }).click();
  await expect(scope(form, 2).getByRole("alert")).toHaveText(
    "This credential has this scope already.",
  );
  await scope(form, 2).getByLabel("Scope", { exact: true }).fill("read");
  for (let number = 3; number <= 10; number += 1) {
    await form.getByRole("button", { name: "+ Another Scope" }).click();
    await enter(form, number, "urn:reports", `scope-${number}`);
  }
  await expectAccessible(page);
  await form.getByRole("button", { name: "Save Changes" }).click();
  await expect(form).toBeHidden();
  await expect(page.getByRole("button", { name: /^Copy .*-scope-\d+$/ })).toHaveCount(8);
  await expect(page.getByText("A credential has at most 10 scopes.")).toBeVisible();
  await expectAccessible(page);
  const ask = async (wanted: string) => {
    const answer = await page.request.post("/oauth2/token", {
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
      form: { grant_type: "client_credentials", scope: wanted },
    });
    return answer.status();
  };
  // The secret that there was goes on, for the new scopes too.
  expect(await ask(`${analytics}-read`)).toBe(200);

  await page.getByRole("button", { name: `Remove ${analytics}-read` }).click();
  const question = page.getByRole("alertdialog", { name: "Remove a scope from “nightly report”" });
  await expect(question).toContainText(`${analytics}-read`);
  await expectAccessible(page);
  await question.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByRole("button", { name: `Copy ${analytics}-read` })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Add Scopes" })).toBeVisible();
  await expect(question).toBeHidden();
  await expect(page.locator("body")).not.toBeFocused();
  expect(await ask(`${analytics}-read`)).toBe(400);
  expect(await ask("urn:reports-scope-3")).toBe(200);
});

test("a scope that was taken away stays away, also from a credential that is long in use", async ({
  asAdmin,
  stage,
}) => {
  const { page, person } = await asAdmin();
  const pair = (name: string) => ({ audience: analytics, scope: name });
  const { id } = await stage.createClient(person.id, ["a", "b", "c", "d"].map(pair));
  await stage.useOldCredential(id);
  await openPage(page);
  const held = page.getByRole("button", { name: new RegExp(`^Copy ${analytics}-`) });
  const remove = async (name: string) => {
    await page.getByRole("button", { name: `Remove ${analytics}-${name}` }).click();
    const question = page.getByRole("alertdialog");
    await question.getByRole("button", { name: "Remove", exact: true }).click();
    await expect(question).toBeHidden();
  };
  await remove("a");
  await expect(held).toHaveCount(3);
  await remove("b");
  await expect(held).toHaveCount(2);

  await page.getByRole("button", { name: "Add Scopes" }).click();
  const form = page.getByRole("dialog", { name: "Add scopes to “nightly report”" });
  await enter(form, 3, analytics, "e");
  await stage.api("PUT", `/users/${person.id}/oauth2ClientCredentials/${id}`, {
    description: "reads the sales data",
    scopes: [pair("d")],
  });
  await form.getByRole("button", { name: "Save Changes" }).click();
  await expect(form.getByRole("alert")).toContainText("Somebody has changed it meanwhile.");
  await expect(
    page.getByRole("button", { name: `Copy ${analytics}-c`, includeHidden: true }),
  ).toHaveCount(0);
  await form.getByRole("button", { name: "Save Changes" }).click();
  await expect(form).toBeHidden();
  await expect(held).toHaveCount(2);
  for (const left of ["d", "e"])
    await expect(page.getByRole("button", { name: `Copy ${analytics}-${left}` })).toBeVisible();
});

async function regenerate(page: Page): Promise<Locator> {
  const action = "Regenerate Secret";
  await page.getByRole("main").getByRole("button", { name: action }).click();
  const dialog = page.getByRole("dialog", { name: `${action} of “nightly report”` });
  await dialog.getByRole("button", { name: action }).click();
  await expect(dialog.getByRole("alert").first()).toHaveText("Tick this to go on.");
  await dialog.getByLabel("I know that the old secret is refused").check();
  return dialog;
}

async function newSecret(page: Page, asking: Locator): Promise<string> {
  await asking.getByRole("button", { name: "Regenerate Secret" }).click();
  const dialog = page.getByRole("dialog", { name: /nightly report/ });
  await expect(dialog).toContainText("This is the only time the secret is shown.");
  const secret = await textOf(dialog.getByRole("group", { name: "secret", exact: true }));
  await dialog.getByLabel("I have saved it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  return secret;
}

test("its page tries it with a pasted secret, which regenerating replaces at once or after an overlap", async ({
  asAdmin,
  stage,
}) => {
  const { page, person } = await asAdmin();
  const { id, secret } = await stage.createClient(person.id, [
    { audience: analytics, scope: "read" },
    { audience: "urn:reports", scope: "write" },
  ]);
  await openPage(page);
  const form = page.getByRole("form", { name: "Try it" });
  const curl = page.locator("pre").filter({ hasText: "curl" });
  const attempt = async (pasted: string) => {
    await form.getByLabel("Secret", { exact: true }).fill(pasted);
    await form.getByRole("button", { name: "Get token" }).click();
  };
  const claims = page.locator("pre").filter({ hasText: "client_id" });
  const refusal = page.locator("main").getByRole("alert");
  await form.getByRole("button", { name: "Get token" }).click();
  await expect(form.getByText("Paste the secret.")).toBeVisible();
  await attempt("lkoc_no such secret \u{1F600}");
  await expect(refusal).toContainText("invalid_client");
  await form.getByLabel("Scope", { exact: true }).selectOption("urn:reports-write");
  await expect(curl).toContainText("scope=urn:reports-write");
  await expect(curl).toContainText(`--user ${id}`);
  await attempt(secret);
  await expect(claims).toContainText('"aud": "urn:reports"');
  await expect(claims).toContainText('"scope": "write"');
  await form.getByLabel("Scope", { exact: true }).selectOption(`${analytics}-read`);
  await expect(claims).toHaveCount(0);
  await form.getByRole("button", { name: "Get token" }).click();
  await expect(claims).toContainText('"scope": "read"');
  await expect(page.locator("pre").filter({ hasText: "at+jwt" })).toContainText('"alg": "RS256"');
  await expect(page.getByText("3600 seconds")).toBeVisible();
  await expect(refusal).toHaveCount(0);
  await expectAccessible(page);
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]),
  );
  expect(kept).not.toContain(secret);

  const asking = await regenerate(page);
  await expect(asking.getByRole("radio", { name: "now" })).toBeChecked();
  await expect(asking).toContainText("The old secret is refused from the next request on.");
  await expectAccessible(page);
  const second = await newSecret(page, asking);
  expect(second).toMatch(/^lkoc_/);
  await attempt(secret);
  await expect(refusal).toContainText("invalid_client");
  await attempt(second);
  await expect(claims).toBeVisible();

  const again = await regenerate(page);
  await again.getByText("1 h", { exact: true }).click();
  const third = await newSecret(page, again);
  await expect(page.getByRole("region", { name: /Rotation of/ })).toBeVisible();
  await expectAccessible(page);
  for (const living of [second, third]) {
    await page.reload();
    await attempt(living);
    await expect(claims).toBeVisible();
  }
  await page.goto(address);
  // The old secret is a row of its own, and no other page.
  await expect(page.getByRole("link", { name: "nightly report" })).toHaveCount(1);

  // What the server says takes the place of what the form said.
  await openPage(page);
  const refused = await regenerate(page);
  await stage.api("DELETE", `/users/${person.id}/oauth2ClientCredentials/${id}`);
  await refused.getByRole("button", { name: "Regenerate Secret" }).click();
  await expect(refused.getByRole("alert").filter({ hasText: "Tick this to go on." })).toHaveCount(
    0,
  );
  await expect(refused.getByRole("alert").first()).toBeVisible();
  await refused.getByRole("button", { name: "Cancel" }).click();
});

test("its page ends with it, is found by administrators, and is nobody else's", async ({
  asAdmin,
  asUser,
  stage,
}) => {
  const { page, person } = await asUser();
  const { page: administration } = await asAdmin();
  const { page: elsewhere } = await asUser();
  const { id } = await stage.createClient(person.id);
  const managed = `/identity/users/${person.id}/oauth-client-credentials/${id}`;
  await administration.goto(managed);
  await expect(administration.getByRole("heading", { name: "nightly report" })).toBeVisible();
  for (const path of [managed, `${address}/${id}`]) {
    await elsewhere.goto(path);
    await expect(elsewhere.getByText("nightly report")).toHaveCount(0);
  }
  await openPage(page);
  await page.getByRole("button", { name: "Add Scopes" }).click();
  const form = page.getByRole("dialog", { name: "Add scopes to “nightly report”" });
  await expect(form).toContainText("No scope is granted to you yet.");
  await form.getByRole("button", { name: "Save Changes" }).click();
  await expect(form.getByRole("alert")).toHaveText(/there is nothing to add/);
  await form.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("main").getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText(`Deleted by ${person.name}`)).toBeVisible();
  await expect(page.getByRole("heading", { name: "nightly report", exact: true })).toBeFocused();
  await expect(page.getByRole("button", { name: "Regenerate Secret" })).toHaveCount(0);
  await expectAccessible(page);
  await page
    .getByRole("main")
    .getByRole("link", { name: "OAuth 2.0 client credentials" })
    .last()
    .click();
  await expect(page).toHaveURL(new RegExp(`${address}$`));
});
