import { realpathSync } from "node:fs";
import { join } from "node:path";

import pg from "pg";

import { dialog, saveAndClose, signIn } from "./acts.mjs";
import { credentialSections } from "./credential-views.mjs";
import { addPeople, mendSessions, resetPeople } from "./people-scene.mjs";

export const password = "Quiet-Harbour-77-lamp";

/** The database of a server's data directory; what no page can set up, such as the passing of time, is set up there. */
export async function openDatabase(dataDir) {
  const host = encodeURIComponent(join(realpathSync(dataDir), "run"));
  const client = new pg.Client(`postgres://postgres@localhost:5432/postgres?host=${host}`);
  await client.connect();
  return client;
}

/** Changes the one-time password, and makes everything that the pictures show. Answers the state of the browser. */
export async function setScene(browser, { server, database, viewport, picture }) {
  const { url, oneTimePassword } = server;
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(url);
  await signIn(page, "admin", oneTimePassword);
  await page.waitForURL((address) => address.pathname === "/change-password");
  await picture(page, "change-password-forced");
  await page.getByLabel("Current Password").fill(oneTimePassword);
  await page.getByLabel("New Password", { exact: true }).fill(password);
  await page.getByLabel("Confirm New Password").fill(password);
  await page.getByRole("button", { name: "Save New Password" }).click();
  await page.waitForURL((address) => address.pathname === "/profile/details");
  const secrets = {};
  for (const section of credentialSections) {
    await page.goto(`${url}/profile/${section.path}`, { waitUntil: "networkidle" });
    secrets[section.path] = await section.issue(page);
    await saveAndClose(page, section);
  }
  await createMaria(page, url, picture);
  await addHistory(database);
  await addPeople(database);
  await requestLimit(database);
  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  await elsewhere.goto(url);
  await signIn(elsewhere, "admin", password);
  await other.close();
  const state = await context.storageState();
  await context.close();
  return { state, secrets };
}

/** Somebody else to look at. */
async function createMaria(page, url, picture) {
  await page.goto(`${url}/identity/users`, { waitUntil: "networkidle" });
  await dialog("Create user")(page);
  const form = page.getByRole("dialog");
  await form.getByLabel("User name").fill("maria");
  await form.getByLabel("Description").fill("Maria of accounting");
  await form.getByLabel("E-mail").fill("maria@example.com");
  await form.getByRole("button", { name: "Create user" }).click();
  await page.getByLabel("I have saved it").check();
  await picture(page, "users-created");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.getByRole("heading", { name: "maria", level: 1 }).waitFor();
}

/** Of one kind more was asked for. */
const requestLimit = (database) =>
  database.query(
    `insert into limit_requests (id, user_id, kind, note)
       select 'ocid1.limitrequest.local..shots', id, 'smtp_credential', 'A second relay for the newsletter.'
       from users where name = 'admin'`,
  );

/** So many of each kind, and no more. */
export const limitTo = (most) => (database) =>
  database.query(
    `insert into user_limits (user_id, kind, most) select distinct owner_id, kind, $1::int from credentials
      on conflict (user_id, kind) do update set most = excluded.most`,
    [most],
  );

/** What makes a list look lived in: credentials that were used, that expire soon, that are disabled, that ended. */
async function addHistory(database) {
  await database.query(
    `update credentials set created_at = now() - interval '41 days', last_used_at = now() - interval '2 hours',
       last_used_address = '192.0.2.17',
       last_used_client = case kind when 'api_key' then 'Oracle-PythonCLI/3.62.1'
         when 'auth_token' then 'python-swiftclient/4.6' when 'customer_secret_key' then 'aws-cli/2.22.0'
         when 'smtp_credential' then 'nodemailer/7.0' else 'curl/8.11.0' end`,
  );
  await copyEach(database, "soon", {
    created_at: "now() - interval '84 days'",
    expires_at: "now() + interval '6 days'",
  });
  await copyEach(database, "deleted", {
    created_at: "now() - interval '300 days'",
    ended_at: "now() - interval '3 days'",
    ended_reason: "'deleted'",
    ended_by_name: "'admin'",
  });
  await copyEach(database, "leaked", {
    created_at: "now() - interval '120 days'",
    ended_at: "now() - interval '20 days'",
    ended_reason: "'reported'",
  });
}

const copiedNames = { soon: "quarterly export", deleted: "old laptop", leaked: "build server" };

/** One more of each kind, like the first one but for these columns. */
async function copyEach(database, mark, columns) {
  const name = copiedNames[mark] ?? mark;
  const set = { last_used_at: "null", last_used_address: "null", last_used_client: "null" };
  const changes = Object.entries({ ...set, ...columns });
  await database.query(
    `insert into credentials (id, public_id, kind, owner_id, public_id_scope, details, created_by, created_by_name,
         ${changes.map(([column]) => column).join(", ")})
       select left(id, -${mark.length}) || '${mark}',
         case kind when 'api_key' then overlay(public_id placing '${mark.length}f:1d' from 1)
           when 'smtp_credential' then '${mark}.' || public_id
           when 'customer_secret_key' then md5('${mark}') || left(public_id, 8)
           else left(id, -${mark.length}) || '${mark}' end,
         kind, owner_id, public_id_scope,
         details || case when details ? 'name' then jsonb_build_object('name', $1::text)
           else jsonb_build_object('description', $1::text) end,
         created_by, created_by_name, ${changes.map(([, value]) => value).join(", ")}
       from credentials where created_at < now() - interval '40 days' and ended_at is null and id not like '%soon'`,
    [name],
  );
}

/** Of each kind that can be rotated an old one beside the new. */
export async function rotateEach(database) {
  await copyEach(database, "old", {
    created_at: "now() - interval '200 days'",
    replaced_by_id: "id",
    replaced_at: "now() - interval '4 hours'",
    retiring_until: "now() + interval '20 hours'",
    last_used_at: "now() - interval '1 hour'",
    last_used_address: "'192.0.2.40'",
    last_used_client: "'rclone/v1.70'",
  });
  await database.query(
    `update credentials set details = (select details from credentials base where base.id = credentials.replaced_by_id)
      where replaced_by_id is not null`,
  );
}

export const disableEach = (database) =>
  database.query("update credentials set disabled_at = now() where expires_at is null");

/** Takes back what a picture needed. */
export async function resetScene(database) {
  await mendSessions(database);
  await database.query(
    `update credentials set replaced_by_id = null, replaced_at = null, retiring_until = null, disabled_at = null
       where id not like '%old'`,
  );
  await database.query(
    "delete from credentials where created_at > now() - interval '30 days' or replaced_by_id is not null",
  );
  await database.query("update sessions set proved_at = now()");
  await database.query("delete from user_limits");
  await database.query("delete from limit_requests where id not like '%shots'");
  await resetPeople(database);
}
