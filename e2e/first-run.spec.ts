import { chmodSync, copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { clickRowAction, row, signIn } from "./support/fixtures";
import { clientFromFile } from "./support/sdk";
import { startServer } from "./support/server";

test("from an empty directory to Oracle's SDK listing the key that was made in the browser", async ({
  browser,
}) => {
  test.slow();
  const server = await startServer();
  const folder = mkdtempSync(join(tmpdir(), "latchkey-oci-"));
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  const bodies: string[] = [];
  page.on("request", (request) => bodies.push(`${request.url()} ${request.postData() ?? ""}`));
  try {
    await test.step("sign in with the password from the terminal, and change it", async () => {
      const oneTime = server.firstPassword ?? "";
      await page.goto("/");
      await signIn(page, "admin", oneTime);
      await expect(page).toHaveURL(/\/change-password$/);
      await page.getByLabel("Current Password").fill(oneTime);
      await page.getByLabel("New Password", { exact: true }).fill("Nine-Silver-Spoons-31");
      await page.getByLabel("Confirm New Password").fill("Nine-Silver-Spoons-31");
      await page.getByRole("button", { name: "Save New Password" }).click();
      await expect(page).toHaveURL(/\/profile\/details$/);
    });

    const config = await test.step("make a key pair in the browser and add it", async () => {
      await page.goto("/profile/api-keys");
      await page.getByRole("button", { name: "Add API Key" }).click();
      const dialog = page.getByRole("dialog", { name: "Add API Key" });
      await dialog.getByLabel("Name", { exact: true }).fill("laptop");
      await expect(dialog.getByRole("radio", { name: "Generate API Key Pair" })).toBeChecked();
      await expect(dialog.getByRole("button", { name: "Add", exact: true })).toHaveAttribute(
        "aria-disabled",
        "true",
      );
      const downloading = page.waitForEvent("download");
      await dialog.getByRole("button", { name: "Download Private Key" }).click();
      const download = await downloading;
      const keyFile = join(folder, download.suggestedFilename());
      copyFileSync(await download.path(), keyFile);
      chmodSync(keyFile, 0o600);
      await dialog.getByRole("button", { name: "Add", exact: true }).click();
      const preview = page.getByLabel("Configuration File Preview");
      await expect(preview).toHaveValue(/^\[DEFAULT\]\nuser=ocid1\.user\.[\s\S]*\nkey_file=/);
      const shown = await preview.inputValue();
      expect(shown).toContain(`key_file=~/.oci/${download.suggestedFilename()}`);
      expect(shown).not.toContain("#");
      const file = join(folder, "config");
      // The advice moves the download to ~/.oci; this test keeps it in a folder of its own.
      writeFileSync(file, shown.replace("~/.oci", folder));
      return file;
    });

    await test.step("the SDK lists the key, and the row turns to in use", async () => {
      const client = clientFromFile(config, "DEFAULT", server.url);
      const fingerprint = /^fingerprint=(\S+)$/m.exec(
        await page.getByLabel("Configuration File Preview").inputValue(),
      )?.[1];
      const userId =
        /^user=(\S+)$/m.exec(
          await page.getByLabel("Configuration File Preview").inputValue(),
        )?.[1] ?? "";
      const { items } = await client.listApiKeys({ userId });
      expect(items.map((key) => key.fingerprint)).toEqual([fingerprint]);
      await expect(page.getByText(/In use: last request/)).toBeVisible({ timeout: 20_000 });
    });

    await test.step("the only administrator stays one", async () => {
      await page.goto("/identity/groups");
      await page.getByRole("link", { name: "Administrators", exact: true }).click();
      await clickRowAction(page, "admin", "Remove");
      const question = page.getByRole("alertdialog");
      await question.getByRole("button", { name: "Remove from group" }).click();
      await expect(question).toContainText("Administrators keeps at least one active member.");
      await question.getByRole("button", { name: "Cancel" }).click();
      await page.reload();
      await expect(row(page, "admin")).toBeVisible();
    });

    await test.step("the private key never left the browser", () => {
      expect(bodies.join("\n")).not.toMatch(/PRIVATE KEY/);
    });
  } finally {
    await context.close();
    expect(await server.stop()).toBe(0);
  }
});
