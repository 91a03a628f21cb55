/** Where a sealed value belongs. A value moved to another row, owner or tenancy cannot be opened there. */
export type SealedPlace = { tenancy: string; user: string; kind: string; id: string };

/** The place of a credential's secret. */
export function credentialPlace(
  tenancy: string,
  { ownerId, kind, id }: { ownerId: string; kind: string; id: string },
): SealedPlace {
  return { tenancy, user: ownerId, kind, id };
}

/** The place of a mail's secret values. */
export function mailPlace(
  tenancy: string,
  { userId, id }: { userId: string | null; id: string },
): SealedPlace {
  return { tenancy, user: userId ?? "", kind: "mail", id };
}

/** The place of the answer that a retry token gets again. */
export function retryPlace(
  tenancy: string,
  { callerId, operation, token }: { callerId: string; operation: string; token: string },
): SealedPlace {
  return { tenancy, user: callerId, kind: `retry:${operation}`, id: token };
}

/** The place of the seed that an authenticator app shares with us. */
export function totpPlace(
  tenancy: string,
  { userId, id }: { userId: string; id: string },
): SealedPlace {
  return { tenancy, user: userId, kind: "totp_device", id };
}

/** The place of a key that signs access tokens: it belongs to nobody but the tenancy. */
export function signingKeyPlace(tenancy: string, { id }: { id: string }): SealedPlace {
  return { tenancy, user: "", kind: "oauth_signing_key", id };
}

/** The place of the key that all derived keys come from; it is older than the tenancy. */
export const rootKeyPlace: SealedPlace = { tenancy: "", user: "", kind: "root_key", id: "root" };
