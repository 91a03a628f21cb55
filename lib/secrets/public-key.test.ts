import { execFileSync, spawnSync } from "node:child_process";
import { createHash, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";

import { describe, expect, test } from "vitest";

import {
  classifyKeyText,
  keyProblemSentence,
  type KeyProblem,
} from "@/lib/domain/credentials/api-key/key-problems";
import { isAppError } from "@/lib/domain/errors";
import { vectorKey } from "@/lib/domain/signing/vectors.fixture";

import { parsePublicKey } from "./public-key";

const good = vectorKey.pem;
const body = good.split("\n").slice(1, -2).join("\n");
const goodDer = Buffer.from(body, "base64");

function block(content: string, label = "PUBLIC KEY"): string {
  return `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----\n`;
}

function pemOf(der: Uint8Array): string {
  return block(Buffer.from(der).toString("base64").replace(/.{64}/g, "$&\n"));
}

/** A public key of any size and exponent: nobody ever needs its private half. */
function rsaPem(bits: number, exponent = 65_537n): string {
  const modulus = randomBytes(bits / 8);
  modulus[0] = (modulus[0] ?? 0) | 0x80;
  let number = BigInt(`0x${modulus.toString("hex")}`) | 1n;
  while (smallPrimes.some((prime) => number % prime === 0n)) number += 2n;
  return rsaPemOf(number, exponent);
}

const smallPrimes = Array.from({ length: 750 }, (_, index) => BigInt(index + 2)).filter((number) =>
  Array.from({ length: 30 }, (_, index) => BigInt(index + 2)).every(
    (prime) => prime >= number || number % prime !== 0n,
  ),
);

function rsaPemOf(modulus: bigint, exponent: bigint): string {
  const key = { kty: "RSA", n: base64Url(modulus), e: base64Url(exponent) };
  return createPublicKey({ key, format: "jwk" }).export({ type: "spki", format: "pem" }).toString();
}

function base64Url(number: bigint): string {
  const hex = number.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex").toString("base64url");
}

function outcome(text: string): string {
  try {
    parsePublicKey(text);
    return "accepted";
  } catch (error) {
    if (!isAppError(error)) throw error;
    expect(error.code).toBe("invalid_key");
    return error.message;
  }
}

test("a good key comes back normalised with its fingerprints", () => {
  const { pem, fingerprint, sha256, bits, exponent } = parsePublicKey(good);
  expect({ pem, fingerprint, bits, exponent }).toEqual({
    pem: good,
    fingerprint: vectorKey.fingerprint,
    bits: 2048,
    exponent: 65_537n,
  });
  expect(sha256).toBe(createHash("sha256").update(goodDer).digest("hex"));
});

test.each([
  ["a label line after the end", `${good}OCI_API_KEY\n`],
  ["CRLF", good.replaceAll("\n", "\r\n")],
  ["CR alone", good.replaceAll("\n", "\r")],
  ["blank lines before", `\n\n  \n${good}`],
  ["a byte order mark", `\uFEFF${good}`],
  ["no line end after the last line", good.trimEnd()],
  ["everything on one line", good.replaceAll("\n", "")],
  ["everything on one line, with spaces", good.trimEnd().replaceAll("\n", " ")],
  ["indented lines", good.replaceAll("\n", "\n    ")],
])("%s does not matter", (_name, text) => {
  expect(parsePublicKey(text).pem).toBe(good);
});

test.each([
  ["2048 bits", rsaPem(2048)],
  ["4096 bits", rsaPem(4096)],
  ["8192 bits", rsaPem(8192)],
  ["exponent 65539", rsaPem(2048, 65_539n)],
  ["exponent 2^64 - 1", rsaPem(2048, (1n << 64n) - 1n)],
])("%s is accepted", (_name, pem) => {
  expect(outcome(pem)).toBe("accepted");
});

const secretMark = "c2VjcmV0";
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const elliptic = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const spki = { type: "spki", format: "pem" } as const;
const pkcs1 = rsa.publicKey.export({ type: "pkcs1", format: "pem" }).toString();
const pkcs8 = { type: "pkcs8", format: "pem" } as const;
const encrypted = { ...pkcs8, cipher: "aes-256-cbc", passphrase: "passphrase" } as const;
const dsa = generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 });

/** The outer SEQUENCE with its length raised, so that the extra bytes stand inside it. */
function grown(der: Uint8Array, extra: number[]): Uint8Array {
  const grownDer = Buffer.concat([der, Buffer.from(extra)]);
  grownDer.writeUInt16BE(grownDer.readUInt16BE(2) + extra.length, 2);
  return grownDer;
}

const modulus2048 = BigInt(`0x${randomBytes(256).toString("hex")}`) | (1n << 2047n) | 1n;

const badKeys: [name: string, text: string, problem: KeyProblem][] = [
  ["nothing", "", "empty"],
  ["white space", " \r\n\t\n", "empty"],
  ["a text over 16 KB", good + " ".repeat(16 * 1024), "too_large"],
  ["a text over 16 KB in UTF-8 only", good + "漢".repeat(6_000), "too_large"],
  ["a PKCS#8 private key", rsa.privateKey.export(pkcs8).toString(), "private_key"],
  [
    "a PKCS#1 private key",
    rsa.privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
    "private_key",
  ],
  [
    "an EC private key",
    elliptic.privateKey.export({ type: "sec1", format: "pem" }).toString(),
    "private_key",
  ],
  ["a public and a private key", good + rsa.privateKey.export(pkcs8).toString(), "private_key"],
  ["an OpenSSH private key", block(secretMark, "OPENSSH PRIVATE KEY"), "private_key"],
  ["a PuTTY private key", "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none", "private_key"],
  [
    "a private key labelled public",
    pemOf(rsa.privateKey.export({ type: "pkcs8", format: "der" })),
    "private_key",
  ],
  [
    "a PKCS#1 private key labelled public",
    pemOf(rsa.privateKey.export({ type: "pkcs1", format: "der" })),
    "private_key",
  ],
  ["an encrypted private key", rsa.privateKey.export(encrypted).toString(), "encrypted"],
  [
    "an encrypted PKCS#1 private key",
    block("Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00", "RSA PRIVATE KEY"),
    "encrypted",
  ],
  [
    "an encrypted private key labelled public",
    pemOf(rsa.privateKey.export({ ...encrypted, format: "der" })),
    "encrypted",
  ],
  ["an OpenSSH RSA key", `ssh-rsa ${body.replaceAll("\n", "")} me@example.org`, "openssh"],
  [
    "an RFC 4716 key",
    "---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3NzaC1yc2E\n---- END SSH2 PUBLIC KEY ----",
    "openssh",
  ],
  [
    "an OpenSSH Ed25519 key",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@example.org",
    "edwards_curve",
  ],
  ["an OpenSSH ECDSA key", "ecdsa-sha2-nistp256 AAAAE2VjZHNh me@example.org", "elliptic_curve"],
  ["an OpenSSH DSA key", "ssh-dss AAAAB3NzaC1kc3M me@example.org", "dsa"],
  ["a certificate", block(body, "CERTIFICATE"), "certificate"],
  ["a certificate chain", block(body, "CERTIFICATE").repeat(2), "certificate"],
  ["a certificate request", block(body, "CERTIFICATE REQUEST"), "certificate_request"],
  ["a PKCS#1 public key", pkcs1, "pkcs1"],
  ["a PKCS#1 public key labelled PUBLIC KEY", pkcs1.replaceAll("RSA PUBLIC", "PUBLIC"), "pkcs1"],
  ["a PGP key", block(body, "PGP PUBLIC KEY BLOCK"), "other_block"],
  ["an EC key", elliptic.publicKey.export(spki).toString(), "elliptic_curve"],
  [
    "an Ed25519 key",
    generateKeyPairSync("ed25519").publicKey.export(spki).toString(),
    "edwards_curve",
  ],
  [
    "an X25519 key",
    generateKeyPairSync("x25519").publicKey.export(spki).toString(),
    "edwards_curve",
  ],
  ["a DSA key", dsa.publicKey.export(spki).toString(), "dsa"],
  [
    "an RSA-PSS key",
    generateKeyPairSync("rsa-pss", { modulusLength: 2048 }).publicKey.export(spki).toString(),
    "rsa_pss",
  ],
  ["512 bits", rsaPem(512), "too_short"],
  ["1024 bits", rsaPem(1024), "too_short"],
  ["2040 bits", rsaPem(2040), "too_short"],
  ["8200 bits", rsaPem(8200), "too_long"],
  ["exponent 1", rsaPem(2048, 1n), "exponent_small"],
  ["exponent 3", rsaPem(2048, 3n), "exponent_small"],
  ["exponent 65535", rsaPem(2048, 65_535n), "exponent_small"],
  ["exponent 65536", rsaPem(2048, 65_536n), "exponent_even"],
  ["exponent 65538", rsaPem(2048, 65_538n), "exponent_even"],
  ["exponent 2^64 + 1", rsaPem(2048, (1n << 64n) + 1n), "exponent_large"],
  [
    "a modulus divisible by 751",
    rsaPemOf(modulus2048 - (modulus2048 % 1_502n) + 751n, 65_537n),
    "weak",
  ],
  ["an even modulus", rsaPemOf(modulus2048 - 1n, 65_537n), "weak"],
  ["no END line", good.slice(0, good.indexOf("-----END")), "truncated"],
  ["no BEGIN line", good.slice(good.indexOf("\n")), "truncated"],
  ["half a BEGIN line", "-----BEGIN PUBLIC", "truncated"],
  ["another END line", good.replace("END PUBLIC", "END RSA PUBLIC"), "truncated"],
  ["an empty block", block(""), "truncated"],
  ["a missing line", pemOf(goodDer.subarray(0, 240)), "truncated"],
  ["a missing character", good.replace("AQAB", "AQA"), "truncated"],
  ["foreign characters", good.replace("MIIB", "M*IB"), "damaged"],
  ["another spelling of the same bytes", good.replaceAll("+", "-"), "damaged"],
  ["noise", pemOf(randomBytes(294).fill(0x31, 0, 1)), "damaged"],
  ["no algorithm parameters", pemOf(withoutNull(goodDer)), "damaged"],
  ["bytes after the key", pemOf(Buffer.concat([goodDer, Buffer.from([0])])), "trailing_bytes"],
  ["an element after the key", pemOf(grown(goodDer, [5, 0])), "damaged"],
  ["a sentence", "Here is my key, thank you.", "not_pem"],
  ["base64 alone", body, "not_pem"],
  ["two keys", good + rsaPem(2048), "two_keys"],
  ["the same key twice", good + good, "two_keys"],
  ["a key and a certificate", good + block(body, "CERTIFICATE"), "two_keys"],
];

function withoutNull(der: Uint8Array): Uint8Array {
  const shorter = Buffer.concat([der.subarray(0, 17), der.subarray(19)]);
  shorter.writeUInt16BE(shorter.readUInt16BE(2) - 2, 2);
  shorter.writeUInt8(shorter.readUInt8(5) - 2, 5);
  return shorter;
}

describe("bad keys", () => {
  test.each(badKeys)(
    "%s: refused with its own sentence, on the page and here",
    (_name, text, problem) => {
      expect(classifyKeyText(text)).toBe(problem);
      expect(outcome(text)).toBe(keyProblemSentence(problem));
    },
  );

  test("every cause has another sentence, and the ones for private keys say that nothing was stored", () => {
    const problems = [...new Set(badKeys.map(([, , problem]) => problem))];
    const sentences = problems.map(keyProblemSentence);
    expect(new Set(sentences).size).toBe(problems.length);
    for (const problem of ["private_key", "encrypted"] as const)
      expect(keyProblemSentence(problem)).toContain("was not stored");
  });

  test("the error holds nothing of a private key", () => {
    const text = rsa.privateKey.export(pkcs8).toString();
    const lines = text.split("\n").slice(1, -2);
    try {
      parsePublicKey(text);
      expect.unreachable();
    } catch (error) {
      const shown =
        error instanceof Error
          ? `${error.message}${String(error.stack)}${JSON.stringify(error)}`
          : "";
      expect(shown).toContain("private key");
      expect(lines.filter((line) => shown.includes(line))).toEqual([]);
      expect(error instanceof Error ? error.cause : "").toBeUndefined();
    }
  });
});

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

test.skipIf(!hasOpenssl)(
  "the commands that the sentences name do what they say (skipped without openssl)",
  () => {
    const openssl = (input: string, ...args: string[]): string =>
      execFileSync("openssl", args, { input, stdio: "pipe" }).toString();
    const expected = rsa.publicKey.export(spki).toString();
    expect(openssl(pkcs1, "rsa", "-RSAPublicKey_in", "-pubout")).toBe(expected);
    expect(openssl(rsa.privateKey.export(pkcs8).toString(), "pkey", "-pubout")).toBe(expected);
    expect(
      openssl(pemOf(Buffer.concat([goodDer, Buffer.from([0])])), "pkey", "-pubin", "-pubout"),
    ).toBe(good);
  },
);
