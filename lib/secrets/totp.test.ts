import { describe, expect, it } from "vitest";

import { stepOfCode, totpCode, totpSeed } from "./totp";

const seed = totpSeed(Buffer.from("12345678901234567890"));
const at = (seconds: number) => new Date(seconds * 1000);

describe("a seed", () => {
  it("is 160 bits in Base32 (RFC 4648, 10)", () => {
    expect(seed).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    expect(totpSeed(Buffer.alloc(20, 0xff))).toBe("7".repeat(32));
  });
});

describe("a code", () => {
  // RFC 6238, appendix B, the last six of its eight digits.
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("at %d is %s", (seconds, code) => {
    expect(totpCode(seed, Math.floor(seconds / 30))).toBe(code);
    expect(stepOfCode(seed, code, { at: at(seconds), usedStep: null })).toBe(
      Math.floor(seconds / 30),
    );
  });

  it("is right one step early or late, and no more", () => {
    const [now, step] = [at(1_000_000_000), Math.floor(1_000_000_000 / 30)];
    const isRight = (of: number) =>
      stepOfCode(seed, totpCode(seed, step + of), { at: now, usedStep: null }) !== undefined;
    expect([-2, -1, 0, 1, 2].map(isRight)).toEqual([false, true, true, true, false]);
  });

  it("is good once, and so is none before it", () => {
    const [now, step] = [at(1_000_000_000), Math.floor(1_000_000_000 / 30)];
    const open = (of: number, usedStep: number) =>
      stepOfCode(seed, totpCode(seed, of), { at: now, usedStep });
    expect(open(step, step)).toBeUndefined();
    expect(open(step - 1, step)).toBeUndefined();
    expect(open(step + 1, step)).toBe(step + 1);
  });

  it.each(["", "28708", "2870820", "abcdef", "２８７０８２", "-87082"])("is not %j", (code) => {
    expect(stepOfCode(seed, code, { at: at(59), usedStep: null })).toBeUndefined();
  });
});
