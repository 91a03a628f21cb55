import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** One hash of the names and contents of files, and of all files in folders. What is missing counts as missing. */
export function contentHash(root, entries, salt = "") {
  const hash = createHash("sha256").update(`${salt}\0`);
  for (const path of entries.flatMap((entry) => filesBelow(root, entry))) {
    const content = readFileSync(join(root, path));
    // The length keeps "ab" + "c" apart from "a" + "bc".
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesBelow(root, entry) {
  const found = statSync(join(root, entry), { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (found.isFile()) return [entry];
  if (!found.isDirectory()) return [];
  return readdirSync(join(root, entry))
    .sort()
    .flatMap((name) => filesBelow(root, `${entry}/${name}`));
}
