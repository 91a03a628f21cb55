const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How far a signed request's date may be from ours. */
const signatureSkew = 5 * minute;

const accessToken = hour;

/** Every period that the product promises, in seconds. They are measured by the database's clock. */
export const durations = {
  /** An administrator's one-time password, unused. */
  oneTimePassword: 7 * day,
  /** A mailed invitation, unused. */
  invitation: 7 * day,
  /** The link that confirms an e-mail address, unused. */
  emailConfirmation: 24 * hour,
  /** A temporary password that *Forgot password* mails. */
  temporaryPassword: 24 * hour,

  sessionIdle: 30 * minute,
  sessionAbsolute: 12 * hour,
  /** How long the code may be awaited after the password was right. */
  secondFactorStep: 10 * minute,
  /** How long a proof of identity serves for acts on credentials. */
  stepUp: 15 * minute,

  /** How long a repeated `opc-retry-token` gets the first answer (identity-api.md 5.3). */
  retryToken: 24 * hour,
  /** How long that answer still holds the secret. */
  retrySecret: hour,

  signatureSkew,
  /** How long a signature is remembered: both sides of the skew, and a minute. */
  replayMemory: 2 * signatureSkew + minute,
  /** A repetition this soon is an honest client's second request within one second; it is told to try again. */
  replayGrace: 5,

  /** How long an ended credential stays in its owner's list. */
  endedListing: 90 * day,
  /** A credential's last use is not written again within this. */
  lastUsePrecision: minute,
  /** A credential used since then counts as in use when it is deleted. */
  recentUse: 7 * day,
  /** How long the old one of two lives on when a credential is rotated. */
  rotationOverlaps: { now: 0, "1h": hour, "24h": day, "7d": 7 * day },
  /** How long before a credential expires its owner is written to. */
  expiryNotices: [30 * day, 7 * day, day],

  accessToken,
  /** How far ahead a client's own assertion may expire: no further than a signature is remembered. */
  clientAssertion: 2 * signatureSkew,
  /** How long one key signs access tokens. */
  signingKey: 30 * day,
  /** How long before it signs a key is shown. */
  keyNotice: day,
  /** How long after it signed last a key is shown: the life of its last token, and as much again. */
  keyAfterlife: 2 * accessToken,
  /** How long a resource server may keep the key set: far less than the notice. */
  keySetCache: 5 * minute,
  auditRetention: 400 * day,
} as const;

/** The moment so many seconds after another. */
export function secondsAfter(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1000);
}

export const minutesWords = (minutes: number) =>
  minutes === 1 ? "1 minute" : `${minutes} minutes`;
export const hoursWords = (hours: number) => (hours === 1 ? "1 hour" : `${hours} hours`);
