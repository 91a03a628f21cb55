import { dialog, opened, openMenu, rowAction, typeIn } from "./acts.mjs";

/** Every kind of credentials: how one is issued, and what else its section can show. */
export const credentialSections = [
  {
    path: "api-keys",
    button: "Add API Key",
    name: "laptop",
    field: "Name",
    packs: [],
    issue: async (page) => {
      await dialog("Add API Key")(page);
      await typeIn(page, { Name: "laptop" });
      await downloadKey(page);
      await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
      await page.getByLabel("Configuration File Preview").waitFor();
    },
  },
  withSecret("auth-tokens", {
    button: "Generate Token",
    fields: { Description: "swift backup" },
    packs: ["Swift", "Skopeo", "Docker", ".env"],
  }),
  withSecret("customer-secret-keys", {
    button: "Generate Secret Key",
    fields: { Name: "nightly backup" },
    packs: ["AWS CLI", "rclone", "s3cmd", ".env"],
  }),
  withSecret("oauth-client-credentials", {
    button: "Generate OAuth 2.0 client credential",
    confirm: "Generate",
    fields: { Name: "nightly report", Description: "reads the sales data" },
    more: async (page) => {
      await enterScope(page, 1, "https://analytics.example.com", "urn:opc:resource:consumer::all");
      await page.getByRole("button", { name: "+ Another Scope" }).click();
      await enterScope(page, 2, "https://analytics.example.com", "urn:opc:reports::read");
    },
    packs: ["curl", ".env"],
  }),
  withSecret("smtp-credentials", {
    button: "Generate SMTP Credentials",
    fields: { Description: "newsletter relay" },
    packs: ["swaks", "nodemailer", ".env"],
  }),
  {
    path: "database-passwords",
    button: "Create Database Password",
    name: "sales reports",
    packs: ["psql", "JDBC", ".env"],
    issue: async (page) => {
      await dialog("Create Database Password")(page);
      await typeIn(page, {
        Description: "sales reports",
        Password: "Ebbe-und-Flut-26",
        "Confirm Password": "Ebbe-und-Flut-26",
      });
      await confirm(page, "Create Database Password");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    },
  },
];

/** A kind whose secret is made here and shown once. */
function withSecret(path, { button, confirm: label = button, fields, more, packs }) {
  return {
    path,
    button,
    packs,
    name: Object.values(fields)[0],
    hasSecret: true,
    fill: async (page) => {
      await dialog(button)(page);
      await typeIn(page, fields);
      await more?.(page);
    },
    async issue(page) {
      await this.fill(page);
      await confirm(page, label);
      await page.getByLabel("I have saved it").waitFor();
      const shown = page.getByRole("group", { name: /^(token|secret key|secret|password)$/ });
      return (await shown.first().innerText()).replaceAll(/\s/g, "");
    },
  };
}

const confirm = (page, name) =>
  page.getByRole("dialog").getByRole("button", { name, exact: true }).click();

async function downloadKey(page) {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download Private Key" }).click();
  await downloading;
}

async function enterScope(page, number, audience, scope) {
  const fields = page.getByRole("group", { name: `Scope ${number}`, exact: true });
  await fields.getByText("Enter Fully Qualified Scope").click();
  await fields.getByLabel("Audience").fill(audience);
  await fields.getByLabel("Scope", { exact: true }).fill(scope);
}

const ofOne = (section, action) => rowAction(action, section.name);

/** The name of the action that gives one a new secret. */
const rotation = ({ path }) =>
  path === "oauth-client-credentials" ? "Regenerate Secret" : "Rotate";

const canRotate = ({ path }) => path !== "database-passwords";

/** Pictures of every section and every dialog of every kind; `disable`, `rotate` and `room` (for one more) set the scene. */
export function credentialViews({ rotate, disable, room }) {
  return Object.fromEntries(
    credentialSections.flatMap((section) => {
      const path = `/profile/${section.path}`;
      const views = {
        "": { path },
        "-ended": { path, act: (page) => page.getByText(/^\d+ ended /).click(), isWhole: true },
        "-menu": { path, act: (page) => openMenuOf(page, section.name) },
        "-edit": { path, act: ofOne(section, "Edit") },
        "-disable": { path, act: ofOne(section, "Disable") },
        "-disabled": { path, before: disable },
        "-enable": { path, before: disable, act: ofOne(section, "Enable") },
        "-delete-in-use": { path, act: ofOne(section, "Delete") },
        "-delete": { path, act: rowAction("Delete", "quarterly export") },
        ...withScene(room, issueViews(section, path)),
        ...packViews(section, path),
        ...(canRotate(section) && rotationViews(section, path, rotate)),
      };
      return Object.entries(views).map(([name, view]) => [`${section.path}${name}`, view]);
    }),
  );
}

const openMenuOf = (page, name) => openMenu(page, page.getByRole("row").filter({ hasText: name }));

const withScene = (before, views) =>
  Object.fromEntries(Object.entries(views).map(([name, view]) => [name, { ...view, before }]));

function issueViews(section, path) {
  const issue = (page) => section.issue(page);
  const form = { path, act: section.fill ?? dialog(section.button) };
  if (!section.hasSecret) return { "-form": form, "-issued": { path, act: issue, isWhole: true } };
  return {
    "-form": form,
    "-refused": {
      path,
      act: async (page) => {
        await dialog(section.button)(page);
        await page
          .getByRole("dialog")
          .getByRole("button", { name: /^Generate/ })
          .last()
          .click();
        await page.getByRole("alert").first().waitFor();
      },
    },
    "-reveal": { path, act: issue },
    "-unsaved": {
      path,
      act: async (page) => {
        await issue(page);
        await page.keyboard.press("Escape");
        await page.getByRole("alertdialog").waitFor();
      },
    },
    "-print": {
      path,
      isPaper: true,
      act: async (page) => {
        await issue(page);
        await page.evaluate(() => (window.print = () => undefined));
        await page.getByRole("button", { name: "Print" }).click();
        await page.locator("[data-print-sheet]").waitFor({ state: "attached" });
      },
    },
  };
}

function packViews(section, path) {
  return Object.fromEntries(
    [undefined, ...section.packs.slice(1)].map((pack) => [
      `-configuration${pack === undefined ? "" : `-${pack}`}`,
      {
        path,
        act: async (page) => {
          await ofOne(section, "View configuration file")(page);
          if (pack !== undefined)
            await page.getByRole("dialog").getByText(pack, { exact: true }).first().click();
        },
      },
    ]),
  );
}

function rotationViews(section, path, rotate) {
  const action = rotation(section);
  return {
    "-rotate": { path, act: ofOne(section, action) },
    "-rotating": { path, before: rotate },
    "-retire": {
      path,
      before: rotate,
      act: async (page) => {
        await page.getByRole("button", { name: "Retire", exact: true }).first().click();
        await opened(page);
      },
    },
  };
}

const clients = "/profile/oauth-client-credentials";

const atClient = (act) => async (page) => {
  await page.getByRole("link", { name: "nightly report" }).first().click();
  await page.getByRole("heading", { name: "nightly report", exact: true }).waitFor();
  await page.getByRole("heading", { name: "Try it" }).waitFor();
  await act?.(page);
};

/** The page of an OAuth client credential, and what its controls open. */
export function clientViews({ rotate, secretOf }) {
  const tries = (secret) =>
    atClient(async (page) => {
      const form = page.getByRole("form", { name: "Try it" });
      await form.getByLabel("Secret", { exact: true }).fill(secret());
      await form.getByRole("button", { name: "Get token" }).click();
      await page
        .getByText(/Access token|invalid_client/)
        .first()
        .waitFor();
    });
  const view = (act, more) => ({ path: clients, act: atClient(act), ...more });
  return {
    "client-page": view(undefined, { isWhole: true }),
    "client-rotating": view(undefined, { isWhole: true, before: rotate }),
    "client-menu": view((page) => openMenu(page)),
    "client-add-scopes": view(dialog("Add Scopes")),
    "client-remove-scope": view(async (page) => {
      await page
        .getByRole("button", { name: /^Remove / })
        .first()
        .click();
      await opened(page);
    }),
    "client-regenerate": view(dialog("Regenerate Secret")),
    "client-delete": view(rowAction("Delete")),
    "client-try": {
      path: clients,
      act: tries(() => secretOf("oauth-client-credentials")),
      isWhole: true,
    },
    "client-try-refused": { path: clients, act: tries(() => "lkoc_nothing"), isWhole: true },
  };
}
