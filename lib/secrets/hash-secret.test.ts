import { randomBytes } from "node:crypto";

import { describe, expect, it } from "vitest";

import { isSameVerifier } from "./compare";
import { deriveKey, type KeyPurpose } from "./derive";
import { hashSecret, sha256 } from "./hash-secret";
import { random } from "./random";

const masterKey = Buffer.from(
  "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
  "hex",
);

describe("derived keys", () => {
  const purposes: KeyPurpose[] = [
    "session",
    "secret-verifier",
    "next-auth",
    "seal",
    "audit-chain",
    "invitation",
    "email-confirmation",
  ];

  it("are the same every time, 256 bits, and different for each purpose and master key", () => {
    const keys = [
      ...purposes.map((purpose) => deriveKey(masterKey, purpose)),
      ...purposes.map((purpose) => deriveKey(randomBytes(32), purpose)),
    ].map((key) => key.toString("hex"));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.every((key) => key.length === 64)).toBe(true);
    expect(deriveKey(masterKey, "session").toString("hex")).toBe(keys[0]);
  });

  it("stay what they are from version to version: stored verifiers depend on them", () => {
    expect(deriveKey(masterKey, "secret-verifier").toString("hex")).toBe(
      "730dd7f6f0ec3af529e7562068f8910b7bd162f4d27d65b66c607e5ac87a5420",
    );
  });

  it("cannot come from a short master key", () => {
    expect(() => deriveKey(new Uint8Array(16), "session")).toThrow("at least 32 bytes");
  });
});

describe("verifiers of generated secrets", () => {
  it("are HMAC-SHA-256: RFC 4231, case 2", () => {
    const verifier = hashSecret(Buffer.from("Jefe"), "what do ya want for nothing?");
    expect(Buffer.from(verifier, "base64url").toString("hex")).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });

  it("say nothing without the key", () => {
    expect(hashSecret(randomBytes(32), "lkat_x")).not.toBe(hashSecret(randomBytes(32), "lkat_x"));
  });

  it("the plain digest is SHA-256: FIPS 180-2, `abc`", () => {
    expect(Buffer.from(sha256("abc"), "base64url").toString("hex")).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });
});

describe("comparing", () => {
  it("tells the same from the different, whatever their lengths", () => {
    expect(isSameVerifier("abc", "abc")).toBe(true);
    expect(isSameVerifier("", "")).toBe(true);
    for (const other of ["", "ab", "abd", "ABC", "abcd"])
      expect(isSameVerifier("abc", other)).toBe(false);
  });
});

describe("randomness", () => {
  it("gives as many bytes as asked for, never the same", () => {
    expect(random(0)).toHaveLength(0);
    expect(random(33)).toHaveLength(33);
    const draws = Array.from({ length: 1_000 }, () => Buffer.from(random(16)).toString("hex"));
    expect(new Set(draws).size).toBe(1_000);
  });
});
