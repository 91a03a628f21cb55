import type { Pool } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";

import { createPool, type Database, databaseOn } from "./db";
import { type Bucket, purgeRateLimits, takeFromBucket } from "./rate-limits";

let database: TestDatabase;
let pools: Pool[];
beforeAll(async () => {
  database = await createTestDatabase();
  // A pool without listeners would make an error of what dropping the database does to connections that still close.
  pools = [1, 2].map(() => createPool(database.url, { restricted: false, max: 8 }));
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

function connectionOf(index: number): Database {
  const pool = pools[index % pools.length];
  if (!pool) throw new Error("There are no pools.");
  return databaseOn(pool);
}
const take = (bucket: Bucket, index = 0) => takeFromBucket(connectionOf(index), bucket);

it("of 200 at once over two pools exactly the limit is allowed", async () => {
  const bucket = { bucket: "burst", limit: 37, windowSeconds: 3600 };
  const taken = await Promise.all(Array.from({ length: 200 }, (_, index) => take(bucket, index)));
  expect(taken.filter(({ allowed }) => allowed)).toHaveLength(37);
  for (const { allowed, retryAfterSeconds } of taken) {
    if (allowed) expect(retryAfterSeconds).toBe(0);
    else expect(retryAfterSeconds).toBeGreaterThan(3500);
    expect(retryAfterSeconds).toBeLessThanOrEqual(3600);
  }
});

it("a window that is over begins anew, and refusals do not prolong it", async () => {
  const bucket = { bucket: "short", limit: 1, windowSeconds: 1 };
  const first = await take(bucket);
  const second = await take(bucket);
  expect([first.allowed, second.allowed, second.retryAfterSeconds]).toEqual([true, false, 1]);
  await expect.poll(async () => (await take(bucket)).allowed, { timeout: 5_000 }).toBe(true);
  expect((await take(bucket)).allowed).toBe(false);
});

it("buckets do not share, a limit of none allows none, and a raised limit counts at once", async () => {
  expect((await take({ bucket: "a", limit: 1, windowSeconds: 60 })).allowed).toBe(true);
  expect((await take({ bucket: "b", limit: 1, windowSeconds: 60 })).allowed).toBe(true);
  expect((await take({ bucket: "none", limit: 0, windowSeconds: 60 })).allowed).toBe(false);
  for (let index = 0; index < 10; index += 1)
    await take({ bucket: "a", limit: 1, windowSeconds: 60 });
  expect((await take({ bucket: "a", limit: 3, windowSeconds: 60 })).allowed).toBe(true);
});

it("purging deletes windows that are over and no other", async () => {
  await take({ bucket: "over", limit: 1, windowSeconds: 0 });
  await take({ bucket: "running", limit: 1, windowSeconds: 60 });
  expect(await purgeRateLimits(connectionOf(0))).toBeGreaterThanOrEqual(1);
  expect((await take({ bucket: "running", limit: 1, windowSeconds: 60 })).allowed).toBe(false);
  expect((await take({ bucket: "over", limit: 1, windowSeconds: 60 })).allowed).toBe(true);
});
