import "server-only";

import { runtime } from "@/lib/config/runtime";
import type { Tx } from "@/lib/data/db";
import { mailPlace } from "@/lib/domain/sealed-place";

import { openSecret, sealSecret } from "../master-key/sealing";

type MailRow = { id: string; userId: string | null };

/** Seals the secret values of a mail for its row; nothing when there are none. */
export async function sealMailSecrets(tx: Tx, secrets: object, mail: MailRow) {
  if (Object.keys(secrets).length === 0) return null;
  return sealSecret(tx, JSON.stringify(secrets), mailPlace(runtime().tenancy.id, mail));
}

/** Opens what `sealMailSecrets` made for the same row. Throws `SealError`. */
export function openMailSecrets(sealed: string | null, mail: MailRow): unknown {
  if (sealed === null) return {};
  return JSON.parse(openSecret(sealed, mailPlace(runtime().tenancy.id, mail)));
}
