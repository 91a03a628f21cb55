import fc from "fast-check";
import { expect, it } from "vitest";

import { backOffSeconds, mostAttempts } from "./back-off";

const attempts = Array.from({ length: mostAttempts - 1 }, (_, index) => index + 1);
const sum = (seconds: number[]) => seconds.reduce((total, each) => total + each, 0);

it("waits one minute first and never more than six hours", () => {
  expect(backOffSeconds(1, () => 0)).toBe(60);
  expect(backOffSeconds(2, () => 0)).toBe(120);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, chance) => {
        const seconds = backOffSeconds(attempt, () => chance);
        expect(seconds).toBeGreaterThanOrEqual(60);
        expect(seconds).toBeLessThanOrEqual(6 * 3600);
      },
    ),
  );
});

it("keeps trying for a day at least, however chance falls", () => {
  expect(sum(attempts.map((attempt) => backOffSeconds(attempt, () => 1)))).toBeGreaterThan(
    24 * 3600,
  );
});

it("spreads mails that failed together", () => {
  const waits = new Set(Array.from({ length: 100 }, () => backOffSeconds(6)));
  expect(waits.size).toBeGreaterThan(50);
});
