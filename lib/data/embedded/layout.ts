import "server-only";

import { createHash } from "node:crypto";
import { chmodSync, lstatSync, realpathSync } from "node:fs";
import { join } from "node:path";

import { makeFolder } from "@/lib/config/make-folder";

import { EmbeddedError } from "./embedded-error";

export type Layout = {
  dataDir: string;
  cluster: string;
  socketFolder: string;
  lockFile: string;
  logFile: string;
  libraryLinks: string;
  url: string;
};

/** A socket's path may have 103 bytes (macOS; Linux has 107), and PostgreSQL adds `/.s.PGSQL.5432`. */
const longestSocketFolder = 103 - "/.s.PGSQL.5432".length;

/** Where everything lies. Depends on the data directory alone, so that every process finds the running server. */
export function layOut(dataDirGiven: string): Layout {
  // Others may pass through (PostgreSQL may run as another user than Latchkey) but not look around.
  makeFolder(dataDirGiven, 0o711);
  const dataDir = realpathSync(dataDirGiven);
  const socketFolder = socketFolderOf(dataDir);
  return {
    dataDir,
    cluster: join(dataDir, "postgres"),
    socketFolder,
    lockFile: join(dataDir, "postgres.lock"),
    logFile: join(dataDir, "postgres.log"),
    libraryLinks: join(dataDir, "postgres-lib"),
    url: `postgres://postgres@localhost:5432/postgres?host=${encodeURIComponent(socketFolder)}`,
  };
}

/** Makes the private folder of the socket, and refuses one that somebody else may have prepared. */
export function makeSocketFolder(folder: string, allowedOwners: number[]): void {
  makeFolder(folder, 0o700);
  const found = lstatSync(folder);
  if (!found.isDirectory() || !allowedOwners.includes(found.uid)) {
    throw new EmbeddedError(
      `${folder} belongs to somebody else. Delete it, or point LATCHKEY_DATA to a shorter path.`,
    );
  }
  chmodSync(folder, 0o700);
}

function socketFolderOf(dataDir: string): string {
  const inside = join(dataDir, "run");
  if (Buffer.byteLength(inside) <= longestSocketFolder) return inside;
  return `/tmp/latchkey-${createHash("sha256").update(dataDir).digest("hex").slice(0, 24)}`;
}
