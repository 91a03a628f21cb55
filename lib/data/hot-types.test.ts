import { types } from "pg";
import { describe, expect, it } from "vitest";

import { hotTypes } from "./hot-types";

const timestamptz = 1184;
const jsonb = 3802;

describe("the types of the hot statements", () => {
  it.each([
    "2026-11-22 02:06:55.123456+00",
    "2026-11-22 02:06:55+00",
    "2026-11-22 02:06:55.1+00",
    "2026-11-22 02:06:55.12+00",
    "2024-02-29 23:59:59.999999+00",
    "1999-12-31 00:00:00.0005+00",
    "0099-01-01 00:00:00+00",
    "2026-11-22 02:06:55.123456+02",
    "2026-11-22 02:06:55.123456-03:30",
    "12026-11-22 02:06:55+00",
    "0044-03-15 12:00:00+00 BC",
    "infinity",
  ])("read the instant %s as the driver does", (text) => {
    const ours = hotTypes.getTypeParser(timestamptz, "text")(text);
    expect(ours).toEqual(types.getTypeParser(timestamptz, "text")(text));
  });

  it("give the same frozen value for the same jsonb", () => {
    const parse = hotTypes.getTypeParser(jsonb, "text");
    const value = parse('{"name":"a","bits":2048}');
    expect(value).toEqual({ name: "a", bits: 2048 });
    expect(parse('{"name":"a","bits":2048}')).toBe(value);
    expect(Object.isFrozen(value)).toBe(true);
    expect(parse('{"name":"b"}')).toEqual({ name: "b" });
  });

  it("go on after more values than are remembered", () => {
    const parse = hotTypes.getTypeParser(jsonb, "text");
    for (let value = 0; value < 5_000; value += 1)
      expect(parse(`{"value":${value}}`)).toEqual({ value });
    expect(parse('{"value":0}')).toEqual({ value: 0 });
  });

  it("leave the others to the driver", () => {
    expect(hotTypes.getTypeParser(16, "text")).toBe(types.getTypeParser(16, "text"));
  });
});
