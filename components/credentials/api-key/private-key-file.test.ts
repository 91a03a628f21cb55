import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";

import { describe, expect, test } from "vitest";

import { readKeyText } from "@/lib/domain/credentials/api-key/key-problems";

import { fingerprintOf } from "./fingerprint-of";
import { pemOf, privateKeyFile } from "./pem";
import { publicHalfOf } from "./private-key-file";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const publicDer = publicKey.export({ type: "spki", format: "der" });
const pkcs8 = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const pkcs1 = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const encrypted = privateKey
  .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" })
  .toString();
const publicPem = publicKey.export({ type: "spki", format: "pem" }).toString();
const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;

describe("the public half of a private key file", () => {
  test.each([
    ["PKCS#8", pkcs8],
    ["PKCS#1", pkcs1],
    ["PKCS#8 with the label line that our download has", privateKeyFile(pkcs8)],
    ["PKCS#8 with Windows line ends", pkcs8.replaceAll("\n", "\r\n")],
  ])("is OpenSSL's, from %s", (_name, text) => {
    const result = publicHalfOf(text);
    expect(result.ok && Buffer.from(result.publicDer).equals(publicDer)).toBe(true);
  });

  test.each([
    ["encrypted", encrypted],
    ["public_key", publicPem],
    ["public_key", "ssh-rsa AAAA ann"],
    ["openssh", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----"],
    ["other_kind", curve.export({ type: "pkcs8", format: "pem" }).toString()],
    ["other_kind", curve.export({ type: "sec1", format: "pem" }).toString()],
    ["two_keys", pkcs8 + pkcs8],
    ["no_key", ""],
    ["no_key", "hello"],
    ["damaged", pkcs8.slice(0, 600)],
    ["damaged", pkcs8.replace(/\n.{64}\n/, "\n")],
  ])("is refused as %s", (problem, text) => {
    expect(publicHalfOf(text)).toEqual({ ok: false, problem });
  });

  test("never throws, whatever is cut off", () => {
    for (let length = 0; length < pkcs8.length - 30; length += 13)
      expect(publicHalfOf(pkcs8.slice(0, length)).ok).toBe(false);
  });
});

test("the fingerprint is the MD5 of the DER, as OpenSSL says", async () => {
  const expected = createHash("md5").update(publicDer).digest("hex").match(/../g)?.join(":");
  await expect(fingerprintOf(publicDer)).resolves.toBe(expected);
});

describe("a PEM block of ours", () => {
  test("is read by OpenSSL and by our own reader", () => {
    const pem = pemOf("PUBLIC KEY", publicDer);
    expect(createPublicKey(pem).export({ type: "spki", format: "der" }).equals(publicDer)).toBe(
      true,
    );
    expect(readKeyText(pem).ok).toBe(true);
    expect(pem).toBe(publicPem);
  });

  test("is followed by the label line in the downloaded file", () => {
    const file = privateKeyFile(pkcs8);
    expect(file.endsWith("-----END PRIVATE KEY-----\nOCI_API_KEY\n")).toBe(true);
  });
});
