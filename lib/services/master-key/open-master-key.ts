import "server-only";
import type { Env } from "@/lib/config/env";
import { loadMasterKeys } from "@/lib/config/master-key";
import type { MasterKeys } from "@/lib/config/runtime";
import type { Tx } from "@/lib/data/db";
import { findMasterKey, insertMasterKey, type MasterKeyState } from "@/lib/data/master-key";
import { findSetting } from "@/lib/data/settings";
import { rootKeyPlace } from "@/lib/domain/sealed-place";
import { deriveKey } from "@/lib/secrets/derive";
import { hashSecret } from "@/lib/secrets/hash-secret";
import { makeMasterKeys } from "@/lib/secrets/master-keys";
import { random } from "@/lib/secrets/random";
import { open, seal, SealError } from "@/lib/secrets/seal";

import { BootstrapError } from "../bootstrap";

/**
 * The configured master keys and the root key, which is made on the first start and sealed with the master key. Refuses
 * master keys that do not open it, before anything is written: every token would stop verifying, and what is sealed now
 * could not be opened with the right key later.
 */
export async function openMasterKey(
  tx: Tx,
  env: Pick<Env, "masterKey" | "dataDir">,
): Promise<{ masterKeys: MasterKeys; rootKey: Uint8Array }> {
  const masterKeys = makeMasterKeys(() => loadMasterKeys(env));
  return { masterKeys, rootKey: await openRootKey(tx, masterKeys) };
}

async function openRootKey(tx: Tx, keys: MasterKeys): Promise<Uint8Array> {
  const state = (await findMasterKey(tx)) ?? (await adoptMasterKey(tx, keys));
  if (keys.find(state.currentId) === undefined) throw isAnother();
  if (state.previousId !== null && keys.find(state.previousId) === undefined)
    throw new BootstrapError(
      "The rotation of the master key is not finished, and the former key is missing. Give both in LATCHKEY_MASTER_KEY or the master.key file, the former first, and run: npm run rotate-master-key.",
    );
  try {
    return Buffer.from(open(keys, state.sealedRootKey, rootKeyPlace), "base64url");
  } catch (error) {
    if (error instanceof SealError) throw isAnother();
    throw error;
  }
}

async function adoptMasterKey(tx: Tx, keys: MasterKeys): Promise<MasterKeyState> {
  const { currentId, rootKey } = (await keyOfEarlierVersion(tx, keys)) ?? freshKey(keys);
  const sealedRootKey = seal(
    knownKey(keys, currentId),
    Buffer.from(rootKey).toString("base64url"),
    rootKeyPlace,
  );
  await insertMasterKey(tx, { currentId, sealedRootKey });
  const state = await findMasterKey(tx);
  if (!state) throw new Error("The state of the master key was not kept.");
  return state;
}

function freshKey(keys: MasterKeys) {
  return { currentId: keys.ids().at(-1) ?? "", rootKey: random(rootKeyBytes) };
}

/**
 * Earlier versions derived everything from the master key itself and kept a check value of it. There the root key is
 * what the master key was, so that every verifier and session goes on.
 */
async function keyOfEarlierVersion(tx: Tx, keys: MasterKeys) {
  const check = await findSetting(tx, "master-key-check");
  if (check === undefined) return undefined;
  const currentId = keys.ids().find((id) => checkOf(knownKey(keys, id)) === check);
  if (currentId === undefined) throw isAnother();
  return { currentId, rootKey: knownKey(keys, currentId) };
}

function checkOf(masterKey: Uint8Array): string {
  return hashSecret(deriveKey(masterKey, "secret-verifier"), "the master key of this database");
}

function knownKey(keys: MasterKeys, id: string): Uint8Array {
  const key = keys.find(id);
  if (key === undefined) throw isAnother();
  return key;
}

function isAnother(): BootstrapError {
  return new BootstrapError(
    "The master key is not the one that this database was made with. Put back the former LATCHKEY_MASTER_KEY or master.key file.",
  );
}

const rootKeyBytes = 32;
