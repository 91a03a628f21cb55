import { generateKeyPairSync, randomBytes } from "node:crypto";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cpuMilliseconds } from "@/lib/testing/cpu-time";

import { mintSecret, secretKinds } from "../secret-format";
import { privateKeysIn, secretsIn } from "./secrets-in";

const pem = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString()
  .trim();

describe("secrets in a text", () => {
  it.each(secretKinds)("a %s is found whatever stands around it", (kind) => {
    const secret = mintSecret(kind, randomBytes);
    const printable = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("lk"));
    fc.assert(
      fc.property(printable, printable, (before, after) => {
        expect(secretsIn(`${before}${secret}${after}`)).toEqual([secret]);
      }),
    );
  });

  it("several are found once each, and what only looks like one is not", () => {
    const [one, other] = [
      mintSecret("auth_token", randomBytes),
      mintSecret("smtp_credential", randomBytes),
    ];
    const typo = one.slice(0, -1) + (one.endsWith("0") ? "1" : "0");
    expect(secretsIn(`A=${one}\nB=${other} lkat_lkat_${one} ${typo} lkat_`)).toEqual([one, other]);
    expect(secretsIn("lkat_".repeat(20_000))).toEqual([]);
  });

  it("a hundred at most", () => {
    const many = Array.from({ length: 120 }, () => mintSecret("auth_token", randomBytes));
    expect(secretsIn(many.join(" "))).toEqual(many.slice(0, 100));
  });
});

describe("private keys in a text", () => {
  it("are found as they are, indented, with Windows line ends, and written out in one line", () => {
    for (const text of [
      `${pem}\nOCI_API_KEY`,
      `key: |\n${pem.replaceAll(/^/gm, "    ")}\n`,
      pem.replaceAll("\n", "\r\n"),
      JSON.stringify({ key: `${pem}\n` }),
    ])
      expect(privateKeysIn(text)).toEqual([pem]);
  });

  it("public keys and half a key are not, and a hostile text takes no time", () => {
    expect(privateKeysIn(pem.replaceAll("PRIVATE", "PUBLIC"))).toEqual([]);
    expect(privateKeysIn(pem.slice(0, -20))).toEqual([]);
    for (const hostile of [
      "-----BEGIN PRIVATE KEY-----".repeat(2_200),
      `-----BEGIN PRIVATE KEY-----${"A\n".repeat(20_000)}`.repeat(2),
    ])
      expect(cpuMilliseconds(() => expect(privateKeysIn(hostile)).toEqual([]))).toBeLessThan(250);
  });
});
