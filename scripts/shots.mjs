import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "@playwright/test";

import { findBrowser } from "./lib/browser.mjs";
import { ensureBuilt, ensureInstalled } from "./lib/ensure.mjs";
import { root, tellAndExit } from "./lib/run.mjs";

/**
 * Writes a picture of every page and dialog, in both themes and two widths, into `shots/` for people to look at;
 * `npm run shots -- audit users` those whose names begin so.
 */
const wanted = process.argv.slice(2);
const out = join(root, "shots");
const password = "Quiet-Harbour-77-lamp";
const themes = ["light", "dark"];
const sizes = [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
];

const dialog = (name) => async (page) => {
  await page.getByRole("main").getByRole("button", { name, exact: true }).first().click();
  await page.locator("[role=dialog], [role=alertdialog]").first().waitFor();
};
const menu = (name) => async (page) => {
  await page.getByRole("button", { name, exact: true }).first().click();
  await page.getByRole("menu").waitFor();
};

const rowAction = (action) => async (page) => {
  await page
    .getByRole("main")
    .getByRole("button", { name: /^Actions/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
  await page.locator("[role=dialog], [role=alertdialog]").first().waitFor();
};

/** On the page of somebody else, whom the list leads to. */
const atMaria = (act) => async (page) => {
  await page.getByRole("link", { name: "maria" }).click();
  await page.getByRole("heading", { name: "maria", level: 1 }).waitFor();
  await act(page);
};
const more = (entry) => async (page) => {
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: entry, exact: true }).click();
  await page.locator("[role=dialog], [role=alertdialog]").first().waitFor();
};
const choosing = (act) => async (page) => {
  await page.getByLabel("Select all on this page").check();
  await act(page);
};

const follow = (name) => async (page) => {
  await page.getByRole("main").getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
};

async function writeStatements(page) {
  const field = page.getByLabel("Statements");
  await field.pressSequentially(
    "Allow group HelpDesk to manage usres in tenancy where target.user.name = 'a'\nAllow group Administrators to ",
  );
  await page.getByRole("option").first().waitFor();
  await page.waitForTimeout(600);
}

/** Name of the picture → its address, and what to do there first. */
const signedIn = {
  details: { path: "/profile/details" },
  "api-keys": { path: "/profile/api-keys" },
  "api-keys-add": { path: "/profile/api-keys", act: dialog("Add API Key") },
  "auth-tokens": { path: "/profile/auth-tokens" },
  "auth-tokens-edit": { path: "/profile/auth-tokens", act: rowAction("Edit") },
  "auth-tokens-generate": { path: "/profile/auth-tokens", act: dialog("Generate Token") },
  "secret-keys": { path: "/profile/customer-secret-keys" },
  "secret-keys-configuration": {
    path: "/profile/customer-secret-keys",
    act: rowAction("View configuration file"),
  },
  "secret-keys-disable": { path: "/profile/customer-secret-keys", act: rowAction("Disable") },
  "secret-keys-delete": { path: "/profile/customer-secret-keys", act: rowAction("Delete") },
  smtp: { path: "/profile/smtp-credentials" },
  "smtp-configuration": {
    path: "/profile/smtp-credentials",
    act: rowAction("View configuration file"),
  },
  database: { path: "/profile/database-passwords" },
  "database-create": {
    path: "/profile/database-passwords",
    act: dialog("Create Database Password"),
  },
  "database-configuration": {
    path: "/profile/database-passwords",
    act: rowAction("View configuration file"),
  },
  groups: { path: "/profile/groups" },
  security: { path: "/profile/security" },
  "security-sign-out-one": { path: "/profile/security", act: dialog("Sign out") },
  "security-sign-out-all": { path: "/profile/security", act: dialog("Sign out everywhere else") },
  activity: { path: "/profile/activity" },
  "profile-menu": { path: "/profile/details", act: menu("Profile") },
  palette: { path: "/profile/details", act: (page) => page.keyboard.press("Control+k") },
  keys: { path: "/profile/details", act: (page) => page.keyboard.press("?") },
  "change-password": { path: "/change-password" },
  users: { path: "/identity/users" },
  "credential-report": { path: "/identity/credential-report?show=never-used" },
  "credential-report-nothing": { path: "/identity/credential-report?show=old" },
  audit: { path: "/identity/audit" },
  "audit-nothing": { path: "/identity/audit?search=nobody" },
  "users-chosen": { path: "/identity/users", act: choosing(async () => undefined) },
  "users-bulk": { path: "/identity/users", act: choosing(dialog("Reset password")) },
  "users-page": { path: "/identity/users", act: atMaria(async () => undefined) },
  "users-suspend": { path: "/identity/users", act: atMaria(more("Suspend")) },
  "users-tags": { path: "/identity/users", act: atMaria(more("Edit tags")) },
  "users-reason": {
    path: "/identity/users",
    act: atMaria(async (page) => {
      await more("Suspend")(page);
      await page.getByRole("button", { name: "Suspend", exact: true }).click();
      await page.getByRole("dialog", { name: "Reason" }).waitFor();
    }),
  },
  "users-create-service": {
    path: "/identity/users",
    act: async (page) => {
      await dialog("Create user")(page);
      await page.getByLabel("Service").check();
    },
  },
  "groups-list": { path: "/identity/groups" },
  "groups-nothing": { path: "/identity/groups?search=nobody" },
  "groups-create": { path: "/identity/groups", act: dialog("Create Group") },
  "groups-one": { path: "/identity/groups", act: follow("Administrators") },
  "groups-add": {
    path: "/identity/groups",
    act: async (page) => {
      await follow("Administrators")(page);
      await dialog("Add member")(page);
      await page.getByRole("combobox", { name: "User" }).pressSequentially("adm");
      await page.getByRole("option").first().waitFor();
    },
  },
  policies: { path: "/identity/policies" },
  "policies-create": { path: "/identity/policies/create", act: writeStatements },
  "policies-protected": { path: "/identity/policies", act: follow("Tenant Admin Policy") },
  "policies-one": { path: "/identity/policies", act: follow("Use of services") },
  "policies-explain": { path: "/identity/policies/explain" },
  "policies-explain-yes": {
    path: "/identity/policies/explain?user=admin&operation=CreateGroup",
  },
  "policies-explain-problem": {
    path: "/identity/policies/explain?user=nobody&operation=DeleteUser&targetUser=",
  },
  "users-create": { path: "/identity/users", act: dialog("Create user") },
  "oauth-generate": {
    path: "/profile/oauth-client-credentials",
    act: dialog("Generate OAuth 2.0 client credential"),
  },
  "oauth-resources": { path: "/identity/oauth-resources" },
  "oauth-resources-register": {
    path: "/identity/oauth-resources",
    act: dialog("Register resource"),
  },
  "oauth-resources-grant": { path: "/identity/oauth-resources", act: rowAction("Grant scopes") },
  "limit-reached": { path: "/profile/customer-secret-keys" },
  "limit-requested": { path: "/profile/smtp-credentials" },
  "limit-requests": { path: "/identity/limit-requests" },
  "limit-requests-grant": { path: "/identity/limit-requests", act: rowAction("Grant") },
  "user-limits": {
    path: "/identity/users?search=admin",
    act: async (page) => {
      await page.getByRole("table").getByRole("link", { name: "admin", exact: true }).click();
      await menu("More")(page);
      await page.getByRole("menuitem", { name: "Edit limits" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  settings: { path: "/identity/settings" },
  "settings-changed": {
    path: "/identity/settings",
    act: async (page) => {
      const form = page.getByRole("form", { name: "Password policy" });
      await form.getByLabel("Minimum length").fill("14");
      await form.getByLabel("Ask for a digit").uncheck();
      await form.getByRole("list", { name: "What changes" }).waitFor();
    },
  },
  "settings-rotate-signing-key": {
    path: "/identity/settings",
    act: async (page) => {
      // The first key is made when the key set is asked for.
      await page.request.get(new URL("/oauth2/jwks", page.url()).href);
      await page.reload();
      await dialog("Rotate now")(page);
    },
  },
  "not-found-inside": { path: "/profile/nowhere" },
};
const signedOut = {
  "sign-in": { path: "/sign-in" },
  "sign-in-refused": { path: "/sign-in", act: (page) => signIn(page, "nobody", "wrong") },
  "forgot-password": { path: "/forgot-password" },
  "report-leak": { path: "/report-leak" },
  "not-found": { path: "/no/such/page" },
};

async function signIn(page, name, secret) {
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForFunction(
    () => location.pathname !== "/sign-in" || document.querySelector("main [role=alert]"),
  );
}

async function main() {
  await ensureInstalled();
  await ensureBuilt();
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const dataDir = mkdtempSync(join(tmpdir(), "latchkey-shots-"));
  const server = await startServer(dataDir);
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ["--no-sandbox"],
  });
  try {
    const state = await firstSignIn(browser, server);
    for (const theme of themes)
      for (const viewport of sizes) {
        const look = { theme, viewport, url: server.url };
        await walk(browser, signedOut, { ...look, state: undefined });
        await walk(browser, signedIn, { ...look, state });
      }
  } finally {
    await browser.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  console.log(`The pictures are in ${out}`);
}

/** One to be seen in its list, and a picture of the one showing of its secret. */
async function generate(page, url, section, button, field) {
  await page.goto(`${url}/profile/${section}`);
  await dialog(button)(page);
  await page.getByLabel(field).fill("nightly backup");
  await page.getByRole("dialog").getByRole("button", { name: button }).click();
  await page.getByLabel("I have saved it").check();
  await page.screenshot({ path: join(out, `${section}-reveal.png`) });
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

async function createDatabasePassword(page, url) {
  await page.goto(`${url}/profile/database-passwords`);
  await page.getByRole("button", { name: "Create Database Password" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Description").fill("sales reports");
  await form.getByLabel("Password", { exact: true }).fill("Ebbe-und-Flut-26");
  await form.getByLabel("Confirm Password").fill("Ebbe-und-Flut-26");
  await form.getByRole("button", { name: "Create Database Password" }).click();
  await form.waitFor({ state: "hidden" });
  await page.getByRole("complementary", { name: /Connect with/ }).waitFor();
  await page.screenshot({ path: join(out, "database-created.png"), fullPage: true });
}

/** What is there is all that there may be: of one kind more is asked for, of the other not yet. */
async function reachLimits(page, url) {
  await page.goto(`${url}/identity/settings`);
  const form = page.getByRole("form", { name: "Limits" });
  await form.getByLabel("Customer secret keys").fill("1");
  await form.getByLabel("SMTP credentials").fill("1");
  await form.getByRole("button", { name: "Save" }).click();
  await form.getByText("Nothing is changed.").waitFor();
  await page.goto(`${url}/profile/smtp-credentials`);
  await page.getByRole("button", { name: "Request a higher limit" }).click();
  await page.getByRole("button", { name: "Add a note" }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("A second relay for the newsletter.");
  await page.getByRole("button", { name: "Send note" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

/** Somebody else to look at. */
async function createMaria(page, url) {
  await page.goto(`${url}/identity/users`);
  await dialog("Create user")(page);
  const form = page.getByRole("dialog");
  await form.getByLabel("User name").fill("maria");
  await form.getByLabel("Description").fill("Maria of accounting");
  await form.getByLabel("E-mail").fill("maria@example.com");
  await form.getByRole("button", { name: "Create user" }).click();
  await page.getByLabel("I have saved it").check();
  await page.screenshot({ path: join(out, "users-created.png") });
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.getByRole("heading", { name: "maria", level: 1 }).waitFor();
}

/** Changes the one-time password, with its pictures, and leaves a second session to be seen in the list. */
async function firstSignIn(browser, { url, oneTimePassword }) {
  const context = await browser.newContext({ viewport: sizes[0] });
  const page = await context.newPage();
  await page.goto(url);
  await signIn(page, "admin", oneTimePassword);
  await page.waitForURL((address) => address.pathname === "/change-password");
  await page.screenshot({ path: join(out, "change-password-forced.png"), fullPage: true });
  await page.getByLabel("Current Password").fill(oneTimePassword);
  await page.getByLabel("New Password", { exact: true }).fill(password);
  await page.getByLabel("Confirm New Password").fill(password);
  await page.getByRole("button", { name: "Save New Password" }).click();
  await page.waitForURL((address) => address.pathname === "/profile/details");
  await generate(page, url, "customer-secret-keys", "Generate Secret Key", "Name");
  await generate(page, url, "smtp-credentials", "Generate SMTP Credentials", "Description");
  await createDatabasePassword(page, url);
  await reachLimits(page, url);
  await createMaria(page, url);
  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  await elsewhere.goto(url);
  await signIn(elsewhere, "admin", password);
  await other.close();
  const state = await context.storageState();
  await context.close();
  return state;
}

async function walk(browser, views, { theme, viewport, url, state }) {
  const context = await browser.newContext({ viewport, storageState: state });
  await context.addCookies([{ name: "latchkey.theme", value: theme, url }]);
  const page = await context.newPage();
  for (const [name, { path, act }] of Object.entries(views)) {
    if (wanted.length > 0 && !wanted.some((start) => name.startsWith(start))) continue;
    await page.goto(url + path, { waitUntil: "networkidle" });
    const file = join(out, `${name}-${theme}-${viewport.width}.png`);
    try {
      await act?.(page);
      // Let the movement of what just opened come to rest.
      await page.waitForTimeout(250);
    } catch (error) {
      process.exitCode = 1;
      console.error(`${name}: ${String(error).split("\n", 1)[0]}`);
    }
    await page.screenshot({ path: file, fullPage: act === undefined });
  }
  await context.close();
}

async function startServer(dataDir) {
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, "dist/server.js")], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      LATCHKEY_DATA: dataDir,
      LATCHKEY_URL: `http://localhost:${port}`,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  await new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error(`The server did not start:\n${output}`)));
    child.stdout.on("data", (chunk) => {
      output += chunk;
      if (output.includes("Latchkey is ready at")) resolve();
    });
  });
  return {
    url: `http://localhost:${port}`,
    oneTimePassword: /^One-time password for admin: (\S+)$/m.exec(output)?.[1] ?? "",
    stop: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

await main().catch(tellAndExit);
