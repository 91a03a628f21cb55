import { chmodSync, copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "./support/fixtures";
import { clientFromFile } from "./support/sdk";
import { freePort, startServer } from "./support/server";

/** How most installations begin: by plain http, in the local network. `playwright.config.ts` leads the name here. */
test("without a secure context a key is made, downloaded, copied, matched, and works", async ({
  browser,
  stage,
}) => {
  test.slow();
  const port = await freePort();
  const origin = `http://console.latchkey.test:${port}`;
  const { person, session } = await stage.settledPerson();
  const server = await startServer({
    port,
    dataDir: stage.dataDir,
    env: { LATCHKEY_URL: origin, HOST: "127.0.0.1", LATCHKEY_HOSTS: `127.0.0.1:${port}` },
  });
  const folder = mkdtempSync(join(tmpdir(), "latchkey-http-"));
  const context = await browser.newContext({ baseURL: origin });
  try {
    await context.addCookies(
      [...session.cookies].map(([name, value]) => ({ name, value, url: origin, httpOnly: true })),
    );
    const page = await context.newPage();
    await page.goto("/profile/api-keys");
    expect(await page.evaluate(() => isSecureContext || "subtle" in crypto)).toBe(false);
    await page.getByRole("button", { name: "Add API Key" }).click();
    const dialog = page.getByRole("dialog", { name: "Add API Key" });
    await dialog.getByLabel("Name", { exact: true }).fill("laptop");
    const downloading = page.waitForEvent("download");
    // A worker of plain JavaScript looks for two primes of 1,536 bits: seconds, and sometimes many.
    await dialog.getByRole("button", { name: "Download Private Key" }).click({ timeout: 120_000 });
    const download = await downloading;
    const keyFile = join(folder, download.suggestedFilename());
    copyFileSync(await download.path(), keyFile);
    chmodSync(keyFile, 0o600);
    await dialog.getByRole("button", { name: "Add", exact: true }).click();

    const preview = page.getByLabel("Configuration File Preview");
    await expect(preview).toHaveValue(/^key_file=/m);
    const config = join(folder, "config");
    writeFileSync(config, (await preview.inputValue()).replace("~/.oci", folder));
    const client = clientFromFile(config, "DEFAULT", `http://127.0.0.1:${port}`);
    const { items } = await client.listApiKeys({ userId: person.id });
    expect(items.map(({ lifecycleState }) => lifecycleState)).toEqual(["ACTIVE"]);

    const shown = page.getByRole("dialog");
    await shown.getByRole("button", { name: "Copy", exact: true }).first().click();
    await expect(shown).toContainText("Selected: copy it with your keyboard");
    await shown.getByText("Does this file match?").click();
    await shown.getByLabel("Private key file").setInputFiles(keyFile);
    await expect(shown).toContainText("It matches");
  } finally {
    await context.close();
    await server.stop();
  }
});
