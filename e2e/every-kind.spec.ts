import { readFileSync } from "node:fs";

import type { Locator, Page } from "@playwright/test";

import { credentialKinds } from "@/lib/domain/credentials/registry";
import { checkSecret, groupsWithCheck, spokenForm } from "@/lib/domain/secret-format";

import type { Stage } from "./support/browser-stage";
import { expect, giveReason, row, secretIn, test } from "./support/fixtures";

/** The one showing of a secret, for every kind that has one (issue 3, section 5): each way of saving it, each way out. */
const revealed = credentialKinds.flatMap(({ wires, description }) =>
  description.secretNoun === undefined
    ? []
    : [{ ...description, secretNoun: description.secretNoun, wires }],
);
type Kind = (typeof revealed)[number];

/** What a form asks for beyond the fields that the kind itself declares. */
const moreToFillIn: Partial<Record<string, (form: Locator) => Promise<void>>> = {
  oauth_client_credential: async (form) => {
    const scope = form.getByRole("group", { name: "Scope 1", exact: true });
    await scope.getByText("Enter Fully Qualified Scope").click();
    await scope.getByLabel("Audience").fill("https://analytics.example.com");
    await scope.getByLabel("Scope", { exact: true }).fill("read");
  },
};

test("whatever we generate is shown once, and so is in this battery", () => {
  const generated = credentialKinds.filter(({ secret }) => ["hashed", "sealed"].includes(secret));
  expect(revealed.map(({ id }) => id)).toEqual(generated.map(({ id }) => id));
});

interface Shown {
  readonly dialog: Locator;
  readonly secret: string;
  readonly name: string;
}

let made = 0;

async function generate(page: Page, kind: Kind, { isForAnother = false } = {}): Promise<Shown> {
  const name = `battery ${(made += 1)}`;
  await page.getByRole("button", { name: kind.issueLabel, exact: true }).click();
  const form = page.getByRole("dialog");
  for (const field of kind.fields.filter(({ required }) => required))
    await form.getByLabel(field.label, { exact: true }).fill(name);
  await moreToFillIn[kind.id]?.(form);
  await form.getByRole("button", { name: kind.confirmLabel, exact: true }).click();
  if (isForAnother) await giveReason(page);
  const dialog = page.getByRole("dialog", { name: new RegExp(name) });
  await expect(dialog).toContainText(`This is the only time the ${kind.secretNoun} is shown.`);
  const box = dialog.getByRole("group", { name: kind.secretNoun, exact: true });
  const secret = await secretIn(box);
  expect(checkSecret(secret)?.kind).toBe(kind.id);
  return { dialog, secret, name };
}

const close = (dialog: Locator) =>
  dialog.getByRole("button", { name: "Close", exact: true }).click();
const question = (page: Page) => page.getByRole("alertdialog");

/** Closed without a question, and nothing of the secret is left anywhere in the page, before and after a reload. */
async function expectGone(page: Page, { secret, name }: Shown): Promise<void> {
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(question(page)).toBeHidden();
  await expect(row(page, name)).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  await page.reload();
  await expect(row(page, name)).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  expect(await stored(page)).not.toContain(secret);
}

const stored = (page: Page) =>
  page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]),
  );

/** Room for the next one: limits are another test's. */
async function clear(stage: Stage, ownerId: string, { wires }: Kind): Promise<void> {
  const [wire] = wires;
  if (!wire) throw new Error("The kind has no name in the Identity API.");
  const path = `/users/${ownerId}/${wire.collection}`;
  for (const one of Object.values(await stage.api("GET", path)))
    await stage.api("DELETE", `${path}/${Object(one).id}`);
}

const saved: Record<string, (page: Page, shown: Shown) => Promise<void>> = {
  "copied by the button that has the focus": async (page, { dialog, secret }) => {
    await expect(dialog.getByRole("button", { name: "Copy", exact: true })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  },
  "downloaded, with what belongs to it": async (page, { dialog, secret }) => {
    const downloading = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Download", exact: true }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^latchkey-[\w.-]+\.txt$/);
    expect(download.suggestedFilename()).not.toContain(secret);
    const text = readFileSync(await download.path(), "utf8");
    expect(text).toContain(secret);
    for (const extra of await dialog.locator("dl code").allInnerTexts())
      expect(text).toContain(extra.trim());
  },
  printed: async (page, { dialog, secret }) => {
    await page.emulateMedia({ media: "print" });
    await dialog.getByRole("button", { name: "Print", exact: true }).click();
    const html = page.locator("html");
    await expect(html).toHaveAttribute("data-printed", /./);
    const printed: { all: string; sheet: string; cells: string[][] } = JSON.parse(
      (await html.getAttribute("data-printed")) ?? "",
    );
    expect(printed.all, "no other page furniture").toBe(printed.sheet);
    expect(printed.cells).toEqual(
      groupsWithCheck(secret).map(({ characters, check }, index) => [
        String(index + 1),
        characters,
        check,
        spokenForm(characters).join(", "),
      ]),
    );
    for (const { characters } of groupsWithCheck(secret))
      expect(characters.length).toBeLessThanOrEqual(5);
    // The sheet held the secret, too.
    await page.evaluate(() => delete document.documentElement.dataset["printed"]);
    await page.emulateMedia({ media: "screen" });
    await expect(page.locator("[data-print-sheet]")).toHaveCount(0);
  },
  "ticked off": async (_page, { dialog }) => {
    await dialog.getByLabel("I have saved it").check();
  },
};

/** In place of the browser's own dialog: what would come out of the printer. */
const catchPrinting = () => {
  window.print = () => {
    const sheet = document.querySelector<HTMLElement>("[data-print-sheet]");
    const cells = Array.from(sheet?.querySelectorAll("tbody tr") ?? [], (line) =>
      Array.from(line.querySelectorAll("td"), (cell) => cell.textContent),
    );
    const printed = { all: document.body.innerText.trim(), sheet: sheet?.innerText.trim(), cells };
    document.documentElement.dataset["printed"] = JSON.stringify(printed);
    window.dispatchEvent(new Event("afterprint"));
  };
};

for (const kind of revealed) {
  test(`${kind.section}: saved in any of the ways, the dialog closes unasked and the ${kind.secretNoun} is gone`, async ({
    asAdmin,
    stage,
  }) => {
    test.slow();
    const { page, person } = await asAdmin();
    await page.addInitScript(catchPrinting);
    await page.goto(`/profile/${kind.section}`);
    for (const [way, save] of Object.entries(saved)) {
      await test.step(way, async () => {
        const shown = await generate(page, kind);
        await save(page, shown);
        await close(shown.dialog);
        await expectGone(page, shown);
        await clear(stage, person.id, kind);
        await page.reload();
      });
    }
  });

  test(`${kind.section}: not saved, Esc, a press outside, Close and a reload ask first`, async ({
    asAdmin,
  }) => {
    const { page } = await asAdmin();
    await page.goto(`/profile/${kind.section}`);
    const first = await generate(page, kind);
    const pressOutside = () => page.mouse.click(5, 400);
    for (const leave of [
      () => page.keyboard.press("Escape"),
      pressOutside,
      () => close(first.dialog),
    ]) {
      await leave();
      const back = question(page).getByRole("button", { name: "Go back" });
      await expect(back).toBeFocused();
      await back.click();
      await expect(question(page)).toBeHidden();
      await expect(first.dialog).toBeVisible();
    }
    await close(first.dialog);
    await question(page).getByRole("button", { name: "Close without saving" }).click();
    await expectGone(page, first);

    const second = await generate(page, kind);
    const asked: string[] = [];
    page.on("dialog", async (dialog) => {
      asked.push(dialog.type());
      await (asked.length === 1 ? dialog.dismiss() : dialog.accept());
    });
    await page.evaluate(() => setTimeout(() => location.reload()));
    await expect.poll(() => asked).toEqual(["beforeunload"]);
    await expect(second.dialog).toContainText(second.secret.slice(-3));
    await page.reload();
    expect(asked).toEqual(["beforeunload", "beforeunload"]);
    await expectGone(page, second);
    expect(asked, "nothing is left to be asked about").toHaveLength(2);
  });

  test(`${kind.section}: where the page has no clipboard, as on plain http, it selects and says so`, async ({
    asAdmin,
  }) => {
    const { page } = await asAdmin();
    await page.addInitScript(() =>
      Object.defineProperty(navigator, "clipboard", { value: undefined }),
    );
    await page.goto(`/profile/${kind.section}`);
    const shown = await generate(page, kind);
    await shown.dialog.getByRole("button", { name: "Copy", exact: true }).click();
    await expect(shown.dialog).toContainText("Selected: copy it with your keyboard");
    expect(await page.evaluate(() => getSelection()?.toString().replaceAll(/\s/g, ""))).toBe(
      shown.secret,
    );
    // Nobody knows whether it was copied then: closing asks.
    await close(shown.dialog);
    await question(page).getByRole("button", { name: "Go back" }).click();
    await shown.dialog.getByLabel("I have saved it").check();
    await page.keyboard.press("Escape");
    await expectGone(page, shown);
  });

  test(`${kind.section}: made for another, it says whose it is and how to hand it over`, async ({
    asAdmin,
    asUser,
  }) => {
    const { person } = await asUser();
    const { page } = await asAdmin();
    await page.goto(`/identity/users/${person.id}/${kind.section}`);
    const shown = await generate(page, kind, { isForAnother: true });
    await expect(page.getByRole("dialog", { name: new RegExp(person.name) })).toBeVisible();
    await expect(shown.dialog).toContainText(
      `This ${kind.secretNoun} belongs to ${person.name}Read it out to them by voice`,
    );
    await shown.dialog.getByLabel("I have saved it").check();
    await close(shown.dialog);
    await expectGone(page, shown);
  });
}
