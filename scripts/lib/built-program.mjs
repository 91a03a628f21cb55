import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { ensureBuilt, ensureInstalled } from "./ensure.mjs";
import { root, tellAndExit } from "./run.mjs";

/** Runs one of the programs in `dist`, after installing and building what is missing. */
export async function runBuilt(program) {
  try {
    process.chdir(root);
    await ensureInstalled();
    await ensureBuilt();
  } catch (error) {
    tellAndExit(error);
  }
  process.env.NODE_ENV = "production";
  await import(pathToFileURL(join(root, "dist", `${program}.js`)).href);
}
