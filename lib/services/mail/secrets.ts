import "server-only";

import { runtime } from "@/lib/config/runtime";
import { open, seal } from "@/lib/secrets/seal";

type MailPlace = { id: string; userId: string | null };

/** Seals the secret values of a mail for its row; nothing when there are none. */
export function sealMailSecrets(secrets: object, place: MailPlace): string | null {
  if (Object.keys(secrets).length === 0) return null;
  return seal({ current: runtime().masterKey }, JSON.stringify(secrets), placeOf(place));
}

/** Opens what `sealMailSecrets` made for the same row. Throws `SealError`. */
export function openMailSecrets(sealed: string | null, place: MailPlace): unknown {
  if (sealed === null) return {};
  return JSON.parse(open({ current: runtime().masterKey }, sealed, placeOf(place)));
}

function placeOf({ id, userId }: MailPlace) {
  return { tenancy: runtime().tenancy.id, user: userId ?? "", kind: "mail", id };
}
