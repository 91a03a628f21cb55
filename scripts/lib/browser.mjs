import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { root, run, Sentence } from "./run.mjs";

/** The one without a window first: it does the same in a tenth less time. */
const names = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];
const macApplications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The path of a Chromium or Chrome: an installed one, else Playwright's own, else Debian's package. */
export async function findBrowser() {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined && given !== "") {
    if (isExecutable(given)) return given;
    throw new Sentence(`CHROMIUM_PATH names ${given}, which cannot be executed.`);
  }
  return (
    installedBrowser() ?? (await playwrightsBrowser()) ?? (await debiansBrowser()) ?? noBrowser()
  );
}

function installedBrowser() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...macApplications].find(isExecutable);
}

async function playwrightsBrowser() {
  const { chromium } = await import("@playwright/test");
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  console.log("No Chromium or Chrome found; installing Playwright's…");
  const cli = join(root, "node_modules/@playwright/test/cli.js");
  const withLibraries = isRoot() && process.platform === "linux" ? ["--with-deps"] : [];
  await run(process.execPath, [cli, "install", ...withLibraries, "chromium"]);
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

async function debiansBrowser() {
  if (!isRoot() || !existsSync("/usr/bin/apt-get")) return undefined;
  console.log("Installing the Chromium of Debian…");
  const quiet = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], quiet);
  for (const name of ["chromium-headless-shell", "chromium"]) {
    await run("apt-get", ["install", "-y", "--no-install-recommends", name], quiet);
    const installed = installedBrowser();
    if (installed !== undefined) return installed;
  }
  return undefined;
}

function noBrowser() {
  throw new Sentence(
    "No browser: install Chromium or Chrome, or set CHROMIUM_PATH to one, and run npm test again.",
  );
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isRoot() {
  return process.getuid?.() === 0;
}
