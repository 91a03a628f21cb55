import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

import { errorCode } from "./error-code";

/**
 * Makes a folder and those above it that are missing. Node's own recursive mkdir never returns below a folder that is
 * there and takes no other (`/proc`), and no signal reaches the process any more.
 */
export function makeFolder(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if (isFolder(folder)) return;
    const above = dirname(folder);
    if (errorCode(error) !== "ENOENT" || isFolder(above)) throw error;
    makeFolder(above, mode);
    makeFolder(folder, mode);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
