/** After so many attempts a mail is given up. The shortest waits before the last one add up to more than a day. */
export const mostAttempts = 20;

const shortestSeconds = 60;
const longestSeconds = 6 * 3600;

/**
 * How long to wait after the given attempt (counted from 1) failed: twice as long each time from one minute to six
 * hours, less up to a half by chance so that mails which failed together do not come back together.
 */
export function backOffSeconds(attempt: number, chance: () => number = Math.random): number {
  const full = Math.min(longestSeconds, shortestSeconds * 2 ** (attempt - 1));
  return Math.max(shortestSeconds, Math.round(full * (1 - chance() / 2)));
}
