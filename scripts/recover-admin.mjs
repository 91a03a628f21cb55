import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { ensureBuilt, ensureInstalled } from "./lib/ensure.mjs";
import { root, tellAndExit } from "./lib/run.mjs";

/** The way back in for whoever has the host: `npm run recover-admin [-- name]`. Beside a running server or without one. */
try {
  process.chdir(root);
  await ensureInstalled();
  await ensureBuilt();
} catch (error) {
  tellAndExit(error);
}
process.env.NODE_ENV = "production";
await import(pathToFileURL(join(root, "dist/recover-admin.js")).href);
