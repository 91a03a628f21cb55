import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Client } from "pg";
import { beforeAll, expect, inject, it, onTestFinished } from "vitest";

import { createTestDatabase } from "@/lib/testing/database";
import { withClient } from "@/lib/testing/template";

import { migrate } from "./migrate";

/** A database of the newest schema, with rows to be counted and a table that a coming version changes. */
let url: string;

beforeAll(async () => {
  const database = await createTestDatabase();
  ({ url } = database);
  await withClient(url, (client) =>
    client.query(
      "create table things as select id, id % 10 as kind from generate_series(1, 20000) as id",
    ),
  );
  return () => database.drop();
});

/** The migrations of a coming version, each later than all that there are. */
function coming(...migrations: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-migrations-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "meta"));
  const entries = migrations.map((text, index) => {
    const tag = `${String(index).padStart(4, "0")}_coming`;
    writeFileSync(join(folder, `${tag}.sql`), text);
    serial += 1;
    return { idx: index, version: "7", when: 9_000_000_000_000 + serial, tag, breakpoints: true };
  });
  const journal = { version: "7", dialect: "postgresql", entries };
  writeFileSync(join(folder, "meta", "_journal.json"), JSON.stringify(journal));
  return folder;
}
let serial = 0;

async function ask(statement: string): Promise<unknown[]> {
  let found: unknown[] = [];
  await withClient(url, async (client) => {
    ({ rows: found } = await client.query({ text: statement, rowMode: "array" }));
  });
  return found.flat();
}

const validIndexes =
  "select relname from pg_index join pg_class on oid = indexrelid where indisvalid and relname like 'things%' order by 1";

it("a migration that fails leaves those before it and nothing of itself", async () => {
  const folder = coming(
    "alter table things add column first text",
    "alter table things add column second text;--> statement-breakpoint\nselect 1 / 0",
  );
  await expect(migrate(url, folder)).rejects.toThrow("division by zero");
  expect(
    await ask(
      "select attname from pg_attribute where attrelid = 'things'::regclass and attname in ('first', 'second')",
    ),
  ).toEqual(["first"]);
});

it("a table that is held for a while is waited for without making its readers wait", async () => {
  const folder = coming("alter table things add column third text");
  const holder = new Client({ connectionString: url });
  await holder.connect();
  await holder.query("begin; select from things limit 1");
  const migrated = migrate(url, folder);
  const began = performance.now();
  const waits: number[] = [];
  // Long enough for some attempts; whoever comes while one waits stands behind it.
  for (let reads = 0; reads < 30; reads += 1) {
    const since = performance.now();
    await ask("select count(*) from things");
    waits.push(performance.now() - since);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const held = performance.now() - began;
  await holder.end();
  expect(await migrated).toEqual({ restricted: true });
  expect(Math.max(...waits)).toBeLessThan(held / 2);
});

it("two that migrate at once make an index beside a server's transactions, and neither stops the other", async () => {
  const folder = coming(
    "create index concurrently things_by_kind on things (kind);--> statement-breakpoint\ncreate index concurrently things_by_id on things (id)",
    "alter table things add column fourth text",
  );
  expect(
    await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)]),
  ).toEqual(Array.from({ length: 3 }, () => ({ restricted: true })));
  expect(await ask(validIndexes)).toEqual(["things_by_id", "things_by_kind"]);
});

it("what a killed run left of its indexes is made again", async () => {
  const folder = coming(
    "create index concurrently things_first on things (kind);--> statement-breakpoint\ncreate unique index concurrently things_second on things (kind)",
  );
  // Fails at the end of the second, and leaves it as half an index.
  await expect(migrate(url, folder)).rejects.toThrow("could not create unique index");
  await withClient(url, (client) => client.query("delete from things where id > 10"));
  await migrate(url, folder);
  expect(await ask(validIndexes)).toEqual([
    "things_by_id",
    "things_by_kind",
    "things_first",
    "things_second",
  ]);
});

it("a migration does not mix what runs in a transaction with what cannot", async () => {
  const folder = coming(
    "drop index concurrently things_first;--> statement-breakpoint\nalter table things drop column kind",
  );
  await expect(migrate(url, folder)).rejects.toThrow("may stand beside one");
  expect(await ask(validIndexes)).toContain("things_first");
});
