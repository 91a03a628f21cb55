import { createHmac } from "node:crypto";

/** What an authenticator app shows for a key, `ahead` of its 30 seconds from now (RFC 6238). */
export function appCode(key: string, ahead = 0): string {
  const bits = [...key].map((character) => base32.indexOf(character).toString(2).padStart(5, "0"));
  const bytes = bits.join("").match(/.{8}/g) ?? [];
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const digest = createHmac("sha1", Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2))))
    .update(counter)
    .digest();
  const number = digest.readUInt32BE(digest.readUInt8(19) & 0xf) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
