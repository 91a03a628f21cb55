import "server-only";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Client } from "pg";

import { ConfigError } from "@/lib/config/config-error";

import { applicationRole } from "./application-role";
import { applyMigrations } from "./apply-migrations";

/** One number for the whole cluster: migrations of the same database wait for each other, also across processes. */
const migrationLock = 7_209_154_331;

/**
 * Brings the database to the schema of this version. Safe to run from several processes at once, beside servers of the
 * former version, and to be killed in the middle. Answers whether the restricted role is in force.
 */
export async function migrate(
  url: string,
  folder = resolve("drizzle"),
): Promise<{ restricted: boolean }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await requireVersion(client);
    await waitForTurn(client);
    await applyMigrations(client, folder);
    return { restricted: await restrictApplication(client) };
  } finally {
    await client.end();
  }
}

/** Asks again and again: a statement that waits has a snapshot, and an index made concurrently waits for all of those. */
async function waitForTurn(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ granted: boolean }>(
      "select pg_try_advisory_lock($1) as granted",
      [migrationLock],
    );
    if (rows[0]?.granted === true) return;
    await sleep(100);
  }
}

const oldestMajorVersion = 15;

async function requireVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ major: number; version: string }>(
    `select current_setting('server_version_num')::int / 10000 as major,
            current_setting('server_version') as version`,
  );
  const [found] = rows;
  if (found !== undefined && found.major < oldestMajorVersion)
    throw new ConfigError(
      `The database that DATABASE_URL names is PostgreSQL ${found.version}. Latchkey needs version ${oldestMajorVersion} or newer.`,
    );
}

/**
 * Gives the role that the pool runs as everything but the power to alter the audit trail. Roles belong to the cluster
 * and may be out of reach on a hosted database; the triggers of the schema then stand alone.
 */
async function restrictApplication(client: Client): Promise<boolean> {
  const statements = [
    `do $$ begin create role ${applicationRole} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    `grant ${applicationRole} to current_user`,
    `grant usage on schema public to ${applicationRole}`,
    `grant select, insert, update, delete on all tables in schema public to ${applicationRole}`,
    `grant usage, select on all sequences in schema public to ${applicationRole}`,
    `revoke update, delete, truncate on audit_events from ${applicationRole}`,
    `grant update (position, previous_hash, hash) on audit_events to ${applicationRole}`,
    `revoke update, delete, truncate on audit_checkpoints from ${applicationRole}`,
  ];
  try {
    for (const statement of statements) await client.query(statement);
    return true;
  } catch (error) {
    if (isDenied(error)) return false;
    throw error;
  }
}

function isDenied(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "42501";
}
