/** RFC 6238 as every authenticator app does it without being told: SHA-1, six digits, a new code each 30 seconds. */
const secondsPerStep = 30;

/** A clock may be a step behind or ahead. */
export const stepsBeside = 1;

export const stepOf = (at: Date) => Math.floor(at.getTime() / 1000 / secondsPerStep);

/** What was typed, without the gap that apps show in the middle. */
export const bareCode = (typed: string) => typed.replaceAll(/[\s-]/g, "");

export const isTotpCode = (code: string) => /^\d{6}$/.test(code);

/** What the QR code says: an authenticator app lists it as *Latchkey acme: maria*. */
export function enrolmentUri(given: { seed: string; tenancyName: string; userName: string }) {
  const issuer = `Latchkey ${given.tenancyName}`;
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(given.userName)}`;
  return `otpauth://totp/${label}?secret=${given.seed}&issuer=${encodeURIComponent(issuer)}`;
}
