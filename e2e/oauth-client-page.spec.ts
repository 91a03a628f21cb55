import type { Locator, Page } from "@playwright/test";

import { expect, expectAccessible, secretIn, test } from "./support/fixtures";
import { address, enter, scope } from "./support/oauth-client-form";

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
  const secret = await secretIn(dialog.getByRole("group", { name: "secret", exact: true }));
  await dialog.getByLabel("I have saved it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  return secret;
}

test("its page tries it with a pasted secret, which regenerating replaces at once or after an overlap", async ({
  asAdmin,
  stage,
  complaints,
}) => {
  // A wrong secret, and one that was replaced.
  complaints.expect(401, "/oauth2/token");
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
  complaints,
}) => {
  complaints.expect(404, "/oauth-client-credentials/ocid1.");
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
