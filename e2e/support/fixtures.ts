import { AxeBuilder } from "@axe-core/playwright";
import {
  type BrowserContext,
  expect,
  type Locator,
  type Page,
  test as base,
} from "@playwright/test";

import { Stage, type Person } from "./browser-stage";
import { Complaints } from "./complaints";

interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
}

type SignedIn = Visitor & { readonly person: Person };

interface Fixtures {
  stage: Stage;
  /** Of every page of the test; what it asks for on purpose is told them. */
  complaints: Complaints;
  /** A browser that nobody signed in with. */
  visitor: Visitor;
  /** A fresh user in a browser of their own. */
  asUser: (options?: { email?: string; isAdministrator?: boolean }) => Promise<SignedIn>;
  asAdmin: () => Promise<SignedIn>;
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures that are used from this pattern.
  stage: async ({}, use) => use(new Stage()),
  complaints: [
    async ({ browser }, use) => {
      const complaints = new Complaints();
      const stop = complaints.listenTo(browser);
      await use(complaints);
      stop();
      expect(complaints.all(), "complaints of the pages").toEqual([]);
    },
    { auto: true },
  ],
  visitor: async ({ browser, stage }, use) => {
    const context = await browser.newContext({ baseURL: stage.url });
    await use({ context, page: await context.newPage() });
    await context.close();
  },
  asUser: async ({ browser, stage }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const { person, session } = await stage.settledPerson(options);
      const context = await browser.newContext({ baseURL: stage.url });
      contexts.push(context);
      await context.addCookies(
        [...session.cookies].map(([name, value]) => ({
          name,
          value,
          url: stage.url,
          httpOnly: true,
        })),
      );
      return { person, context, page: await context.newPage() };
    });
    for (const context of contexts) await context.close();
  },
  asAdmin: async ({ asUser }, use) => use(() => asUser({ isAdministrator: true })),
});

export { expect };

/** The row of a table that contains a text. */
export function row(page: Page, text: string): Locator {
  return page.getByRole("row").filter({ hasText: text });
}

export async function clickRowAction(page: Page, text: string, action: string): Promise<void> {
  await row(page, text).getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
}

/** Problems are shown in `main [role=alert]`; Next has an announcer of its own elsewhere. */
export function problem(page: Page): Locator {
  return page.locator("main [role=alert]");
}

/** Lets what the page asks of the server wait until the returned function is called. */
export async function holdActions(page: Page): Promise<() => void> {
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route("**", async (route) => {
    if (route.request().headers()["next-action"] !== undefined) await gate;
    await route.continue();
  });
  return () => goOn();
}

/** Answers why something is done to another person's credentials. */
export async function giveReason(page: Page, reason = "They asked for it"): Promise<void> {
  const question = page.getByRole("dialog", { name: "Reason" });
  await question.getByLabel("Reason").fill(reason);
  await question.getByRole("button", { name: "Continue" }).click();
}

export async function signIn(page: Page, userName: string, password: string): Promise<void> {
  await page.getByLabel("User name").fill(userName);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export function expectAccessible(page: Page): Promise<void> {
  return expectNoViolations(
    page,
    new AxeBuilder({ page }).withTags([
      "wcag2a",
      "wcag2aa",
      "wcag21a",
      "wcag21aa",
      "wcag22aa",
      "best-practice",
    ]),
  );
}

/** What another theme can break. */
export function expectContrast(page: Page): Promise<void> {
  return expectNoViolations(
    page,
    new AxeBuilder({ page }).withRules(["color-contrast", "link-in-text-block"]),
  );
}

async function expectNoViolations(page: Page, axe: AxeBuilder): Promise<void> {
  // A colour on its way to another one is neither.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished),
    ),
  );
  const { violations } = await axe.analyze();
  expect(
    violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
    ),
  ).toEqual([]);
}

/** A secret as it is, without the gaps by which it is read. */
export async function secretIn(place: Locator): Promise<string> {
  return (await place.innerText()).replaceAll(/\s/g, "");
}
