import { generateKeyPairSync } from "node:crypto";

import type { Page } from "@playwright/test";

import { clickRowAction, expect, expectAccessible, row, test } from "./support/fixtures";
import { call, fingerprintOf, makeKeyPair, type Signer } from "./support/signer";

const pemOf = (bits: number) =>
  generateKeyPairSync("rsa", {
    modulusLength: bits,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });

async function paste(page: Page, name: string, key: string): Promise<void> {
  await page.getByRole("button", { name: "Add API Key" }).click();
  const dialog = page.getByRole("dialog", { name: "Add API Key" });
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByRole("radio", { name: "Paste Public Key" }).check();
  await dialog.getByLabel("Public key", { exact: true }).fill(key);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
}

test("bad keys are answered with their reason, and nothing typed is lost", async ({ asUser }) => {
  const { page } = await asUser();
  await page.goto("/profile/api-keys");
  const good = pemOf(2048);
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" })
    .publicKey.export({ type: "spki", format: "pem" })
    .toString();
  const bad: [string, string, RegExp][] = [
    ["a private key", good.privateKey, /private key/i],
    ["an OpenSSH key", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 me@laptop", /ssh/i],
    [
      "a certificate",
      "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
      /certificate/i,
    ],
    ["an EC key", ec, /RSA/],
    ["a short key", pemOf(1024).publicKey, /2048/],
    ["half a key", good.publicKey.slice(0, 200), /cut|end|whole|truncated/i],
  ];
  await page.getByRole("button", { name: "Add API Key" }).click();
  const dialog = page.getByRole("dialog", { name: "Add API Key" });
  await dialog.getByLabel("Name", { exact: true }).fill("from the laptop");
  await dialog.getByRole("radio", { name: "Paste Public Key" }).check();
  for (const [what, text, reason] of bad) {
    await test.step(what, async () => {
      await dialog.getByLabel("Public key", { exact: true }).fill(text);
      await dialog.getByRole("button", { name: "Add", exact: true }).click();
      await expect(dialog.getByLabel("Public key", { exact: true })).toHaveAttribute(
        "aria-invalid",
        "true",
      );
      await expect(dialog).toContainText(reason);
      await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue("from the laptop");
    });
  }
  await dialog.getByLabel("Public key", { exact: true }).fill(`${good.publicKey}OCI_API_KEY\n`);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByLabel("Configuration File Preview")).toHaveValue(
    new RegExp(fingerprintOf(good.publicKey)),
  );
  await page.getByRole("button", { name: "Close" }).click();
  await paste(page, "again", good.publicKey);
  await expect(page.getByRole("dialog")).toContainText(/already/);

  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  await dialog.getByRole("radio", { name: "Choose Public Key File" }).check();
  const field = dialog.getByLabel("Public key", { exact: true });
  const add = dialog.getByRole("button", { name: "Add", exact: true });
  const choose = (text: string) =>
    field.setInputFiles({ name: "key.pem", mimeType: "text/plain", buffer: Buffer.from(text) });
  const other = pemOf(2048);
  for (const [what, text, reason] of [
    ["a private key", other.privateKey, /private key/i],
    ["a file of 17 KB", `${other.publicKey}${"#".repeat(17_000)}`, /16 KB|too large/i],
    ["a file that is gone", other.publicKey, /This file could not be read/],
  ] as const)
    await test.step(what, async () => {
      await choose(other.publicKey);
      await expect(dialog).toContainText("“key.pem” is chosen.");
      if (what === "a file that is gone") await page.evaluate(failToReadOnce);
      await choose(text);
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await expect(dialog).toContainText(reason);
      // What was chosen before does not come back.
      await add.click();
      await expect(field).toHaveAttribute("aria-invalid", "true");
    });
  await choose(other.publicKey);
  await expect(dialog).toContainText("“key.pem” is chosen.");
  await add.click();
  await expect(page.getByLabel("Configuration File Preview")).toHaveValue(
    new RegExp(fingerprintOf(other.publicKey)),
  );
  expect(sent.join("")).not.toContain("PRIVATE KEY");
});

/** The file that is chosen next is away when it is read. */
function failToReadOnce(): void {
  const { text } = Blob.prototype;
  Blob.prototype.text = () => {
    Blob.prototype.text = text;
    return Promise.reject(new DOMException("It is gone", "NotReadableError"));
  };
}

test("three keys are the limit, and the button says why it is off", async ({ asUser }) => {
  const { page } = await asUser();
  await page.goto("/profile/api-keys");
  for (const name of ["one", "two", "three"]) {
    await paste(page, name, makeKeyPair().publicPem);
    await page.getByRole("button", { name: "Close" }).click();
    await expect(row(page, name)).toBeVisible();
  }
  await expect(page.getByText("3 of 3 used", { exact: true })).toBeVisible();
  const button = page.getByRole("button", { name: "Add API Key" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText(/request a higher limit/)).toBeVisible();

  await clickRowAction(page, "two", "Delete");
  const confirmation = page.getByRole("alertdialog", { name: /Delete API key “two”/ });
  await expect(confirmation).toContainText(
    "Requests signed with this key are refused from now on.",
  );
  await expectAccessible(page);
  await confirmation.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("2 of 3 used", { exact: true })).toBeVisible();
  await expect(page.getByText("1 ended API key")).toBeVisible();
  await expect(button).not.toHaveAttribute("aria-disabled", "true");
});

test("a key that is in use is deleted only by who knows it, and then opens nothing", async ({
  asUser,
  stage,
}) => {
  const { page, person } = await asUser();
  const pair = makeKeyPair();
  await page.goto("/profile/api-keys");
  await paste(page, "ci", pair.publicPem);
  await expect(page.getByLabel("Configuration File Preview")).toBeVisible();
  const signer: Signer = { ...pair, userId: person.id, tenancyId: stage.administrator.tenancyId };
  expect(
    (await call(stage.url, signer, { method: "GET", path: `/users/${person.id}` })).status,
  ).toBe(200);
  await expect(page.getByText(/In use: last request/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: "Close" }).click();

  for (const [verb, state, status] of [
    ["Disable", "Disabled", 401],
    ["Enable", "Active", 200],
  ] as const) {
    await clickRowAction(page, "ci", verb);
    const question = page.getByRole("alertdialog", { name: new RegExp(`${verb} API key “ci”`) });
    await expectAccessible(page);
    await question.getByRole("button", { name: verb, exact: true }).click();
    await expect(row(page, "ci")).toContainText(state);
    const answer = await call(stage.url, signer, {
      method: "GET",
      path: `/users/${person.id}?${verb}`,
    });
    expect(answer.status).toBe(status);
  }

  await clickRowAction(page, "ci", "Delete");
  const confirmation = page.getByRole("alertdialog");
  await expect(confirmation).toContainText("Used in the last 7 days");
  await confirmation.locator("time").hover();
  await expect(page.getByRole("tooltip")).toContainText("UTC");
  expect(await page.getByRole("tooltip").evaluate(isWholeBeside)).toEqual([true, true]);
  await page.mouse.move(0, 0);
  await expect(page.getByRole("tooltip")).toHaveCount(0);
  const remove = confirmation.getByRole("button", { name: "Delete", exact: true });
  await expect(remove).toHaveAttribute("aria-disabled", "true");
  await confirmation.getByLabel("I know it is in use").check();
  await remove.click();
  await expect(page.getByText("0 of 3 used", { exact: true })).toBeVisible();
  expect(
    (await call(stage.url, signer, { method: "GET", path: `/users/${person.id}?again` })).status,
  ).toBe(401);

  await page.goto("/profile/activity");
  await expect(page.locator("main")).toContainText(/fingerprint|key/i);
});

test("the configuration file is there later too, and a private key file is matched in the browser", async ({
  asUser,
}) => {
  const { page } = await asUser();
  const pair = makeKeyPair();
  await page.goto("/profile/api-keys");
  await paste(page, "laptop", pair.publicPem);
  await page.getByRole("button", { name: "Close" }).click();

  await clickRowAction(page, "laptop", "View configuration file");
  const preview = page.getByLabel("Configuration File Preview");
  await expect(preview).toHaveValue(new RegExp(`fingerprint=${pair.fingerprint}`));
  await page.getByLabel("Profile name").fill("staging");
  await expect(preview).toHaveValue(/^\[staging\]/);
  await expectAccessible(page);

  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  await page.getByText("Does this file match?").click();
  const file = (pem: string) => ({
    name: "key.pem",
    mimeType: "application/x-pem-file",
    buffer: Buffer.from(pem),
  });
  const own = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const dialog = page.getByRole("dialog");
  const field = dialog.getByLabel("Private key file");
  await field.setInputFiles(file(own));
  await expect(dialog).toContainText("It matches");
  await expect(dialog).toContainText("“key.pem” is chosen.");
  // Emptied, so that the same file can be chosen again once it is mended.
  await expect(field).toHaveValue("");
  await page.evaluate(failToReadOnce);
  await field.setInputFiles(file(own));
  await expect(dialog).toContainText("This file could not be read.");
  await expect(dialog).not.toContainText("It matches");
  await field.setInputFiles(file(pemOf(2048).privateKey));
  await expect(dialog).toContainText("It does not match");
  expect(sent.join("")).not.toContain("PRIVATE KEY");
});

test("a key that was downloaded and not added is not left behind unasked, and two keys make two files", async ({
  asUser,
}) => {
  const { page, person } = await asUser();
  await page.goto("/profile/api-keys");
  const download = async () => {
    await page.getByRole("button", { name: "Add API Key" }).click();
    const dialog = page.getByRole("dialog", { name: "Add API Key" });
    await dialog.getByLabel("Name", { exact: true }).fill("laptop");
    const downloading = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Download Private Key" }).click();
    return (await downloading).suggestedFilename();
  };
  const first = await download();
  const question = page.getByRole("alertdialog", { name: "The key is not added yet" });
  await page.keyboard.press("Escape");
  await expectAccessible(page);
  await question.getByRole("button", { name: "Go back" }).click();
  const dialog = page.getByRole("dialog", { name: "Add API Key" });
  await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue("laptop");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await question.getByRole("button", { name: "Close without adding" }).click();
  await expect(dialog).toBeHidden();

  const second = await download();
  expect(new Set([first, second]).size).toBe(2);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  const preview = page.getByLabel("Configuration File Preview");
  const keyFile = new RegExp(`^key_file=~/.oci/${second}$`, "m");
  await expect(preview).toHaveValue(keyFile);
  expect(second).toContain(person.name);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await clickRowAction(page, "laptop", "View configuration file");
  await expect(preview).toHaveValue(keyFile);
});

test("a request with a clock seven minutes ahead is explained to the owner, and to nobody else", async ({
  asUser,
  stage,
}) => {
  const { page, person } = await asUser();
  const pair = makeKeyPair();
  await page.goto("/profile/api-keys");
  await paste(page, "fast clock", pair.publicPem);
  await expect(page.getByLabel("Configuration File Preview")).toBeVisible();
  const signer: Signer = { ...pair, userId: person.id, tenancyId: stage.administrator.tenancyId };
  const ahead = new Date(Date.now() + 7 * 60_000);
  const refused = await call(stage.url, signer, {
    method: "GET",
    path: `/users/${person.id}`,
    date: ahead,
  });
  const unknown = await call(
    stage.url,
    { ...signer, fingerprint: makeKeyPair().fingerprint },
    { method: "GET", path: `/users/${person.id}` },
  );
  expect([refused.status, refused.text]).toEqual([401, unknown.text]);
  await expect(async () => {
    await page.goto("/profile/activity");
    await expect(page.locator("main")).toContainText(/7 minutes ahead/, { timeout: 1_000 });
  }).toPass();
  await expect(page.locator("main")).toContainText(/fingerprint/);
});

/** Whether a tooltip stands at what it is about, and nothing cuts it off or covers it. */
function isWholeBeside(tooltip: Element): [boolean, boolean] {
  const box = (tooltip.firstElementChild ?? tooltip).getBoundingClientRect();
  const anchor = tooltip.parentElement?.getBoundingClientRect() ?? new DOMRect();
  const isBeside = Math.abs(box.left - anchor.left) < 16 && Math.abs(box.top - anchor.bottom) < 16;
  const corners = [box.left + 6, box.right - 6].flatMap((x) =>
    [box.top + 6, box.bottom - 6].map((y) => document.elementFromPoint(x, y)),
  );
  return [isBeside, corners.every((found) => tooltip.contains(found))];
}
