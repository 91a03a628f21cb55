import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cpuMilliseconds } from "@/lib/testing/cpu-time";

import { isAppError } from "./errors";
import { parseStrictJson } from "./strict-json";

function refusal(text: string): string | undefined {
  try {
    parseStrictJson(text);
    return undefined;
  } catch (error) {
    if (!isAppError(error) || error.code !== "invalid_input") throw error;
    return error.message;
  }
}

describe("strict JSON", () => {
  it("reads what JSON.parse reads, for any value without the reserved names", () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 8 }),
        fc.constantFrom(undefined, 1, "\t"),
        (value, space) => {
          const text = JSON.stringify(value, undefined, space);
          if (/"(__proto__|constructor|prototype)"\s*:/.test(text)) return;
          expect(parseStrictJson(text)).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  it.each([
    '{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}',
    '{"a":"a","b":"b"}',
    '["a","a"]',
    '{"a":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a":"__proto__","b":["constructor"]}',
    '{"a":"[[[[[[[[[[[[[[[[[[[[[[[["}',
    '{"toString":1,"hasOwnProperty":2}',
    '{"":1," ":2}',
    " 7 ",
    "null",
  ])("%s is fine", (text) => {
    expect(refusal(text)).toBeUndefined();
  });

  it.each([
    ['{"a":1,"a":1}', "twice"],
    ['{"a" :1,"b":{"x":[]},"a"\n:2}', "twice"],
    ['{"a":1,"\\u0061":2}', "twice"],
    ['[{"a":[{"b":1,"b":2}]}]', "twice"],
    ['{"":1,"":2}', "twice"],
    ['{"__proto__":{"isAdministrator":true}}', "reserved"],
    ['{"\\u005f_proto__":1}', "reserved"],
    ['{"a":[{"constructor" : {"prototype":{}}}]}', "reserved"],
    ['{"prototype":1}', "reserved"],
    ["", "not valid JSON"],
    ["{", "not valid JSON"],
    ["{'a':1}", "not valid JSON"],
    ['{"a":1,}', "not valid JSON"],
    ["NaN", "not valid JSON"],
    ['\ufeff{"a":1}', "not valid JSON"],
    ['{"a":"\u0000"}', "not valid JSON"],
    ["{} {}", "not valid JSON"],
  ])("%s is refused: %s", (text, reason) => {
    expect(refusal(text)).toContain(reason);
  });

  it("goes 20 levels deep and no further, objects and arrays alike", () => {
    const nested = (depth: number, open: string, close: string) =>
      open.repeat(depth) + "1" + close.repeat(depth);
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      expect(refusal(nested(20, open, close))).toBeUndefined();
      expect(refusal(nested(21, open, close))).toContain("deeper");
      expect(refusal(nested(100_000, open, close))).toContain("deeper");
    }
  });

  it("never repeats the body, which may hold a secret", () => {
    expect(refusal('{"password": "Pas$$1234word" oops')).not.toContain("Pas");
  });

  it("takes time in proportion to the size, whatever the text", () => {
    for (const text of [
      `"${'\\"'.repeat(500_000)}`,
      `["${'\\"'.repeat(500_000)}"${" ".repeat(500_000)}]`,
      `[${'"a" ,'.repeat(200_000)}1]`,
    ])
      expect(cpuMilliseconds(() => void refusal(text))).toBeLessThan(1_000);
  });
});
