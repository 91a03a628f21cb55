import "server-only";
import type { KeyObject } from "node:crypto";

import { runtime, single } from "@/lib/config/runtime";
import { databaseTime, reading, transaction, type Tx } from "@/lib/data/db";
import {
  endSigningKeys,
  insertSigningKey,
  listSigningKeys,
  lockSigningKeys,
  purgeSigningKeys,
  type SigningKeyRow,
} from "@/lib/data/oauth-signing-keys";
import {
  endedAt,
  keyAheadOfTime,
  keyDue,
  type KeyTimes,
  publishedKeys,
  type SigningAlgorithm,
  signingKeyAt,
} from "@/lib/domain/oauth/key-schedule";
import { signingKeyPlace } from "@/lib/domain/sealed-place";
import {
  generateSigningKey,
  loadPrivateKey,
  loadPublicKey,
  type PublicKey,
} from "@/lib/secrets/jwt";
import { openSecret, sealSecret } from "@/lib/services/master-key/sealing";

/** A signing key as it works: both halves loaded. */
export interface SigningKey extends KeyTimes {
  readonly id: string;
  readonly algorithm: SigningAlgorithm;
  readonly privateKey: KeyObject;
  readonly publicKey: CryptoKey;
  readonly published: PublicKey;
}

/** How long a process goes on with the keys it knows; a successor is known a day before it is needed. */
const freshMilliseconds = 60_000;

/** The keys of this process, read again once a minute and unsealed once. */
class KeyRing {
  private keys: readonly SigningKey[] = [];
  private readAt = -Infinity;
  private reading: Promise<readonly SigningKey[]> | undefined;

  /** A promise only where the keys have to be read. */
  all(): readonly SigningKey[] | Promise<readonly SigningKey[]> {
    if (performance.now() - this.readAt < freshMilliseconds) return this.keys;
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async read(): Promise<readonly SigningKey[]> {
    const rows = await reading(listSigningKeys);
    const known = new Map(this.keys.map((key) => [key.id, key]));
    this.keys = await Promise.all(rows.map((row) => known.get(row.id) ?? loadKey(row)));
    this.readAt = performance.now();
    return this.keys;
  }

  forget(): void {
    this.readAt = -Infinity;
  }
}

const ring = () => single("oauth-keys", () => new KeyRing());

/** The key that signs at this moment, by database time; the first one is made when it is first needed. */
export function signingKey(now: Date): SigningKey | Promise<SigningKey> {
  const keys = ring().all();
  // Without a promise where the keys are known: that is the road of every token.
  const found = "then" in keys ? undefined : signingKeyAt(keys, now, runtime().env.tokenAlgorithm);
  return found ?? findSigningKey(now);
}

async function findSigningKey(now: Date): Promise<SigningKey> {
  const { tokenAlgorithm } = runtime().env;
  const found = signingKeyAt(await ring().all(), now, tokenAlgorithm);
  if (found) return found;
  await rotateSigningKeys();
  // By the time of now: the key was made after the moment that was asked about.
  const made = signingKeyAt(await ring().all(), await reading(databaseTime), tokenAlgorithm);
  if (!made) throw new Error("No key signs at this moment.");
  return made;
}

/** Every key that a token which is still alive may be signed with. */
export async function knownKeys(): Promise<readonly SigningKey[]> {
  return ring().all();
}

/** The key set for resource servers (RFC 7517), never empty. */
export async function keySet(): Promise<{ keys: PublicKey[] }> {
  const now = await reading(databaseTime);
  await signingKey(now);
  return { keys: publishedKeys(await ring().all(), now).map(({ published }) => published) };
}

/** Makes the next key when one is due, on one process of all, and clears those that nobody needs any more. */
export async function rotateSigningKeys(): Promise<void> {
  await transaction(async (tx) => {
    await lockSigningKeys(tx);
    await purgeSigningKeys(tx);
    const now = await databaseTime(tx);
    const times = keyDue(await listSigningKeys(tx), now, runtime().env.tokenAlgorithm);
    if (times) await makeKey(tx, times);
  });
  forgetSigningKeys();
}

/** Makes a key that takes over ahead of its time, and ends the turns of the others. Answers with its id. */
export async function replaceSigningKey(tx: Tx): Promise<string> {
  await lockSigningKeys(tx);
  const times = keyAheadOfTime(await listSigningKeys(tx), await databaseTime(tx));
  await endSigningKeys(tx, endedAt(times.signsFrom));
  return makeKey(tx, times);
}

/** The keys as they are from now on; another process has them within a minute. */
export function forgetSigningKeys(): void {
  ring().forget();
}

async function makeKey(tx: Tx, times: KeyTimes): Promise<string> {
  const { env, log } = runtime();
  const { id, publicKey, privateKeyPem } = await generateSigningKey(env.tokenAlgorithm);
  const sealedPrivateKey = await sealSecret(tx, privateKeyPem, placeOf(id));
  const algorithm = env.tokenAlgorithm;
  await insertSigningKey(tx, { id, algorithm, publicKey, sealedPrivateKey, ...times });
  log.info({ key: id, algorithm, signsFrom: times.signsFrom }, "a signing key was made");
  return id;
}

async function loadKey(row: SigningKeyRow): Promise<SigningKey> {
  const pem = openSecret(row.sealedPrivateKey, placeOf(row.id));
  const published = row.publicKey as PublicKey; // As `makeKey` wrote it; nothing else writes this column.
  const { id, algorithm, signsFrom, signsUntil, publishedUntil } = row;
  return {
    id,
    algorithm,
    signsFrom,
    signsUntil,
    publishedUntil,
    published,
    privateKey: loadPrivateKey(pem),
    publicKey: await loadPublicKey(algorithm, published),
  };
}

const placeOf = (id: string) => signingKeyPlace(runtime().tenancy.id, { id });
