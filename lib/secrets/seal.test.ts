import { randomBytes } from "node:crypto";

import { describe, expect, it } from "vitest";

import type { SealedPlace } from "@/lib/domain/sealed-place";

import { makeMasterKeys } from "./master-keys";
import { open, reseal, seal, sealedWith, SealError, sealingKeyId } from "./seal";

const current = randomBytes(32);
const previous = randomBytes(32);
const keys = makeMasterKeys(() => [current]);
const former = makeMasterKeys(() => [previous]);
const both = makeMasterKeys(() => [previous, current]);
const place = {
  tenancy: "ocid1.tenancy.local..t",
  user: "ocid1.user.local..u",
  kind: "customer_secret_key",
  id: "ocid1.credential.local..c",
} satisfies SealedPlace;
const secret = `lkcs_${"0123456789abcdefghijklmnopqrstuvABCDEF"}`;

describe("sealed values", () => {
  it.each([secret, "", "ü😀\u0000", "x".repeat(100_000)])("come back as they were", (text) => {
    const sealed = seal(current, text, place);
    expect(open(keys, sealed, place)).toBe(text);
    expect(sealed).toMatch(/^v1\.[\w-]{8}\.[\w-]+\.[\w-]+$/);
  });

  it("never contain the secret", () => {
    const sealed = seal(current, secret, place);
    const bytes = sealed
      .split(".")
      .map((part) => Buffer.from(part, "base64url").toString("latin1"));
    expect([sealed, ...bytes].some((text) => text.includes("0123456789"))).toBe(false);
  });

  it(
    "G15: of 100,000 nonces none repeats, nor does any wrapped key or text",
    { timeout: 60_000 },
    () => {
      const nonces = new Set<string>();
      const wrappedKeys = new Set<string>();
      const values = new Set<string>();
      for (let round = 0; round < 50_000; round += 1) {
        const [, , wrappedKey = "", value = ""] = seal(current, secret, place).split(".");
        // A nonce is 12 bytes, which is 16 characters of base64url, in front of each.
        nonces.add(wrappedKey.slice(0, 16)).add(value.slice(0, 16));
        wrappedKeys.add(wrappedKey);
        values.add(value);
      }
      expect([nonces.size, wrappedKeys.size, values.size]).toEqual([100_000, 50_000, 50_000]);
    },
  );

  it.each(Object.keys(place))("cannot be opened at another %s", (part) => {
    const sealed = seal(current, secret, place);
    expect(() => open(keys, sealed, { ...place, [part]: "other" })).toThrow(SealError);
    expect(() => reseal(current, keys, sealed, { ...place, [part]: "other" })).toThrow(SealError);
  });

  it("cannot be opened at any other row: 1,000 swaps", () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => ({ ...place, id: `row${index}` }));
    const sealed = rows.map((row) => seal(current, `${secret}${row.id}`, row));
    rows.forEach((row, index) => {
      expect(() => open(keys, sealed[(index + 1) % sealed.length] ?? "", row)).toThrow(SealError);
    });
  });

  it("cannot be opened where the parts only run together to the same text", () => {
    const sealed = seal(current, secret, { ...place, user: "a|1:b", kind: "c" });
    expect(() => open(keys, sealed, { ...place, user: "a", kind: "b|1:c" })).toThrow(SealError);
  });

  it("one data key and another value do not mix", () => {
    const [one, other] = [
      seal(current, "one", place).split("."),
      seal(current, "other", place).split("."),
    ];
    const mixed = [one[0], one[1], one[2], other[3]].join(".");
    expect(() => open(keys, mixed, place)).toThrow(SealError);
  });

  it("G15: 10,000 flips, each bit of several values among them, are all noticed", () => {
    const flips = Array.from({ length: 10 }, () => seal(current, secret, place)).flatMap(flipsOf);
    expect(flips.length).toBeGreaterThan(10_000);
    for (const flipped of flips) expect(() => open(keys, flipped, place)).toThrow(SealError);
  });

  it("a change of any character is noticed", () => {
    const sealed = seal(current, secret, place);
    for (let index = 0; index < sealed.length; index += 1) {
      for (const character of "AB.z_") {
        if (sealed[index] === character) continue;
        const changed = sealed.slice(0, index) + character + sealed.slice(index + 1);
        expect(() => open(keys, changed, place)).toThrow(SealError);
      }
    }
  });

  it.each(["", "v1", "v2.a.b.c", "v1.AAAAAAAA.AA.AA", "secret"])("%j is not one", (text) => {
    expect(() => open(keys, text, place)).toThrow(SealError);
  });
});

describe("rotating the master key", () => {
  it("old values open with both keys present, new ones are sealed with the new key", () => {
    const old = seal(previous, secret, place);
    expect(open(both, old, place)).toBe(secret);
    expect(sealedWith(old)).toBe(sealingKeyId(previous));
    expect(sealedWith(seal(current, secret, place))).toBe(sealingKeyId(current));
  });

  it("a re-wrapped value opens without the old key and keeps its ciphertext", () => {
    const old = seal(previous, secret, place);
    const moved = reseal(current, both, old, place);
    expect(open(keys, moved, place)).toBe(secret);
    expect(moved.split(".")[3]).toBe(old.split(".")[3]);
    expect(() => open(former, moved, place)).toThrow("not configured");
  });

  it("without the key there is nothing to read, and a forged key id does not help", () => {
    const old = seal(previous, secret, place);
    expect(() => open(keys, old, place)).toThrow("not configured");
    const forged = old.replace(sealedWith(old), sealingKeyId(current));
    expect(() => open(keys, forged, place)).toThrow(SealError);
  });

  it("a key that came since is found when it is asked for, and one that is gone stays until then", () => {
    let source = [previous];
    const changing = makeMasterKeys(() => source);
    const old = seal(previous, secret, place);
    source = [previous, current];
    expect(changing.ids()).toEqual([sealingKeyId(previous)]);
    expect(open(changing, seal(current, secret, place), place)).toBe(secret);
    expect(changing.ids()).toEqual([previous, current].map(sealingKeyId));
    source = [current];
    expect(open(changing, old, place)).toBe(secret);
    changing.refresh();
    expect(() => open(changing, old, place)).toThrow("not configured");
  });

  it("a key that is too short is refused", () => {
    expect(() => seal(randomBytes(31), secret, place)).toThrow("at least 32 bytes");
  });
});

/** A sealed value with each bit of its wrapped key and of its ciphertext turned, one at a time. */
function flipsOf(sealed: string): string[] {
  const parts = sealed.split(".");
  return [2, 3].flatMap((which) => {
    const bytes = Buffer.from(parts[which] ?? "", "base64url");
    return Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return parts.with(which, flipped.toString("base64url")).join(".");
    });
  });
}
