import { describe, expect, it } from "vitest";

import { durations, secondsAfter } from "../durations";
import {
  keyDue,
  type KeyTimes,
  publishedKeys,
  type SigningAlgorithm,
  signingKeyAt,
} from "./key-schedule";

const start = new Date("2026-01-01T00:00:00Z");
const after = (seconds: number) => secondsAfter(start, seconds);
const day = 86_400;

type Key = KeyTimes & { algorithm: SigningAlgorithm; name: string };

/** Looks in every hour for so many days, as the housekeeping does, and keeps what is made. */
function live(days: number, algorithm: SigningAlgorithm = "RS256", before: Key[] = []) {
  const keys = [...before];
  for (let hour = 0; hour <= days * 24; hour += 1) {
    const times = keyDue(keys, after(hour * 3600), algorithm);
    if (times) keys.push({ ...times, algorithm, name: `key ${keys.length}` });
  }
  return keys;
}

describe("the schedule of signing keys", () => {
  it("makes the first key sign at once, and one a month after that", () => {
    const keys = live(365);
    expect(keys[0]?.signsFrom).toEqual(start);
    expect(keys.length).toBeGreaterThan(12);
    expect(keys.length).toBeLessThan(16);
  });

  it("always has one that signs, shown a day before and as long as what it signed lives", () => {
    const keys = live(365);
    for (let hour = 0; hour < 365 * 24; hour += 1) {
      const now = after(hour * 3600);
      const made = keys.filter(
        (key) => key === keys[0] || secondsAfter(key.signsFrom, -durations.keyNotice) <= now,
      );
      const key = signingKeyAt(made, now, "RS256");
      expect(key, String(now)).toBeDefined();
      if (!key) continue;
      const lastToken = secondsAfter(key.signsUntil, durations.accessToken);
      expect(key.publishedUntil > lastToken).toBe(true);
      expect(publishedKeys(made, now)).toContain(key);
      expect(publishedKeys(made, now).length).toBeLessThanOrEqual(3);
    }
  });

  it("makes one that signs at once when none was left", () => {
    const keys = live(1);
    const late = after(200 * day);
    expect(signingKeyAt(keys, late, "RS256")).toBeUndefined();
    expect(keyDue(keys, late, "RS256")?.signsFrom).toEqual(late);
  });

  it("lets the last one finish when its successor comes late", () => {
    const keys = live(1);
    const [only] = keys;
    const late = secondsAfter(only?.signsUntil ?? start, -day / 2);
    expect(keyDue(keys, late, "RS256")?.signsFrom).toEqual(only?.signsUntil);
  });

  it("announces another algorithm a day before, and goes on with the former until then", () => {
    const keys = live(3, "ES256", live(1));
    const [former, next] = keys;
    expect(next).toMatchObject({ algorithm: "ES256", signsFrom: after(durations.keyNotice) });
    expect(signingKeyAt(keys, after(60), "ES256")).toBe(former);
    expect(signingKeyAt(keys, after(durations.keyNotice), "ES256")).toBe(next);
    // A process that was not told yet goes on as before.
    expect(signingKeyAt(keys, after(durations.keyNotice), "RS256")).toBe(former);
    expect(keys).toHaveLength(2);
  });

  it("shows nothing that nobody needs any more", () => {
    const [key] = live(0);
    const end = secondsAfter(key?.signsUntil ?? start, durations.keyAfterlife);
    expect(publishedKeys(key ? [key] : [], secondsAfter(end, -1))).toHaveLength(1);
    expect(publishedKeys(key ? [key] : [], end)).toHaveLength(0);
  });
});
