import { expect, it } from "vitest";

import { createTestDatabase } from "@/lib/testing/database";
import { withClient } from "@/lib/testing/template";

import { partOf } from "./keyset";
import { wordsOf } from "./user-filter";

const crowd = 1_000;

it("looks in the middle for what the index of parts knows there, and for nothing that it reads everybody for", async () => {
  const database = await createTestDatabase();
  const looked: Record<string, "parts" | "beginning"> = {};
  const known: typeof looked = {};
  try {
    await withClient(database.url, async (client) => {
      // Nobody has a part of any word below: whoever is read is read for want of parts.
      await client.query(`create temp table names as
        select repeat('0', 20) as name from generate_series(1, ${crowd})`);
      await client.query("create index on names using gin (name gin_trgm_ops)");
      await client.query("set enable_seqscan = off");
      for (const word of words) {
        const pattern = client.escapeLiteral(partOf(word));
        const { rows } = await client.query<{ "QUERY PLAN": string }>(
          `explain (analyze, costs off, timing off) select from names where name like ${pattern}`,
        );
        const scan = rows.find((row) => row["QUERY PLAN"].includes("Bitmap Index Scan"));
        const read = /rows=(\d+)/.exec(scan?.["QUERY PLAN"] ?? "")?.[1];
        expect([`0`, `${crowd}`]).toContain(read);
        known[word] = read === "0" ? "parts" : "beginning";
        looked[word] = wordsOf(word).isShort ? "beginning" : "parts";
      }
    });
  } finally {
    await database.drop();
  }
  expect(looked).toEqual(known);
});

const words = [
  ...["a..", "7--", "x__", "...", "_-_", "a%%", String.raw`a\\`, String.raw`a\_`],
  ...["..a", "__x", "-7-", "ab.", "ab_", "a.b", "a%a", "%%a", String.raw`\\a`],
  ...["q@7", "+q.", "abc", "a7b", "éab.c", "ab-é", "é.a"],
];
