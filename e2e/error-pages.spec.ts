import { type Browser, type Page, test } from "@playwright/test";

import { adminPassword, settleAdministrator } from "./support/console-session";
import { rowsOf } from "./support/database";
import { expect, expectAccessible, expectContrast, signIn } from "./support/fixtures";
import { type RunningServer, startServer } from "./support/server";

/** A server of its own: what is broken here must break nobody else. */
let server: RunningServer;
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  server = await startServer();
  await settleAdministrator(server);
});
test.afterAll(() => server.stop());

const sql = (text: string) => rowsOf(server.dataDir, text);

/** In a browser of their own; what the page complains of on the console, but for the failure that is wanted, is kept. */
async function signedIn(browser: Browser): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", ({ message }) => complaints.push(message));
  await page.goto("/sign-in");
  await signIn(page, "admin", adminPassword);
  await expect(page).toHaveURL(/\/profile\//);
  return { page, complaints };
}

/** The server's failure, as the browser and React tell of it. */
const wanted = /Failed to load resource|React error #441/;

/** In both themes and on a phone; what it says can be found in the log. */
async function expectBroken(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: "This page broke" })).toBeVisible();
  const requestId = await page.getByRole("main").locator("code").innerText();
  expect(requestId).toMatch(/^[0-9A-F]{32}$/);
  expect(server.output()).toContain(`"requestId":"${requestId}","msg":"a page failed"`);
  await expectGoodLooks(page);
}

async function expectGoodLooks(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectContrast(page);
  await page.setViewportSize({ width: 360, height: 740 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 860 });
}

test("a page that fails says so with the id of the request, and another try shows it", async ({
  browser,
}) => {
  const { page, complaints } = await signedIn(browser);
  await sql("alter table oauth_resources rename to oauth_resources_away");
  await page.goto("/identity/oauth-resources");
  await expectBroken(page);
  await sql("alter table oauth_resources_away rename to oauth_resources");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "OAuth resources" })).toBeVisible();
  expect(complaints.filter((text) => !wanted.test(text))).toEqual([]);
});

test("when who asks cannot be found out, frame and sign-in page say so, too", async ({
  browser,
}) => {
  const { page, complaints } = await signedIn(browser);
  await sql("alter table sessions rename to sessions_away");
  await page.goto("/profile/details");
  await expectBroken(page);
  const console = page.url();
  await page.goto("/sign-in");
  await expectBroken(page);
  await sql("alter table sessions_away rename to sessions");
  await page.goto(console);
  await expect(page.getByRole("heading", { name: "My profile" })).toBeVisible();
  expect(complaints.filter((text) => !wanted.test(text))).toEqual([]);
});

test("a page that the database kept away comes back by itself", async ({ browser }) => {
  const { page, complaints } = await signedIn(browser);
  // A server without room for another connection says so with this code, and at once.
  await sql(`alter table sessions rename to sessions_away;
    create function no_room() returns setof sessions_away language plpgsql as
      $$ begin raise exception 'no room' using errcode = '53300'; end $$;
    create view sessions as select * from no_room();
    grant select on sessions to public`);
  const answer = await page.goto("/profile/details");
  expect(answer?.status()).toBe(503);
  await expect(page.getByRole("heading", { name: "The database is away" })).toBeVisible();
  await expectGoodLooks(page);
  await sql(
    "drop view sessions; drop function no_room; alter table sessions_away rename to sessions",
  );
  await expect(page.getByRole("heading", { name: "My profile" })).toBeVisible();
  expect(complaints.filter((text) => !wanted.test(text))).toEqual([]);
});
