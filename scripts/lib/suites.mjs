import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findBrowser } from "./browser.mjs";
import { ensureBuilt } from "./ensure.mjs";
import { checkResult, crashed, playwrightResult, readReport, vitestResult } from "./results.mjs";
import { npm, root, run, Sentence } from "./run.mjs";

/** In the order in which they run. A suite is absent, and not counted, while a file that it `needs` does not exist. */
export const suites = [
  { name: "types", needs: ["tsconfig.json"], run: checkTypes },
  { name: "lint", needs: ["package.json"], run: () => check("check:lint") },
  { name: "format", needs: ["package.json"], run: () => check("check:format") },
  { name: "imports", needs: [".dependency-cruiser.mjs"], run: () => check("check:deps") },
  { name: "dead-code", needs: ["package.json"], run: () => check("check:dead") },
  { name: "unit", needs: ["vitest.config.ts"], run: () => vitest("unit") },
  { name: "service", needs: ["vitest.config.ts"], run: () => vitest("service") },
  { name: "build", needs: ["server.ts", "app"], run: checkBuild },
  { name: "system", needs: ["vitest.config.ts", "e2e/system"], run: () => vitest("system*") },
  { name: "browser", needs: ["playwright.config.ts", "e2e"], run: playwright },
];

export function isAbsent(suite) {
  return suite.needs.some((file) => !existsSync(join(root, file)));
}

async function check(script) {
  return checkResult(await npm(["run", "--silent", script]));
}

/** Next writes the types of the routes and of imported styles; a fresh clone does not have them yet. */
async function checkTypes() {
  if (existsSync(join(root, "app"))) {
    const next = join(root, "node_modules/next/dist/bin/next");
    const code = await run(process.execPath, [next, "typegen"], { NEXT_TELEMETRY_DISABLED: "1" });
    if (code !== 0) return crashed("next typegen failed");
  }
  return check("check:types");
}

async function checkBuild() {
  try {
    await ensureBuilt();
    return checkResult(0);
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error);
    return checkResult(1);
  }
}

function vitest(project) {
  return withReport(async (report) => {
    const program = join(root, "node_modules/vitest/vitest.mjs");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const code = await run(process.execPath, [program, "run", "--project", project, ...reporters]);
    return vitestResult(code, readReport(report));
  });
}

function playwright() {
  return withReport(async (report) => {
    const browser = await findBrowser();
    const program = join(root, "node_modules/@playwright/test/cli.js");
    const code = await run(process.execPath, [program, "test", "--reporter=list,json"], {
      CHROMIUM_PATH: browser,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      NEXT_TELEMETRY_DISABLED: "1",
    });
    return playwrightResult(code, readReport(report));
  });
}

async function withReport(action) {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-report-"));
  try {
    return await action(join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
