import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { withDatabase } from "./database";

/** A place that a secret might have got into, and all that it holds. */
export interface Place {
  readonly name: string;
  readonly content: Buffer;
}

/** Every file below a folder, but for what `isKept` leaves out. */
export function filesBelow(
  folder: string,
  isKept: (path: string) => boolean = () => true,
): Place[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!isKept(path)) return [];
    if (entry.isDirectory()) return filesBelow(path, isKept);
    if (!entry.isFile() || statSync(path).size === 0) return [];
    return [{ name: path, content: readFileSync(path) }];
  });
}

/** Every row of every table, as a dump would show it. */
export async function dumpTables(dataDir: string): Promise<Place[]> {
  return withDatabase(dataDir, async (client) => {
    const tables = await client.query<{ table: string }>(
      `select format('%I.%I', schemaname, tablename) as table from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
    );
    const places: Place[] = [];
    for (const { table } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(
        `select to_jsonb(t)::text as row from ${table} t`,
      );
      const text = rows.map(({ row }) => row).join("\n");
      places.push({ name: `table ${table}`, content: Buffer.from(text) });
    }
    return places;
  });
}

/** The ways in which a secret might be written down. */
export function spellings(secret: string): Buffer[] {
  const bytes = Buffer.from(secret);
  const texts = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
  return [...new Set(texts)].map((text) => Buffer.from(text));
}

/** `place: secret` for every find; a secret is told by its name only. */
export function finds(places: readonly Place[], secrets: ReadonlyMap<string, string>): string[] {
  const needles = [...secrets].map(([name, secret]) => ({ name, forms: spellings(secret) }));
  return places.flatMap((place) =>
    needles
      .filter(({ forms }) => forms.some((form) => place.content.includes(form)))
      .map(({ name }) => `${place.name}: ${name}`),
  );
}
