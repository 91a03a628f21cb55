import { Pool } from "pg";
import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";

import { type Bucket, purgeRateLimits, takeFromBucket } from "./rate-limits";

let database: TestDatabase;
let pools: Pool[];
beforeAll(async () => {
  database = await createTestDatabase();
  pools = [1, 2].map(() => new Pool({ connectionString: database.url, max: 8 }));
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

const connectionOf = (index: number) =>
  drizzle({ client: pools[index % 2] ?? pools[0] ?? new Pool(), casing: "snake_case" });
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
