/**
 * Why a client was refused. The wire answers every one of them alike, so that a stranger learns nothing; the reason is
 * kept for the owner of the credential to read in *Activity*.
 */
export type ClientRefusal =
  | "wrong_secret"
  | "bad_assertion"
  | "assertion_used"
  | "credential_disabled"
  | "credential_expired"
  | "credential_unreadable"
  | "user_suspended"
  | "capability_off";

export const clientRefusalSentences: Readonly<Record<ClientRefusal, string>> = {
  wrong_secret: "The client secret was not that of this credential.",
  bad_assertion:
    "The client assertion was not signed with one of the owner’s API keys, or it was not for this server or this moment.",
  assertion_used: "The same client assertion had been used before. Each request needs a new one.",
  credential_disabled: "The credential is disabled.",
  credential_expired: "The credential has expired.",
  credential_unreadable:
    "What is stored of the credential cannot be read. Delete it and make another.",
  user_suspended: "The user is suspended.",
  capability_off: "The user may not use OAuth 2.0 client credentials: the capability is off.",
};
