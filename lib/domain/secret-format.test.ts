import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

import { describe, expect, it } from "vitest";

import {
  checkSecret,
  groupsWithCheck,
  isGroupIntact,
  mintSecret,
  secretFormats,
  secretKinds,
  secretPattern,
  spokenForm,
} from "./secret-format";

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
const paperAlphabet = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-+=%"];

function replaceAt(text: string, index: number, character: string): string {
  return text.slice(0, index) + character + text.slice(index + 1);
}

describe.each(secretKinds)("a generated %s", (kind) => {
  it("has the prefix, 32 random and 6 checksum characters, and tells its kind", () => {
    const secret = mintSecret(kind, randomBytes);
    expect(secret).toMatch(new RegExp(`^${secretFormats[kind].prefix}[0-9A-Za-z]{38}$`));
    expect(secret).toHaveLength(43);
    expect(checkSecret(secret)).toEqual({ kind });
  });

  it(
    "G16: is different 100,000 times and spreads evenly over the alphabet",
    { timeout: 60_000 },
    () => {
      const secrets = Array.from({ length: 100_000 }, () => mintSecret(kind, randomBytes));
      expect(new Set(secrets).size).toBe(100_000);
      const counts = new Map<string, number>();
      for (const character of secrets.map((secret) => secret.slice(5, 37)).join("")) {
        counts.set(character, (counts.get(character) ?? 0) + 1);
      }
      const expected = 3_200_000 / 62;
      const chiSquare = [...counts.values()].reduce(
        (sum, count) => sum + (count - expected) ** 2 / expected,
        0,
      );
      expect(counts.size).toBe(62);
      // 61 degrees of freedom: a fair source stays below 130 but for one run in a million; modulo bias gives 20,000.
      expect(chiSquare).toBeLessThan(130);
    },
  );

  it("G16: is refused with any single character mistyped, missing, doubled or swapped with its neighbour", () => {
    // 43 places by 94 wrong characters: more than 100,000 typos.
    for (const secret of Array.from({ length: 25 }, () => mintSecret(kind, randomBytes))) {
      for (let index = 0; index < secret.length; index += 1) {
        for (const character of printable) {
          const typo = replaceAt(secret, index, character);
          if (typo !== secret && checkSecret(typo) !== undefined) expect.fail(`missed at ${index}`);
        }
        expect(checkSecret(secret.slice(0, index) + secret.slice(index + 1))).toBeUndefined();
        expect(
          checkSecret(
            secret.slice(0, index) + secret.slice(index, index + 1) + secret.slice(index),
          ),
        ).toBeUndefined();
        const swapped =
          secret.slice(0, index) +
          (secret[index + 1] ?? "") +
          (secret[index] ?? "") +
          secret.slice(index + 2);
        if (swapped !== secret) expect(checkSecret(swapped)).toBeUndefined();
      }
    }
  });

  it("is found by its scanner pattern in code, configuration and logs", () => {
    const secret = mintSecret(kind, randomBytes);
    for (const text of [
      `password="${secret}"`,
      `token: ${secret}\n`,
      `https://a:${secret}@host/`,
      `KEY=${secret};`,
    ]) {
      expect(new RegExp(secretPattern(kind)).exec(text)?.[0]).toBe(secret);
    }
    expect(new RegExp(secretPattern(kind)).test(`${secret}0`)).toBe(false);
  });
});

describe("secret formats", () => {
  it("the checksum is the standard CRC-32", () => {
    const secret = mintSecret("auth_token", randomBytes);
    const digits = Array.from(secret.slice(-6), (digit) => paperAlphabet.indexOf(digit));
    expect(digits.reduce((value, digit) => value * 62 + digit, 0)).toBe(crc32(secret.slice(0, -6)));
  });

  it("no prefix is the beginning of another", () => {
    const prefixes = secretKinds.map((kind) => secretFormats[kind].prefix);
    for (const prefix of prefixes) {
      expect(prefixes.filter((other) => other.startsWith(prefix))).toEqual([prefix]);
    }
  });

  it("a secret of one kind with the prefix of another is refused", () => {
    const rest = mintSecret("auth_token", randomBytes).slice(5);
    expect(checkSecret(`lkcs_${rest}`)).toBeUndefined();
  });

  it.each(["", "lkat_", "password", "lkat_\n", `lkat_${"0".repeat(38)}`])(
    "%j is not a secret of ours",
    (text) => {
      expect(checkSecret(text)).toBeUndefined();
    },
  );

  it("a source of randomness that is stuck is an error and not an endless loop", () => {
    expect(() => mintSecret("auth_token", (n) => new Uint8Array(n).fill(255))).toThrow(
      "does not look random",
    );
  });
});

describe("the printed form", () => {
  const secret = mintSecret("smtp_credential", randomBytes);

  it("puts the whole secret in groups of five", () => {
    const groups = groupsWithCheck(secret);
    expect(groups.map((group) => group.characters).join("")).toBe(secret);
    expect(groups.map((group) => group.characters.length)).toEqual([5, 5, 5, 5, 5, 5, 5, 5, 3]);
    expect(groups.every((group) => group.check.length === 1 && isGroupIntact(group))).toBe(true);
    expect(groupsWithCheck("")).toEqual([]);
  });

  it("betrays every wrong character and every swap of neighbours, the check character included", () => {
    const written = groupsWithCheck(secret).map(({ characters, check }) => characters + check);
    const intact = (text: string) =>
      isGroupIntact({ characters: text.slice(0, -1), check: text.slice(-1) });
    for (const text of written) {
      for (let index = 0; index < text.length; index += 1) {
        const missed = paperAlphabet.filter(
          (character) => character !== text[index] && intact(replaceAt(text, index, character)),
        );
        expect(missed).toEqual([]);
        const swapped =
          text.slice(0, index) +
          (text[index + 1] ?? "") +
          (text[index] ?? "") +
          text.slice(index + 2);
        if (swapped !== text) expect(intact(swapped)).toBe(false);
      }
    }
  });

  it("a character that no secret of ours has is never intact", () => {
    expect(isGroupIntact({ characters: "ab cd", check: "0" })).toBe(false);
    expect(() => groupsWithCheck("naïve")).toThrow("alphabet");
  });

  it("can be read aloud without doubt: every character has words of its own", () => {
    expect(spokenForm("a7-B_")).toEqual([
      "alfa",
      "digit seven",
      "dash",
      "capital bravo",
      "underscore",
    ]);
    const words = spokenForm(paperAlphabet.join(""));
    expect(new Set(words).size).toBe(paperAlphabet.length);
    expect(words.every((word) => /^[a-z]+( [a-z]+)?$/.test(word))).toBe(true);
  });
});
