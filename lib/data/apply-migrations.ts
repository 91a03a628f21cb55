import "server-only";
import { setTimeout as sleep } from "node:timers/promises";

import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import { type Client, DatabaseError } from "pg";

/** Whoever waits for a table makes all wait that come after: nobody is to wait longer for a migration than this. */
const longestWaitForLock = "500ms";

/** Then something other than requests holds the table, and a person has to look. */
const patienceMilliseconds = 180_000;

/**
 * Applies what the folder has beyond the database, each migration in a transaction of its own, while other servers go on.
 * One whose statements say CONCURRENTLY runs outside: killed in the middle, it is run again from its beginning. Keeps
 * Drizzle's journal. The caller holds the lock under which only one migrates.
 */
export async function applyMigrations(client: Client, migrationsFolder: string): Promise<void> {
  await client.query(`create schema if not exists drizzle`);
  await client.query(
    `create table if not exists drizzle.__drizzle_migrations
       (id serial primary key, hash text not null, created_at bigint)`,
  );
  const { rows } = await client.query<{ newest: string | null }>(
    "select max(created_at) as newest from drizzle.__drizzle_migrations",
  );
  const newest = Number(rows[0]?.newest ?? 0);
  for (const migration of readMigrationFiles({ migrationsFolder })) {
    if (migration.folderMillis <= newest) continue;
    if (migration.sql.some(isConcurrent)) await applyBeside(client, migration);
    else await withPatience(() => applyAtOnce(client, migration));
  }
}

const isConcurrent = (statement: string) => /\bindex concurrently\b/i.test(statement);

async function applyAtOnce(client: Client, migration: MigrationMeta): Promise<void> {
  await client.query("begin");
  try {
    await client.query(`set local lock_timeout = '${longestWaitForLock}'`);
    for (const statement of migration.sql) await client.query(statement);
    await note(client, migration);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

async function applyBeside(client: Client, migration: MigrationMeta): Promise<void> {
  const other = migration.sql.find((statement) => !isConcurrent(statement));
  if (other !== undefined)
    throw new Error(`Only statements with CONCURRENTLY may stand beside one: ${other}`);
  await dropHalfIndexes(client);
  for (const statement of migration.sql) {
    await client.query(statement).catch((error: unknown) => {
      if (!isCode(error, duplicateTable, undefinedObject)) throw error;
    });
  }
  await note(client, migration);
}

/** A run that was killed leaves indexes that cost and serve nobody, under the names that are wanted. */
async function dropHalfIndexes(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name
     from pg_index join pg_class on pg_class.oid = indexrelid join pg_namespace on pg_namespace.oid = relnamespace
     where not indisvalid and nspname = 'public'`,
  );
  for (const { name } of rows) await client.query(`drop index concurrently ${name}`);
}

async function note(client: Client, { hash, folderMillis }: MigrationMeta): Promise<void> {
  await client.query(
    "insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)",
    [hash, folderMillis],
  );
}

/** Repeats what could not get its locks in time. */
async function withPatience(work: () => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + patienceMilliseconds; ;) {
    try {
      return await work();
    } catch (error) {
      if (!isCode(error, lockNotAvailable, deadlockDetected) || Date.now() > deadline) throw error;
      await sleep(200 + Math.random() * 500);
    }
  }
}

const isCode = (error: unknown, ...codes: string[]) =>
  error instanceof DatabaseError && codes.includes(error.code ?? "");

const duplicateTable = "42P07";
const undefinedObject = "42704";
const lockNotAvailable = "55P03";
const deadlockDetected = "40P01";
