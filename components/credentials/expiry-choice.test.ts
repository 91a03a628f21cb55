import { describe, expect, it } from "vitest";

import { expiryMoment, sameSpan } from "./expiry-choice";

const now = new Date(2026, 10, 25, 14, 5);
const chosen = (preset: string, { date = "", kept = null as string | null } = {}) =>
  expiryMoment({ preset, date, kept }, now);

describe("the moment that was chosen", () => {
  it.each([
    ["7d", new Date(2026, 11, 2, 14, 5)],
    ["30d", new Date(2026, 11, 25, 14, 5)],
    ["90d", new Date(2027, 1, 23, 14, 5)],
    ["1y", new Date(2027, 10, 25, 14, 5)],
    ["never", null],
  ])("%s", (preset, moment) => {
    expect(chosen(preset)).toEqual(moment);
  });

  it("of a day is its end, where the reader is", () => {
    expect(chosen("custom", { date: "2026-12-31" })).toEqual(new Date(2026, 11, 31, 23, 59, 59));
  });

  it.each(["", "2026-02-31", "31.12.2026"])("is none for the day “%s”", (date) => {
    expect(chosen("custom", { date })).toBeUndefined();
  });

  it("stays to the millisecond where it is kept", () => {
    const kept = "2026-12-24T17:00:00.123Z";
    expect(chosen("keep", { kept })?.toISOString()).toBe(kept);
    expect(chosen("keep")).toBeNull();
  });
});

describe("as long a life again", () => {
  const span = (days: number) => {
    const createdAt = new Date(2026, 0, 1).toISOString();
    const expiresAt = new Date(Date.parse(createdAt) + days * 24 * 3_600_000).toISOString();
    return sameSpan({ createdAt, expiresAt }, now);
  };

  it("is a preset where there is one, else a day", () => {
    expect(span(90)).toEqual({ preset: "90d", date: "" });
    expect(span(365)).toEqual({ preset: "1y", date: "" });
    expect(span(10)).toEqual({ preset: "custom", date: "2026-12-05" });
    expect(sameSpan({ createdAt: "", expiresAt: null }, now).preset).toBe("never");
  });
});
