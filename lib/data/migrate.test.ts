import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { expect, inject, it, onTestFinished } from "vitest";

import { ConfigError } from "@/lib/config/config-error";
import { withClient } from "@/lib/testing/template";

import { migrate } from "./migrate";

/** A database of a role that may do nothing but own it: what a hosted PostgreSQL gives its customers. */
async function hostedDatabase(): Promise<string> {
  const adminUrl = inject("databaseUrl");
  const name = `latchkey_test_${randomUUID().replaceAll("-", "")}`;
  await withClient(adminUrl, async (client) => {
    await client.query(`create role ${name} login password '${name}'`);
    await client.query(`create database ${name}`);
    await client.query(`alter database ${name} owner to ${name}`);
  });
  onTestFinished(() =>
    withClient(adminUrl, async (client) => {
      await client.query(`drop database ${name} with (force)`);
      await client.query(`drop role ${name}`);
    }),
  );
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  url.username = name;
  url.password = name;
  return url.href;
}

it("where roles cannot be made, the triggers alone keep the audit trail", async () => {
  const url = await hostedDatabase();
  expect(await migrate(url)).toEqual({ restricted: false });
  expect(await migrate(url)).toEqual({ restricted: false });
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `insert into audit_events (action, outcome, via, address, client, request_id)
       values ('create', 'done', 'console', '', '', '')`,
    );
    for (const statement of [
      "update audit_events set action = 'nothing'",
      "delete from audit_events",
      "truncate audit_events",
    ])
      await expect(client.query(statement), statement).rejects.toThrow("append-only");
  } finally {
    await client.end();
  }
});

it("a PostgreSQL that is too old is refused in a sentence, and nothing is made in it", async () => {
  const url = await hostedDatabase();
  await withClient(url, async (client) => {
    await client.query("create schema older");
    await client.query(
      `create function older.current_setting(text) returns text language sql as
       $$ select case $1 when 'server_version_num' then '140012' else '14.12' end $$`,
    );
    const { pathname } = new URL(url);
    await client.query(
      `alter database ${pathname.slice(1)} set search_path = older, pg_catalog, public`,
    );
  });
  const refusal = await migrate(url).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ConfigError);
  expect(String(refusal)).toContain("PostgreSQL 14.12. Latchkey needs version 15 or newer.");
  await withClient(url, async (client) => {
    const { rows } = await client.query("select to_regclass('public.users') as users");
    expect(rows).toEqual([{ users: null }]);
  });
});
