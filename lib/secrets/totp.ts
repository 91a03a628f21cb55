import "server-only";
import { createHmac } from "node:crypto";

import { stepOf, stepsBeside } from "@/lib/domain/second-factor/totp";

import { isSameVerifier } from "./compare";

/** A seed as authenticator apps take it: 160 bits in 32 characters of Base32 (RFC 4648), which need no padding. */
export function totpSeed(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  const fives = bits.match(/.{5}/g) ?? [];
  return fives.map((five) => base32.charAt(Number.parseInt(five, 2))).join("");
}

export const seedBytes = 20;

/** The code of a time step (RFC 6238 with SHA-1 and six digits). */
export function totpCode(seed: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", bytesOf(seed)).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0xf;
  const number = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/**
 * The time step that a code is of: the one of the moment, or one beside it for clocks that differ. Undefined for a code
 * of no such step, or of one that is not later than `usedStep`: each is good once, and none before it (RFC 6238, 5.2).
 */
export function stepOfCode(
  seed: string,
  code: string,
  { at, usedStep }: { at: Date; usedStep: number | null },
): number | undefined {
  const now = stepOf(at);
  let found: number | undefined;
  for (let step = now - stepsBeside; step <= now + stepsBeside; step += 1) {
    const isRight = isSameVerifier(totpCode(seed, step), code);
    if (isRight && (usedStep === null || step > usedStep)) found ??= step;
  }
  return found;
}

function bytesOf(seed: string): Buffer {
  let bits = "";
  for (const character of seed) bits += base32.indexOf(character).toString(2).padStart(5, "0");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
