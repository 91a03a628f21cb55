import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { ensureBuilt, ensureInstalled } from "../scripts/lib/ensure.mjs";
import { root, tellAndExit } from "../scripts/lib/run.mjs";

/** Bundles the programs of the bench beside the built server, and runs one of them. */
export async function runProgram(name) {
  await prepare().catch(tellAndExit);
  await import(pathToFileURL(join(root, `dist/${name}.js`)).href);
}

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
      "bench-scale": "bench/scale.ts",
    },
    outdir: "dist",
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    // `server-only` throws outside Next's own bundler, which is where this code runs.
    alias: { "server-only": "./lib/config/empty.ts", "@": root },
    logLevel: "warning",
  });
}
