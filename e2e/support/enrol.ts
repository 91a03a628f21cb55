import type { Locator, Page } from "@playwright/test";
import { decodeQR } from "qr/decode.js";

import { expect, expectAccessible } from "./fixtures";
import { appCode } from "./totp";

/** *Enable Multi-Factor Authentication*, to the recovery codes and out of the dialog. */
export async function enrol(page: Page): Promise<{ key: string; recoveryCodes: string[] }> {
  await page.getByRole("button", { name: "Enable Multi-Factor Authentication" }).click();
  const dialog = page.getByRole("dialog", { name: "Enable Multi-Factor Authentication" });
  const key = (await dialog.locator("code").textContent()) ?? "";
  expect(key).toMatch(/^[A-Z2-7]{32}$/);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const scanned = await scan(dialog.getByRole("img"));
    expect(new URL(scanned).searchParams.get("secret")).toBe(key);
  }
  await expectAccessible(page);
  await dialog.getByLabel("Verification code").fill("000000");
  await dialog.getByRole("button", { name: "Enable" }).click();
  await expect(dialog.getByText("This code is not right").first()).toBeVisible();
  await dialog.getByLabel("Verification code").fill(appCode(key));
  await dialog.getByRole("button", { name: "Enable" }).click();
  return {
    key,
    recoveryCodes: await savedCodes(page.getByRole("dialog", { name: "Recovery codes" })),
  };
}

export async function savedCodes(dialog: Locator): Promise<string[]> {
  const text = await dialog.getByRole("group", { name: "list of recovery codes" }).innerText();
  await dialog.getByRole("button", { name: "Close" }).click();
  const question = dialog.page().getByRole("alertdialog");
  await expect(question).toContainText("without a copy has to make new codes.");
  await question.getByRole("button", { name: "Go back" }).click();
  await dialog.getByLabel("I have saved it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  return text.split("\n").filter((line) => line.trim() !== "");
}

/** What a phone reads from the pixels on the screen. */
async function scan(image: Locator): Promise<string> {
  const png = (await image.screenshot({ scale: "device" })).toString("base64");
  const { width, height, data } = await image.evaluate(async (_image, encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context?.drawImage(bitmap, 0, 0);
    const pixels = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
    return { width: bitmap.width, height: bitmap.height, data: [...pixels] };
  }, png);
  return decodeQR({ width, height, data: new Uint8ClampedArray(data) });
}
