import { generateKeyPairSync, sign } from "node:crypto";

import { describe, expect, test } from "vitest";

import { vectorKey } from "@/lib/domain/signing/vectors.fixture";

import {
  dummyVerify,
  maxCachedKeys,
  publicKeyObject,
  sha256Base64,
  verifySignature,
} from "./signature";

test("digests are in base64, as x-content-sha256 is", () => {
  expect(sha256Base64("")).toBe("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  expect(sha256Base64(Buffer.from("é"))).toBe(sha256Base64("é"));
});

describe("verifySignature", () => {
  const vector = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const signingString = "date: Sat, 21 Nov 2026 21:30:45 GMT";
  const signature = sign("sha256", Buffer.from(signingString), vector.privateKey).toString(
    "base64",
  );

  test("takes one spelling of the signature only", () => {
    expect(verifySignature({ signingString, signature, publicKey: vector.publicKey })).toBe(true);
    const others = [
      signature.replace(/=+$/, ""),
      `${signature} `,
      `${signature}=`,
      signature.replaceAll("+", "-").replaceAll("/", "_").concat("="),
      "",
    ];
    for (const other of others)
      expect(
        verifySignature({ signingString, signature: other, publicKey: vector.publicKey }),
      ).toBe(false);
  });

  test("another text, and the signature of another text, do not verify", () => {
    const other = sign("sha256", Buffer.from("date: "), vector.privateKey).toString("base64");
    const { publicKey } = vector;
    expect(verifySignature({ signingString: `${signingString} `, signature, publicKey })).toBe(
      false,
    );
    expect(verifySignature({ signingString, signature: other, publicKey })).toBe(false);
  });

  test("a key of another kind never verifies", () => {
    const elliptic = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    const ecSignature = sign("sha256", Buffer.from(signingString), elliptic.privateKey).toString(
      "base64",
    );
    expect(
      verifySignature({ signingString, signature: ecSignature, publicKey: elliptic.publicKey }),
    ).toBe(false);
    expect(verifySignature({ signingString, signature, publicKey: vector.privateKey })).toBe(false);
  });

  test("characters that share their low byte are not the same text", () => {
    expect(
      verifySignature({
        signingString: signingString.replace("d", "\u0164"),
        signature,
        publicKey: vector.publicKey,
      }),
    ).toBe(false);
  });

  test("the dummy check runs on a readable key and fails", () => {
    expect(dummyVerify(signingString)).toBe(false);
    const started = process.hrtime.bigint();
    for (let round = 0; round < 50; round += 1) dummyVerify(signingString);
    expect(Number(process.hrtime.bigint() - started) / 50).toBeGreaterThan(5_000);
  });
});

test("the key cache returns the same object and forgets the least recently used", () => {
  const pem = vectorKey.pem;
  const first = publicKeyObject(pem);
  const spelled = (index: number): string => `${"\n".repeat(index + 1)}${pem}`;
  for (let index = 0; index < maxCachedKeys - 1; index += 1) publicKeyObject(spelled(index));
  expect(publicKeyObject(pem)).toBe(first);
  publicKeyObject(spelled(maxCachedKeys));
  expect(publicKeyObject(pem)).toBe(first);
  for (let index = 0; index < maxCachedKeys; index += 1) publicKeyObject(spelled(index));
  expect(publicKeyObject(pem)).not.toBe(first);
});
