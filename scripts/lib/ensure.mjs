import { join } from "node:path";

import {
  buildHash,
  isBuilt,
  isInstalled,
  markBuilt,
  markInstalled,
  unmarkBuilt,
} from "./freshness.mjs";
import { withLock } from "./lock.mjs";
import { npm, root, Sentence } from "./run.mjs";

/** In `dist`, which git ignores and neither npm nor Next ever deletes. */
const lock = join(root, "dist", ".lock");
const sayWait = () => console.log("Another process installs or builds Latchkey; waiting for it.");

/** Installs the packages when they are missing or the lock file has changed. */
export async function ensureInstalled() {
  if (isInstalled(root)) return;
  await withLock(lock, sayWait, async () => {
    if (isInstalled(root)) return;
    console.log("Installing packages…");
    // The build needs the development packages, which npm leaves out under NODE_ENV=production.
    const code = await npm(["ci", "--include=dev", "--no-audit", "--no-fund"]);
    if (code !== 0)
      throw new Sentence(
        "npm ci failed; its messages above say why. Is the package registry reachable?",
      );
    markInstalled(root);
  });
}

/** Builds when the sources are not those of the last build. */
export async function ensureBuilt({ always = false } = {}) {
  if (!always && isBuilt(root)) return;
  await withLock(lock, sayWait, async () => {
    if (!always && isBuilt(root)) return;
    console.log("Building…");
    const { buildServer, buildNext } = await import("../build.mjs");
    const hash = buildHash(root);
    unmarkBuilt(root);
    await buildServer();
    await buildNext();
    markBuilt(root, hash);
  });
}
