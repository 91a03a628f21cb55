import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "@playwright/test";

import { findBrowser } from "./lib/browser.mjs";
import { ensureBuilt, ensureInstalled } from "./lib/ensure.mjs";
import { root, tellAndExit } from "./lib/run.mjs";
import { openDatabase, resetScene, setScene } from "./shots/scene.mjs";
import { startServer } from "./shots/server.mjs";
import { unseenPages } from "./shots/unseen.mjs";
import { signedIn, signedOut } from "./shots/views.mjs";

/**
 * Writes a picture of every page and dialog, in both themes and two widths, into `shots/` for people to look at;
 * `npm run shots -- audit users` those whose names begin so, `SHOTS_LOOKS=light-1440` in so many looks only. One that
 * cannot be taken is told, and the others are taken all the same; so is a page of the build that none is of.
 */
const wanted = process.argv.slice(2);
const out = join(root, "shots");
/** The addresses of which there is a picture. */
const taken = [];
const sizes = [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
];
const looks = ["light", "dark"]
  .flatMap((theme) =>
    sizes.map((viewport) => ({ theme, viewport, name: `${theme}-${viewport.width}` })),
  )
  .filter(({ name }) => (process.env.SHOTS_LOOKS ?? name).split(",").includes(name));

async function main() {
  await ensureInstalled();
  await ensureBuilt();
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const dataDir = mkdtempSync(join(tmpdir(), "latchkey-shots-"));
  const server = await startServer(dataDir);
  const database = await openDatabase(dataDir);
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ["--no-sandbox"],
  });
  try {
    const picture = (page, name) => page.screenshot({ path: join(out, `${name}.png`) });
    const scene = { server, database, viewport: sizes[0], picture };
    const { state, secrets } = await setScene(browser, scene);
    for (const look of looks) {
      await walk(browser, signedOut, { look, url: server.url, database });
      await walk(browser, signedIn(secrets), { look, url: server.url, database, state });
    }
  } finally {
    await browser.close();
    await database.end();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  console.log(`The pictures are in ${out}`);
  const unseen = wanted.length > 0 ? [] : unseenPages(taken);
  for (const page of unseen) console.error(`No picture is of ${page}`);
  if (unseen.length > 0) process.exitCode = 1;
}

async function walk(browser, views, { look, url, database, state }) {
  const context = await browser.newContext({ viewport: look.viewport, storageState: state });
  await context.addCookies([{ name: "latchkey.theme", value: look.theme, url }]);
  for (const [name, view] of Object.entries(views)) {
    if (wanted.length > 0 && !wanted.some((start) => name.startsWith(start))) continue;
    const page = await context.newPage();
    try {
      await view.before?.(database);
      if (view.forcedColors) await page.emulateMedia({ forcedColors: view.forcedColors });
      await page.goto(url + view.path, { waitUntil: "networkidle" });
      await view.act?.(page, database);
      taken.push(page.url());
    } catch (error) {
      process.exitCode = 1;
      console.error(`${name}-${look.name}: ${String(error).split("\n", 1)[0]}`);
    }
    await take(page, view, join(out, `${name}-${look.name}.png`));
    await view.after?.(page);
    await page.close({ runBeforeUnload: false });
    await resetScene(database);
  }
  await context.close();
}

async function take(page, { act, isWhole = act === undefined, isPaper = false }, path) {
  if (isPaper) await page.emulateMedia({ media: "print" });
  // Let the movement of what just opened come to rest.
  await page.waitForTimeout(250);
  // What sticks to the top of the window would stand in the middle of a page that was scrolled.
  if (isWhole) await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path, fullPage: isWhole || isPaper });
}

await main().catch(tellAndExit);
