import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

/** The first that must let the version before it serve on (docs/decisions/0115). */
const firstBesideTraffic = "0028";

/** What the version before stumbles over, or what holds a table for as long as it has rows. */
const forbidden: readonly (readonly [pattern: RegExp, sentence: string])[] = [
  [
    /create (?:unique )?index (?!concurrently)[^;]*? on (?:only )?(?:"?public"?\.)?"?(\w+)/i,
    "makes an index that no writer passes: say concurrently, in a file of its own",
  ],
  [/drop index (?!concurrently)/i, "drops an index without concurrently"],
  [
    /alter table "?(\w+)"? drop (?:column|constraint)/i,
    "takes away what the version before may use",
  ],
  [/alter table "?(\w+)"? rename/i, "renames what the version before uses"],
  [/drop table|truncate/i, "takes a table away"],
  [/alter column [^;]* (?:set not null|type|set data type)/i, "reads, or writes anew, every row"],
  [
    /alter table "?(\w+)"? add column (?![^;]*default)[^;]*not null/i,
    "adds a column that the version before does not fill",
  ],
  [
    /alter table "?(\w+)"? add constraint (?![^;]*not valid)/i,
    "checks every row while it holds the table: add it not valid, and validate it in a later file",
  ],
];

/** What is wrong with a migration; about a table that it makes itself, nothing is. */
function faultsOf(sql: string): string[] {
  const statements = sql
    .replaceAll(/--(?!>).*$/gm, "")
    .split("--> statement-breakpoint")
    .map((statement) => statement.replaceAll(/\s+/g, " "));
  const made = [...sql.matchAll(/create table (?:if not exists )?"?(\w+)/gi)].map(
    ([, name]) => name,
  );
  return statements.flatMap((statement) =>
    forbidden
      .filter(([pattern]) => {
        const found = pattern.exec(statement);
        return found !== null && !made.includes(found[1]);
      })
      .map(([, sentence]) => sentence),
  );
}

const files = readdirSync("drizzle").filter((name) => name.endsWith(".sql"));

describe("migrations", () => {
  it.each(files.filter((name) => name >= firstBesideTraffic))(
    "%s lets the version before it serve",
    (name) => expect(faultsOf(readFileSync(`drizzle/${name}`, "utf8"))).toEqual([]),
  );

  it.each([
    "0017_user-filters.sql",
    "0020_users-search.sql",
    "0022_when_a_secret_was_replaced.sql",
    "0026_email_confirmations.sql",
  ])("%s is from before and would be found out", (name) =>
    expect(faultsOf(readFileSync(`drizzle/${name}`, "utf8"))).not.toEqual([]),
  );

  it.each([
    'alter table "users" add column "x" text not null',
    "alter table users drop column x",
    "alter table users rename column x to y",
    "alter table users alter column x set not null",
    "alter table users add constraint y check (x > 0)",
    "drop table users",
    "create unique index x on users (y)",
    "drop index x",
  ])("%s is found out", (statement) => expect(faultsOf(statement)).toHaveLength(1));

  it.each([
    "alter table users add column x text",
    "alter table users add column x text default '' not null",
    "alter table users add constraint y check (x > 0) not valid",
    "create index concurrently x on users (y)",
    "drop index concurrently x",
    'create table "x" (y text);--> statement-breakpoint create index "z" on "x" using btree ("y");--> statement-breakpoint alter table "x" add constraint "a" foreign key ("y") references "public"."users"("id")',
  ])("%s is fine", (statement) => expect(faultsOf(statement)).toEqual([]));
});
