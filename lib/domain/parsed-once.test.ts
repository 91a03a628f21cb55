import { describe, expect, it } from "vitest";
import { z } from "zod";

import { parsedOnce } from "./parsed-once";

const counted = () => {
  const seen: unknown[] = [];
  const schema = z.object({ name: z.string().transform((name) => (seen.push(name), `<${name}>`)) });
  return { read: parsedOnce(schema), seen };
};

describe("a schema that remembers", () => {
  it("parses a frozen object once", () => {
    const { read, seen } = counted();
    const raw = Object.freeze({ name: "a" });
    expect(read(raw)).toEqual({ name: "<a>" });
    expect(read(raw)).toBe(read(raw));
    expect(seen).toEqual(["a"]);
  });

  it("parses again what may have changed", () => {
    const { read } = counted();
    const raw = { name: "a" };
    read(raw);
    raw.name = "b";
    expect(read(raw)).toEqual({ name: "<b>" });
  });

  it("knows its own answers, which nobody can change", () => {
    const { read } = counted();
    const answer = read({ name: "a" });
    expect(read(answer)).toBe(answer);
    expect(Object.isFrozen(answer)).toBe(true);
  });

  it("refuses what the schema refuses, every time", () => {
    const { read } = counted();
    const raw = Object.freeze({ name: 1 });
    expect(() => read(raw)).toThrow();
    expect(() => read(raw)).toThrow();
    expect(() => read(null)).toThrow();
  });
});
