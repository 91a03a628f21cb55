import { generateKeyPairSync } from "node:crypto";

import type { Locator, Page } from "@playwright/test";

import { credentialKinds } from "@/lib/domain/credentials/registry";

import { countOf, withDatabase } from "./support/database";
import { clickRowAction, expect, expectAccessible, row, test } from "./support/fixtures";

const day = 24 * 3_600_000;

const longDate = (days: number) =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "full" }).format(Date.now() + days * day);

async function openEdit(page: Page): Promise<Locator> {
  await clickRowAction(page, "nightly", "Edit");
  return page.getByRole("dialog", { name: "Edit auth token “nightly”" });
}

test("the expiry is chosen, kept, moved and taken away when the token is edited", async ({
  asUser,
  stage,
}) => {
  const { page, person } = await asUser();
  await stage.api("POST", `/users/${person.id}/authTokens`, { description: "nightly" });
  await page.goto("/profile/auth-tokens");
  await expect(row(page, "nightly")).toContainText("never");

  let dialog = await openEdit(page);
  await expect(dialog.getByRole("radio", { name: "never" })).toBeChecked();
  await dialog.getByText("7 d", { exact: true }).click();
  await expect(dialog).toContainText(longDate(7));
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save Changes" }).click();
  await expect(row(page, "nightly")).toContainText("Expires in 7 days");

  dialog = await openEdit(page);
  await expect(dialog.getByRole("radio", { name: "as it is" })).toBeChecked();
  await expect(dialog).toContainText(longDate(7));
  await dialog.getByLabel("Description").fill("nightly backup");
  await dialog.getByRole("button", { name: "Save Changes" }).click();
  await expect(row(page, "nightly backup")).toContainText("Expires in 7 days");

  await clickRowAction(page, "nightly", "Edit");
  dialog = page.getByRole("dialog", { name: "Edit auth token “nightly backup”" });
  await dialog.getByText("custom", { exact: true }).click();
  await dialog.getByRole("button", { name: "Save Changes" }).click();
  await expect(dialog.getByRole("alert").first()).toContainText("Choose a date.");
  await dialog.getByText("never", { exact: true }).click();
  await dialog.getByRole("button", { name: "Save Changes" }).click();
  await expect(row(page, "nightly backup")).toContainText("Active");
  await page.reload();
  await expect(row(page, "nightly backup")).toContainText("never");
});

/** What an administrator sends to make one of each kind for somebody, by collection of the API. */
const bodies: Record<string, (name: string) => Record<string, unknown>> = {
  apiKeys: () => ({
    key: generateKeyPairSync("rsa", { modulusLength: 2048 })
      .publicKey.export({ type: "spki", format: "pem" })
      .toString(),
  }),
  authTokens: (description) => ({ description }),
  customerSecretKeys: (displayName) => ({ displayName }),
  oauth2ClientCredentials: (name) => ({
    name,
    description: name,
    scopes: [{ audience: "urn:reports", scope: "read" }],
  }),
  smtpCredentials: (description) => ({ description }),
  dbCredentials: (description) => ({ description, password: "Ebbe-und-Flut-26" }),
};

test("what expired and what was retired is listed for 90 days, dimmed, with its reason, and does not count", async ({
  asUser,
  stage,
}) => {
  const { page, person } = await asUser();
  const change = (statement: string) =>
    withDatabase(stage.dataDir, (database) => database.query(statement, [person.id]));
  for (const { wires } of credentialKinds) {
    const collection = wires[0]?.collection ?? "";
    const body = bodies[collection];
    if (body === undefined) throw new Error(`Nobody has said what to send to ${collection}.`);
    for (const name of ["nightly", "weekly"])
      await stage.api("POST", `/users/${person.id}/${collection}`, body(name));
  }
  // Of each two one expires and one was replaced by what is no more.
  await change("update credentials set expires_at = now() where owner_id = $1");
  await change(
    `update credentials set retiring_until = now(), replaced_at = created_at where id in
       (select max(id) from credentials where owner_id = $1 group by kind)`,
  );
  const living = "select count(*) from credentials where owner_id = $1 and ended_at is null";
  await expect.poll(() => countOf(stage.dataDir, living, [person.id]), { timeout: 30_000 }).toBe(0);

  for (const { description, maxPerUser } of credentialKinds) {
    const { section, noun } = description;
    await page.goto(`/profile/${section}`);
    await expect(page.getByText(`0 of ${maxPerUser} used`, { exact: true })).toBeVisible();
    await page.getByText(`2 ended ${noun.many}`, { exact: true }).click();
    const ended = page.getByRole("table", { name: `Ended ${noun.many}` });
    const rows = ended.getByRole("row").filter({ has: page.getByRole("rowheader") });
    await expect(rows).toHaveCount(2);
    for (const word of ["Expired", "Retired"])
      await expect(rows.filter({ hasText: word })).toHaveCount(1);
    await expect(rows.first()).toHaveClass(/text-ink-soft/);
    await expect(ended.getByRole("button", { name: "Actions" })).toHaveCount(0);
  }
  await expectAccessible(page);
  await page.goto("/profile/activity");
  await expect(page.getByText(/Expired SMTP credential “(nightly|weekly)”/)).toBeVisible();

  await change(
    "update credentials set ended_at = ended_at - interval '91 days' where owner_id = $1",
  );
  for (const { description } of credentialKinds) {
    await page.goto(`/profile/${description.section}`);
    await expect(page.getByRole("heading", { name: description.title })).toBeVisible();
    await expect(page.getByText(/\d ended/)).toHaveCount(0);
  }
});
