import { single } from "./runtime";

type Tallies = Map<string, { labels: Readonly<Record<string, string>>; count: number }>;

/** What is counted since this process began, and by which labels; shown at `/metrics`. */
export interface Tallied {
  mails: "outcome";
  securityEvents: "event" | "action";
}

/** Counts one. Labels are words of a closed list: no identifier becomes one. */
export function tally<What extends keyof Tallied>(
  what: What,
  labels: Readonly<Record<Tallied[What], string>>,
): void {
  const tallies = talliesOf(what);
  const key = Object.values(labels).join(" ");
  const found = tallies.get(key);
  if (found) found.count += 1;
  else tallies.set(key, { labels, count: 1 });
}

export function talliesOf(what: keyof Tallied): Tallies {
  return single(`tallies of ${what}`, (): Tallies => new Map());
}
