import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isAppError } from "./errors";
import { decodeCursor, encodeCursor } from "./paging";

const filter = {
  caller: "ocid1.user.local..u",
  list: "users",
  sortBy: "NAME",
  limit: 5,
  name: undefined,
};
const position = ["2026-08-25T21:10:29.600123Z", `ocid1.user.local..${"a".repeat(60)}`];

function isRefused(cursor: string, by: Parameters<typeof decodeCursor>[1] = filter): boolean {
  try {
    decodeCursor(cursor, by);
    return false;
  } catch (error) {
    return isAppError(error) && error.code === "invalid_input";
  }
}

describe("cursors", () => {
  it("bring back the position, in any script, as a short text that a URL and a header can carry", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme", maxLength: 20 }), { maxLength: 3 }),
        (any) => {
          const cursor = encodeCursor(any, filter);
          expect(cursor).toMatch(/^[\w-]+$/);
          expect(decodeCursor(cursor, filter)).toEqual(any);
        },
      ),
    );
    expect(encodeCursor(position, filter).length).toBeLessThan(256);
  });

  it("fit into 512 characters with the longest name", () => {
    const cursor = encodeCursor(["x".repeat(100), ...position], filter);
    expect(cursor.length).toBeLessThanOrEqual(512);
    expect(decodeCursor(cursor, filter)).toHaveLength(3);
  });

  it.each([
    ["another caller", { ...filter, caller: "ocid1.user.local..v" }],
    ["another list", { ...filter, list: "groups" }],
    ["another order", { ...filter, sortBy: "TIMECREATED" }],
    ["another type of the same value", { ...filter, limit: "5" }],
    ["one condition more", { ...filter, name: "maria" }],
    ["one condition less", { list: "users" }],
  ])("are refused for %s", (_what, other) => {
    expect(isRefused(encodeCursor(position, filter), other)).toBe(true);
  });

  it("do not depend on the order in which conditions are named, nor on absent ones", () => {
    const { name: _absent, ...given } = filter;
    const reversed = Object.fromEntries(Object.entries(given).toReversed());
    expect(decodeCursor(encodeCursor(position, filter), reversed)).toEqual(position);
  });

  it("are refused after a change of any character", () => {
    const cursor = encodeCursor(position, filter);
    for (let index = 0; index < cursor.length; index += 1) {
      for (const character of "Ab7-_=") {
        if (cursor[index] === character) continue;
        expect(isRefused(cursor.slice(0, index) + character + cursor.slice(index + 1))).toBe(true);
      }
      expect(isRefused(cursor.slice(0, index))).toBe(true);
    }
  });

  it.each([
    "",
    " ",
    "%%%",
    "page2",
    btoa("null"),
    btoa("[1]"),
    btoa('[1,"x"]'),
    btoa('[2,"x","y"]'),
    btoa('{"0":1}'),
    btoa('[1,"\xff"]'),
    "A".repeat(513),
    "A".repeat(5_000_000),
  ])("%s is not one", (cursor) => {
    expect(isRefused(cursor)).toBe(true);
  });
});
