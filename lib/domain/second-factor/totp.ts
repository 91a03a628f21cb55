/** RFC 6238 as every authenticator app does it without being told: SHA-1, six digits, a new code each 30 seconds. */
const secondsPerStep = 30;

/** A clock may be a step behind or ahead. */
export const stepsBeside = 1;

export const stepOf = (at: Date) => Math.floor(at.getTime() / 1000 / secondsPerStep);

/** What was typed, without the gap that apps show in the middle. */
export const bareCode = (typed: string) => typed.replaceAll(/[\s-]/g, "");
