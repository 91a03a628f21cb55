import "server-only";

import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

import type { SealedPlace } from "@/lib/domain/sealed-place";

import { deriveKey } from "./derive";

/** Finds a master key by its id. */
interface KnownKeys {
  find(id: string): Uint8Array | undefined;
}

/** A sealed value that was changed, moved, or sealed with a key that is no longer here. Never a user's mistake. */
export class SealError extends Error {
  override readonly name = "SealError";
}

/**
 * Encrypts a secret that must be read back. Each value has a random data key (AES-256-GCM), which the master key
 * wraps; rotating the master key therefore re-wraps 32 bytes and leaves the value alone.
 * The text is `v1.<key id>.<wrapped key>.<value>` in base64url.
 */
export function seal(masterKey: Uint8Array, plaintext: string, place: SealedPlace): string {
  const dataKey = randomBytes(keyBytes);
  const binding = bindingOf(place);
  const value = encrypt(dataKey, Buffer.from(plaintext, "utf8"), binding);
  return assemble(masterKey, dataKey, binding, value);
}

/** Decrypts what `seal` made for the same place. Throws `SealError`; never returns anything that was tampered with. */
export function open(keys: KnownKeys, sealed: string, place: SealedPlace): string {
  const parts = parse(sealed);
  const binding = bindingOf(place);
  const dataKey = unwrap(keys, parts, binding);
  return decrypt(dataKey, parts.value, binding).toString("utf8");
}

/** Wraps the data key anew with this master key. The value itself is neither decrypted nor changed. */
export function reseal(
  masterKey: Uint8Array,
  keys: KnownKeys,
  sealed: string,
  place: SealedPlace,
): string {
  const parts = parse(sealed);
  const binding = bindingOf(place);
  return assemble(masterKey, unwrap(keys, parts, binding), binding, parts.value);
}

/** The id of the master key that wraps a sealed value: tells which rows a rotation still has to visit. */
export function sealedWith(sealed: string): string {
  return parse(sealed).keyId;
}

/** How every value begins that is wrapped with a master key. */
export function sealedPrefix(keyId: string): string {
  return `${version}.${keyId}.`;
}

/** A short public name of a master key, from which nothing about the key follows. */
export function sealingKeyId(masterKey: Uint8Array): string {
  return createHash("sha256")
    .update(wrappingKeyOf(masterKey))
    .digest("base64url")
    .slice(0, keyIdLength);
}

type SealedParts = { keyId: string; wrappedKey: Buffer; value: Buffer };

function assemble(masterKey: Uint8Array, dataKey: Buffer, binding: string, value: Buffer): string {
  const keyId = sealingKeyId(masterKey);
  const wrappedKey = encrypt(wrappingKeyOf(masterKey), dataKey, `${binding}|${keyId}`);
  return [version, keyId, wrappedKey.toString("base64url"), value.toString("base64url")].join(".");
}

function unwrap(keys: KnownKeys, parts: SealedParts, binding: string): Buffer {
  const masterKey = keys.find(parts.keyId);
  if (masterKey === undefined)
    throw new SealError("Sealed with a master key that is not configured.");
  return decrypt(wrappingKeyOf(masterKey), parts.wrappedKey, `${binding}|${parts.keyId}`);
}

function parse(sealed: string): SealedParts {
  const match = sealedPattern.exec(sealed);
  const [, keyId, wrappedKey, value] = match ?? [];
  if (keyId === undefined || wrappedKey === undefined || value === undefined) {
    throw new SealError("Not a sealed value.");
  }
  return { keyId, wrappedKey: decodeExactly(wrappedKey), value: decodeExactly(value) };
}

/** Base64url has spare bits at the end; a text that differs only there is not what was written. */
function decodeExactly(text: string): Buffer {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.toString("base64url") !== text) throw new SealError("Not a sealed value.");
  return bytes;
}

/** Each part's length goes in front of it, so that no two places can read the same. */
function bindingOf({ tenancy, user, kind, id }: SealedPlace): string {
  return [version, ...[tenancy, user, kind, id].map((part) => `${part.length}:${part}`)].join("|");
}

function encrypt(key: Uint8Array, plaintext: Uint8Array, binding: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(binding, "utf8"));
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, box: Buffer, binding: string): Buffer {
  if (box.length < nonceBytes + tagBytes) throw new SealError("Not a sealed value.");
  const nonce = box.subarray(0, nonceBytes);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(binding, "utf8"));
  decipher.setAuthTag(box.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(box.subarray(nonceBytes, -tagBytes)), decipher.final()]);
  } catch (cause) {
    throw new SealError("A sealed value was changed or moved.", { cause });
  }
}

function wrappingKeyOf(masterKey: Uint8Array): Buffer {
  return deriveKey(masterKey, "seal");
}

const version = "v1";
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const keyIdLength = 8;
const sealedPattern = /^v1\.([\w-]{8})\.([\w-]+)\.([\w-]+)$/;
