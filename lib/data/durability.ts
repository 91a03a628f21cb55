import "server-only";
import type { Pool } from "pg";

const wanted = ["fsync", "synchronous_commit", "full_page_writes"] as const;

/** The settings of a database that would lose what it has acknowledged when its machine goes down; none for a safe one. */
export async function findLooseSettings(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    "select name from pg_settings where name = any($1) and setting = 'off'",
    [wanted],
  );
  return rows.map(({ name }) => name);
}
