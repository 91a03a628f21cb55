import { randomInt } from "node:crypto";

import { isFull } from "./race";

/** The chance that a value of one sample is above one of the other: 0.5 where nothing tells them apart (Mann-Whitney). */
export function auc(ones: readonly number[], others: readonly number[]): number {
  const sorted = [
    ...ones.map((value) => ({ value, isOne: true })),
    ...others.map((value) => ({ value, isOne: false })),
  ].toSorted((left, right) => left.value - right.value);
  let rankSum = 0;
  for (let at = 0; at < sorted.length;) {
    let end = at;
    while (end < sorted.length && sorted[end]?.value === sorted[at]?.value) end += 1;
    // Equal values share the mean of their ranks.
    const rank = (at + 1 + end) / 2;
    rankSum += rank * sorted.slice(at, end).filter(({ isOne }) => isOne).length;
    at = end;
  }
  return (rankSum - (ones.length * (ones.length + 1)) / 2) / (ones.length * others.length);
}

/** Standard deviation of that chance when both samples are of one kind. */
function aucNoise(ones: number, others: number): number {
  return Math.sqrt((ones + others + 1) / (12 * ones * others));
}

/** What of such a chance is taken for none at all (security.md G13). */
export const band = { least: 0.45, most: 0.55 };

/** So many pairs the goal asks for. */
const size = isFull ? 10_000 : 1_000;
/** The samples are looked at as they grow. */
export const looks = [0.25, 0.4, 0.55, 0.7, 0.85, 1].map((part) => Math.round(part * size));

/**
 * Whether a look ends the measurement (decision 127). The band decides at the full size. Before it, only a chance whose
 * one-sided 95 % interval lies in the band does: stopping wherever chance is kind would lean towards "equal".
 */
export function isDecided(value: number, pairs: number): boolean {
  if (pairs >= size) return true;
  const doubt = 1.645 * aucNoise(pairs, pairs);
  return value - doubt >= band.least && value + doubt <= band.most;
}

export interface Comparison<Group extends string, Subject> {
  /** The first is compared with each of the others. */
  readonly groups: readonly [Group, ...Group[]];
  /** So many more of a group, each to be measured once. */
  readonly subjects: (group: Group, count: number) => Promise<Subject[]>;
  /** How long a request about a subject takes, in milliseconds. */
  readonly measure: (subject: Subject) => Promise<number>;
}

export interface Compared {
  readonly pair: string;
  readonly value: number;
  /** For the report. */
  readonly told: string;
}

/** Measures groups in one shuffled queue until every pair is decided. */
export async function compareTimes<Group extends string, Subject>({
  groups,
  subjects,
  measure,
}: Comparison<Group, Subject>): Promise<Compared[]> {
  const times = new Map<Group, number[]>(groups.map((group) => [group, []]));
  const [first, ...others] = groups;
  const timesOf = (group: Group) => times.get(group) ?? [];
  let found: Compared[] = [];
  for (const look of looks) {
    const queue: { group: Group; subject: Subject }[] = [];
    for (const group of groups)
      for (const subject of await subjects(group, look - timesOf(group).length))
        queue.push({ group, subject });
    for (const { group, subject } of shuffled(queue)) timesOf(group).push(await measure(subject));
    const noise = aucNoise(look, look).toFixed(3);
    found = others.map((other) => {
      const value = auc(timesOf(first), timesOf(other));
      const told = `${value.toFixed(3)} ± ${noise} of ${look} pairs`;
      return { pair: `${first}/${other}`, value, told };
    });
    if (found.every(({ value }) => isDecided(value, look))) break;
  }
  return found;
}

/** Fully shuffled: whatever one request leaves behind it falls on all groups alike. */
function shuffled<T>(values: T[]): T[] {
  for (let at = values.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    const [left, right] = [values[at], values[other]];
    if (left !== undefined && right !== undefined) [values[at], values[other]] = [right, left];
  }
  return values;
}

/** A source of its own for each request: the throttle is not what is measured. For servers that trust 127.0.0.1. */
export const elsewhere = () => ({
  "x-forwarded-for": `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`,
});
