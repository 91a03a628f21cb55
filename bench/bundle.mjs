import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { nodeBundle } from "../scripts/lib/bundle.mjs";
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
    ...nodeBundle,
    entryPoints: {
      bench: "bench/run.ts",
      "bench-floor": "bench/floor.ts",
      "bench-peer": "bench/peer.ts",
      "bench-scale": "bench/scale.ts",
    },
    outdir: "dist",
  });
}
