import { afterEach, expect, test, vi } from "vitest";

import { instantOf, localMinute } from "./local-minute";

afterEach(() => vi.unstubAllEnvs());

test.each([
  ["UTC", "2026-11-30T17:05Z", "2026-11-30T17:05"],
  ["Europe/Berlin", "2026-11-30T17:05Z", "2026-11-30T18:05"],
  ["Europe/Berlin", "2026-07-31T23:05Z", "2026-08-01T01:05"],
  ["America/New_York", "2026-12-01T02:00Z", "2026-11-30T21:00"],
  ["Asia/Kathmandu", "2026-12-31T19:00Z", "2027-01-01T00:45"],
])("in %s %s is %s, and back", (zone, instant, local) => {
  vi.stubEnv("TZ", zone);
  expect(localMinute(instant)).toBe(local);
  expect(instantOf(local)).toBe(instant);
});

test("nothing is nothing", () => {
  for (const text of ["", "soon", "2026-13-01T00:00"]) {
    expect(localMinute(text)).toBe("");
    expect(instantOf(text)).toBe("");
  }
});
