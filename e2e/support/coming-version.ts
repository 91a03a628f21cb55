import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** A copy of the product that brings further migrations: what the next version is to a database and to servers of this one. */
export interface ComingVersion {
  readonly folder: string;
  /** Adds migrations, later than all that there are. */
  add(...migrations: string[]): void;
  /** What the database's journal says of the last of them. */
  newest(): number;
}

export function makeComingVersion(): ComingVersion {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-coming-"));
  for (const part of ["dist", ".next", "node_modules", "package.json", "next.config.mjs"])
    symlinkSync(resolve(part), join(folder, part));
  mkdirSync(join(folder, "drizzle", "meta"), { recursive: true });
  cpSync("drizzle", join(folder, "drizzle"), { recursive: true });
  const journalPath = join(folder, "drizzle", "meta", "_journal.json");
  const journal: Journal = JSON.parse(readFileSync(journalPath, "utf8"));
  const newest = () => journal.entries.at(-1)?.when ?? 0;
  return {
    folder,
    newest,
    add: (...migrations) => {
      for (const text of migrations) {
        const idx = journal.entries.length;
        const tag = `${String(idx).padStart(4, "0")}_coming`;
        const when = newest() + 1;
        writeFileSync(join(folder, "drizzle", `${tag}.sql`), text);
        journal.entries.push({ idx, version: "7", when, tag, breakpoints: true });
      }
      writeFileSync(journalPath, JSON.stringify(journal));
    },
  };
}

type Journal = {
  entries: { idx: number; version: string; when: number; tag: string; breakpoints: boolean }[];
};
