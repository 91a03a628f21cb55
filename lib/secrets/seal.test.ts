import { randomBytes } from "node:crypto";

import { describe, expect, it } from "vitest";

import { open, reseal, seal, sealedWith, SealError, sealingKeyId, type SealedPlace } from "./seal";

const current = randomBytes(32);
const previous = randomBytes(32);
const keys = { current };
const place = {
  tenancy: "ocid1.tenancy.local..t",
  user: "ocid1.user.local..u",
  kind: "customer_secret_key",
  id: "ocid1.credential.local..c",
} satisfies SealedPlace;
const secret = "lkcs_0123456789abcdefghijklmnopqrstuvABCDEF";

describe("sealed values", () => {
  it.each([secret, "", "ü😀\u0000", "x".repeat(100_000)])("come back as they were", (text) => {
    const sealed = seal(keys, text, place);
    expect(open(keys, sealed, place)).toBe(text);
    expect(sealed).toMatch(/^v1\.[\w-]{8}\.[\w-]+\.[\w-]+$/);
  });

  it("never contain the secret", () => {
    const sealed = seal(keys, secret, place);
    const bytes = sealed
      .split(".")
      .map((part) => Buffer.from(part, "base64url").toString("latin1"));
    expect([sealed, ...bytes].some((text) => text.includes("0123456789"))).toBe(false);
  });

  it("10,000 times the same secret: no nonce, no wrapped key, no text repeats", () => {
    const sealed = Array.from({ length: 10_000 }, () => seal(keys, secret, place));
    const nonces = sealed.flatMap((text) =>
      text
        .split(".")
        .slice(2)
        .map((part) => part.slice(0, 16)),
    );
    expect(nonces).toHaveLength(20_000);
    expect(new Set(nonces).size).toBe(20_000);
    expect(new Set(sealed).size).toBe(10_000);
  });

  it.each(Object.keys(place))("cannot be opened at another %s", (part) => {
    const sealed = seal(keys, secret, place);
    expect(() => open(keys, sealed, { ...place, [part]: "other" })).toThrow(SealError);
    expect(() => reseal(keys, sealed, { ...place, [part]: "other" })).toThrow(SealError);
  });

  it("cannot be opened at any other row: 1,000 swaps", () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => ({ ...place, id: `row${index}` }));
    const sealed = rows.map((row) => seal(keys, `${secret}${row.id}`, row));
    rows.forEach((row, index) => {
      expect(() => open(keys, sealed[(index + 1) % sealed.length] ?? "", row)).toThrow(SealError);
    });
  });

  it("cannot be opened where the parts only run together to the same text", () => {
    const sealed = seal(keys, secret, { ...place, user: "a|1:b", kind: "c" });
    expect(() => open(keys, sealed, { ...place, user: "a", kind: "b|1:c" })).toThrow(SealError);
  });

  it("one data key and another value do not mix", () => {
    const [one, other] = [
      seal(keys, "one", place).split("."),
      seal(keys, "other", place).split("."),
    ];
    const mixed = [one[0], one[1], one[2], other[3]].join(".");
    expect(() => open(keys, mixed, place)).toThrow(SealError);
  });

  it("a flip of any bit is noticed", () => {
    const [version, keyId, ...boxes] = seal(keys, secret, place).split(".");
    boxes.forEach((box, which) => {
      const bytes = Buffer.from(box, "base64url");
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const parts = boxes.map((part, index) =>
          index === which ? flipped.toString("base64url") : part,
        );
        expect(() => open(keys, [version, keyId, ...parts].join("."), place)).toThrow(SealError);
      }
    });
  });

  it("a change of any character is noticed", () => {
    const sealed = seal(keys, secret, place);
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
    const old = seal({ current: previous }, secret, place);
    const both = { current, previous };
    expect(open(both, old, place)).toBe(secret);
    expect(sealedWith(old)).toBe(sealingKeyId(previous));
    expect(sealedWith(seal(both, secret, place))).toBe(sealingKeyId(current));
  });

  it("a re-wrapped value opens without the old key and keeps its ciphertext", () => {
    const old = seal({ current: previous }, secret, place);
    const moved = reseal({ current, previous }, old, place);
    expect(open({ current }, moved, place)).toBe(secret);
    expect(moved.split(".")[3]).toBe(old.split(".")[3]);
    expect(() => open({ current: previous }, moved, place)).toThrow("not configured");
  });

  it("without the key there is nothing to read, and a forged key id does not help", () => {
    const old = seal({ current: previous }, secret, place);
    expect(() => open(keys, old, place)).toThrow("not configured");
    const forged = old.replace(sealedWith(old), sealingKeyId(current));
    expect(() => open(keys, forged, place)).toThrow(SealError);
  });

  it("a key that is too short is refused", () => {
    expect(() => seal({ current: randomBytes(31) }, secret, place)).toThrow("at least 32 bytes");
  });
});
