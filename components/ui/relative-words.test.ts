import { expect, test } from "vitest";

import { exactWords, relativeWords } from "./relative-words";

const now = Date.parse("2026-08-20T12:00:00Z");

test.each([
  ["2026-08-20T11:59:10Z", "just now"],
  ["2026-08-20T11:55:00Z", "5 min ago"],
  ["2026-08-20T10:00:00Z", "2 h ago"],
  ["2026-08-19T11:00:00Z", "1 day ago"],
  ["2026-07-22T12:00:00Z", "29 days ago"],
  ["2026-05-03T12:00:00Z", "3 May"],
  ["2025-05-03T12:00:00Z", "3 May 2025"],
  ["2026-08-20T12:00:30Z", "in 1 min"],
  ["2026-08-26T13:00:00Z", "in 6 days"],
  ["2026-08-27T11:59:00Z", "in 7 days"],
  ["2026-08-20T12:59:50Z", "in 1 h"],
  ["2026-08-21T11:50:00Z", "in 1 day"],
])("%s reads as %s", (instant, words) => {
  expect(relativeWords(new Date(instant), now, "UTC")).toBe(words);
});

test("the exact instant is told in the zone asked for", () => {
  const date = new Date("2026-08-20T23:30:05Z");
  expect(exactWords(date, "UTC")).toBe("Thu, 20 Aug 2026, 23:30:05 UTC");
  expect(exactWords(date, "Asia/Tokyo")).toBe("Fri, 21 Aug 2026, 08:30:05 GMT+9");
});
