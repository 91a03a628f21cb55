import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { programs } from "./bundle.mjs";
import { contentHash } from "./content-hash.mjs";

/** What the build is made from. */
export const buildSources = [
  "app",
  "components",
  "lib",
  "drizzle",
  "public",
  ...programs,
  "scripts/lib/on-the-host.ts",
  "scripts/lib/bundle.mjs",
  "scripts/build.mjs",
  "instrumentation-client.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

const installSources = ["package.json", "package-lock.json"];
const installStamp = "node_modules/.latchkey";
const buildStamp = ".next/latchkey";

export function isInstalled(root) {
  if (stampIs(root, installStamp, installHash(root))) return true;
  if (!hasAllPackages(root)) return false;
  markInstalled(root);
  return true;
}

export function markInstalled(root) {
  writeStamp(root, installStamp, installHash(root));
}

export function buildHash(root) {
  return contentHash(root, buildSources, runtime());
}

export function isBuilt(root) {
  return existsSync(join(root, "dist/server.js")) && stampIs(root, buildStamp, buildHash(root));
}

/** `hash` is that of the sources when the build began: what changed meanwhile is built next time. */
export function markBuilt(root, hash) {
  writeStamp(root, buildStamp, hash);
}

/** Before a build: if it is interrupted, nobody takes the half of it for a whole. */
export function unmarkBuilt(root) {
  rmSync(join(root, buildStamp), { force: true });
}

function installHash(root) {
  return contentHash(root, installSources, runtime());
}

/** Packages with native parts belong to one platform and one line of Node. */
function runtime() {
  return `${process.platform}-${process.arch}-${process.versions.modules}`;
}

/** Somebody may have run npm themselves: npm notes in node_modules what it put there. */
function hasAllPackages(root) {
  const wanted = packagesIn(join(root, "package-lock.json"));
  const present = packagesIn(join(root, "node_modules/.package-lock.json"));
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(
    ([path, { optional, devOptional, version }]) =>
      path === "" || optional || devOptional || present[path]?.version === version,
  );
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

function stampIs(root, stamp, hash) {
  try {
    return readFileSync(join(root, stamp), "utf8") === hash;
  } catch {
    return false;
  }
}

function writeStamp(root, stamp, hash) {
  mkdirSync(dirname(join(root, stamp)), { recursive: true });
  writeFileSync(join(root, stamp), hash);
}
