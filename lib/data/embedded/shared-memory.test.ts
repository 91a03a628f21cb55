import { expect, it } from "vitest";

import { memoryBytes, sharedMegabytes } from "./shared-memory";

it("gives PostgreSQL an eighth of the memory, not less than it needs and not more than is of use", () => {
  const gigabyte = 2 ** 30;
  expect([0.25, 1, 2, 64].map((size) => sharedMegabytes(size * gigabyte))).toEqual([
    64, 128, 256, 512,
  ]);
  expect(Number.isSafeInteger(memoryBytes())).toBe(true);
});
