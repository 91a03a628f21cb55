import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { join } from "node:path";

import { Client, type QueryResultRow } from "pg";

/** Room for the socket's own name in an address of the kernel: a longer folder is replaced by one below /tmp. */
const longestSocketFolder = 103 - "/.s.PGSQL.5432".length;

/** Where the embedded PostgreSQL of a data directory listens (docs for operators: backup). */
export function embeddedUrl(dataDir: string): string {
  return `postgres://postgres@localhost:5432/postgres?host=${encodeURIComponent(socketFolder(dataDir))}`;
}

export function socketFolder(dataDir: string): string {
  const real = realpathSync(dataDir);
  const inside = join(real, "run");
  if (Buffer.byteLength(inside) <= longestSocketFolder) return inside;
  return `/tmp/latchkey-${createHash("sha256").update(real).digest("hex").slice(0, 24)}`;
}

/** Runs `work` on a connection as the database's owner; closed afterwards, because a server with guests does not stop. */
export async function withDatabase<T>(
  dataDir: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    connectionString: embeddedUrl(dataDir),
    application_name: "latchkey-e2e",
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export async function rowsOf<Row extends QueryResultRow>(
  dataDir: string,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return withDatabase(dataDir, async (client) => (await client.query<Row>(statement, values)).rows);
}

export async function countOf(
  dataDir: string,
  statement: string,
  values: unknown[] = [],
): Promise<number> {
  const [row] = await rowsOf<{ count: string }>(dataDir, statement, values);
  return Number(row?.count ?? Number.NaN);
}
