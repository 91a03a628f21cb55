import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { inject } from "vitest";

import { migrate } from "@/lib/data/migrate";

import { template, withClient } from "./template";

export type TestDatabase = { url: string; drop(): Promise<void> };

/** Any number will do, as long as every test process takes the same. */
const templateLock = 7_214_001;

/** A fresh, migrated database of its own: tests that run at the same time cannot see each other's rows. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = inject("databaseUrl");
  await withClient(adminUrl, ensureTemplate);
  const name = `latchkey_test_${randomUUID().replaceAll("-", "")}`;
  await withClient(adminUrl, async (client) => {
    await client.query(`create database ${name} template ${template}`);
    // Nobody needs it after a power cut: no commit waits for the disk.
    await client.query(`alter database ${name} set synchronous_commit = off`);
  });
  return {
    url: urlOf(adminUrl, name),
    drop: async () => {
      await withClient(adminUrl, (client) =>
        client.query(`drop database if exists ${name} with (force)`),
      );
    },
  };
}

/**
 * Migrates once per run. The run's number is kept as the template's comment, so that a server which outlives the run
 * (TEST_DATABASE_URL) never serves the schema of yesterday.
 */
async function ensureTemplate(client: Client): Promise<void> {
  const run = inject("databaseRun");
  await client.query("select pg_advisory_lock($1)", [templateLock]);
  const { rows } = await client.query<{ comment: string | null }>(
    "select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1",
    [template],
  );
  if (rows[0]?.comment === run) return;
  await client.query(`drop database if exists ${template} with (force)`);
  await client.query(`create database ${template}`);
  await migrate(urlOf(inject("databaseUrl"), template));
  await client.query(`comment on database ${template} is '${run}'`);
}

function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}
