import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { ensureBuilt, ensureInstalled } from "./ensure.mjs";
import { root, tellAndExit } from "./run.mjs";

/** Everything from a fresh clone to a running server. The server runs in this process, so that signals reach it. */
export async function launch() {
  try {
    process.chdir(root);
    process.env.NEXT_TELEMETRY_DISABLED = "1";
    await ensureInstalled();
    await ensureBuilt();
  } catch (error) {
    tellAndExit(error);
  }
  process.env.NODE_ENV = "production";
  await import(pathToFileURL(join(root, "dist/server.js")).href);
}
