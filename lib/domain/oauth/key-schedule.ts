import { durations, secondsAfter } from "../durations";

export const signingAlgorithms = ["RS256", "ES256"] as const;
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

/** When a signing key signs, and until when the key set shows it. */
export interface KeyTimes {
  readonly signsFrom: Date;
  readonly signsUntil: Date;
  readonly publishedUntil: Date;
}

interface ScheduledKey extends KeyTimes {
  readonly algorithm: SigningAlgorithm;
}

/**
 * The times of the key to be made now, or undefined while those there are serve. A successor is shown a day before it
 * signs, so that nobody meets a token whose key they have not seen; without a key that signs, it signs at once.
 */
export function keyDue(
  keys: readonly ScheduledKey[],
  now: Date,
  algorithm: SigningAlgorithm,
): KeyTimes | undefined {
  const own = keys.filter((key) => key.algorithm === algorithm);
  const isServed = own.some(({ signsUntil }) => signsUntil > secondsAfter(now, 2 * notice));
  if (isServed) return undefined;
  const others = (own.length > 0 ? own : keys).map(({ signsUntil }) => signsUntil.getTime());
  const served = Math.max(now.getTime(), ...others);
  const signsFrom = new Date(Math.min(served, secondsAfter(now, notice).getTime()));
  return timesFrom(signsFrom);
}

/**
 * The times of a key that takes over now instead of waiting for its turn. It signs as soon as nobody keeps a key set
 * that lacks it; where none signs, at once.
 */
export function keyAheadOfTime(keys: readonly ScheduledKey[], now: Date): KeyTimes {
  const isServed = keys.some((key) => key.signsFrom <= now && key.signsUntil > now);
  return timesFrom(isServed ? secondsAfter(now, durations.keySetCache) : now);
}

/** What is left for a key whose turn ends at a moment: it is shown as long as what it signed lives. */
export function endedAt(moment: Date): Pick<KeyTimes, "signsUntil" | "publishedUntil"> {
  return { signsUntil: moment, publishedUntil: secondsAfter(moment, durations.keyAfterlife) };
}

function timesFrom(signsFrom: Date): KeyTimes {
  return { signsFrom, ...endedAt(secondsAfter(signsFrom, durations.signingKey)) };
}

/** The key that signs at a moment: the newest of the wanted algorithm, else the newest there is. */
export function signingKeyAt<Key extends ScheduledKey>(
  keys: readonly Key[],
  now: Date,
  algorithm: SigningAlgorithm,
): Key | undefined {
  const ready = keys.filter((key) => key.signsFrom <= now && key.signsUntil > now);
  const newest = ready.toSorted(
    (one, other) => other.signsFrom.getTime() - one.signsFrom.getTime(),
  );
  return newest.find((key) => key.algorithm === algorithm) ?? newest[0];
}

/** The keys that a resource server has to know at a moment: those that sign, will sign, or signed what still lives. */
export function publishedKeys<Key extends KeyTimes>(keys: readonly Key[], now: Date): Key[] {
  return keys.filter(({ publishedUntil }) => publishedUntil > now);
}

const notice = durations.keyNotice;
