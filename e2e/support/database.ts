import { createHash, randomBytes } from "node:crypto";
import { realpathSync } from "node:fs";
import type { NetConnectOpts } from "node:net";
import { join } from "node:path";

import { Client, type QueryResultRow } from "pg";

/** Another PostgreSQL for the whole run; its role may create databases. Unset, each data directory has its own. */
const otherServer = process.env["TEST_DATABASE_URL"] || undefined;

/** What stops, kills and reads PostgreSQL itself needs the embedded one; any other belongs to somebody else. */
export const isEmbedded = otherServer === undefined;

/** Room for the socket's own name in an address of the kernel: a longer folder is replaced by one below /tmp. */
const longestSocketFolder = 103 - "/.s.PGSQL.5432".length;

/** The database of a data directory: a server with another directory never sees it. */
export function databaseUrl(dataDir: string): string {
  if (otherServer === undefined) return embeddedUrl(dataDir);
  const url = new URL(otherServer);
  url.pathname = `/${namesOfRun()}${digestOf(realpathSync(dataDir))}`;
  return url.href;
}

/** Where that database listens. */
export function listeningAt(dataDir: string): NetConnectOpts {
  const url = new URL(databaseUrl(dataDir));
  const folder = url.searchParams.get("host");
  if (folder !== null) return { path: `${folder}/.s.PGSQL.5432` };
  return { host: url.hostname, port: Number(url.port || 5432) };
}

/** The same database behind another port of this machine. */
export function databaseUrlAtPort(dataDir: string, port: number): string {
  const url = new URL(databaseUrl(dataDir));
  url.searchParams.delete("host");
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return url.href;
}

/** The settings under which any of our programs finds the data directory and its database. */
export function dataSettings(dataDir: string): Record<string, string> {
  if (isEmbedded) return { LATCHKEY_DATA: dataDir };
  return { LATCHKEY_DATA: dataDir, DATABASE_URL: databaseUrl(dataDir) };
}

/** On another PostgreSQL nothing makes the database of a data directory but this. */
export async function ensureDatabase(dataDir: string): Promise<void> {
  if (isEmbedded) return;
  const name = new URL(databaseUrl(dataDir)).pathname.slice(1);
  await onOtherServer(async (client) => {
    const known = await client.query("select from pg_database where datname = $1", [name]);
    if (known.rowCount === 0) await client.query(`create database ${name}`);
  });
}

/** At the end of a run: the databases that it made on another PostgreSQL go with it. */
export async function dropDatabasesOfRun(): Promise<void> {
  if (isEmbedded) return;
  await onOtherServer(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select datname as name from pg_database where starts_with(datname, $1)",
      [namesOfRun()],
    );
    for (const { name } of rows) await client.query(`drop database ${name} with (force)`);
  });
}

const runVariable = "TEST_DATABASE_RUN";

/** Before the first server: two runs on one PostgreSQL do not drop each other's databases. */
export function beginRun(): void {
  process.env[runVariable] = randomBytes(4).toString("hex");
}

const namesOfRun = () => `latchkey_e2e_${process.env[runVariable] ?? "alone"}_`;

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 24);

async function onOtherServer(work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: otherServer });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Where the embedded PostgreSQL of a data directory listens (docs for operators: backup). */
function embeddedUrl(dataDir: string): string {
  return `postgres://postgres@localhost:5432/postgres?host=${encodeURIComponent(socketFolder(dataDir))}`;
}

function socketFolder(dataDir: string): string {
  const real = realpathSync(dataDir);
  const inside = join(real, "run");
  if (Buffer.byteLength(inside) <= longestSocketFolder) return inside;
  return `/tmp/latchkey-${digestOf(real)}`;
}

/** Runs `work` on a connection as the database's owner; closed afterwards, because a server with guests does not stop. */
export async function withDatabase<T>(
  dataDir: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    connectionString: databaseUrl(dataDir),
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
