import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { ensureBuilt, ensureInstalled } from "../scripts/lib/ensure.mjs";
import { root, tellAndExit } from "../scripts/lib/run.mjs";

/** Bundles the bench beside the built server and runs it: `npm run bench [-- rounds seconds]`. */
async function prepare() {
  process.chdir(root);
  await ensureInstalled();
  await ensureBuilt();
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: {
      bench: "bench/run.ts",
      "bench-floor": "bench/floor.ts",
      "bench-peer": "bench/peer.ts",
    },
    outdir: "dist",
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    alias: { "@": root },
    logLevel: "warning",
  });
}

await prepare().catch(tellAndExit);
await import(pathToFileURL(join(root, "dist/bench.js")).href);
