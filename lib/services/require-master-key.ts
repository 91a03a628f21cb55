import "server-only";
import type { Tx } from "@/lib/data/db";
import { findSetting, saveSetting } from "@/lib/data/settings";
import { deriveKey } from "@/lib/secrets/derive";
import { hashSecret } from "@/lib/secrets/hash-secret";

import { BootstrapError } from "./bootstrap";

const setting = "master-key-check";

/**
 * Refuses a master key that is not the one this database was made with: every token would stop verifying, and what is
 * sealed now could not be opened with the right key later. The first start remembers a check value, not the key.
 */
export async function requireMasterKey(tx: Tx, masterKey: Uint8Array): Promise<void> {
  const check = hashSecret(
    deriveKey(masterKey, "secret-verifier"),
    "the master key of this database",
  );
  const known = await findSetting(tx, setting);
  if (known === undefined) return saveSetting(tx, setting, check);
  if (known === check) return;
  throw new BootstrapError(
    "The master key is not the one that this database was made with. Put back the former LATCHKEY_MASTER_KEY or master.key file.",
  );
}
