import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { nodeBundle, programs } from "./lib/bundle.mjs";
import { ensureBuilt, ensureInstalled } from "./lib/ensure.mjs";
import { root, run, Sentence, tellAndExit } from "./lib/run.mjs";

/** Bundles them into `dist`. With `onRebuild` it goes on watching the sources and calls it after each build. */
export async function buildServer({ onRebuild } = {}) {
  const { build, context } = await import("esbuild");
  const options = serverOptions(onRebuild);
  if (onRebuild === undefined) await build(options);
  else await (await context(options)).watch();
}

/** Builds what people see. */
export async function buildNext() {
  const next = join(root, "node_modules/next/dist/bin/next");
  const code = await run(process.execPath, [next, "build"], {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
  if (code !== 0) throw new Sentence("next build failed; its messages above say why.");
}

function serverOptions(onRebuild) {
  return {
    ...nodeBundle,
    entryPoints: programs
      .filter((entry) => existsSync(join(root, entry)))
      .map((entry) => ({ in: entry, out: nameOf(entry) })),
    outdir: "dist",
    sourcemap: true,
    plugins:
      onRebuild === undefined
        ? []
        : [{ name: "on-rebuild", setup: (build) => build.onEnd(onRebuild) }],
  };
}

function nameOf(entry) {
  return entry.replace(/^.*\//, "").replace(/\.ts$/, "");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  // Not awaited: `ensureBuilt` imports this very module, which would then wait for itself.
  ensureInstalled()
    .then(() => ensureBuilt({ always: true }))
    .catch(tellAndExit);
}
