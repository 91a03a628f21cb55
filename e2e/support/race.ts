/** Sizes of a release; the everyday ones fit into a few minutes on two cores (security.md 5). */
export const isFull = process.env["LATCHKEY_FULL"] === "1";

/** Racers that start together: each is prepared, signed and encoded before the first one runs. */
export async function race<T>(
  racers: number,
  prepare: (index: number) => () => Promise<T>,
): Promise<T[]> {
  const starts = Array.from({ length: racers }, (_, index) => prepare(index));
  return Promise.all(starts.map((start) => start()));
}

/** As many more than one machine serves at once: so many under way, and the next as soon as one is done. */
export async function crowd<T>(
  count: number,
  prepare: (index: number) => () => Promise<T>,
  atOnce = 50,
): Promise<T[]> {
  const starts = Array.from({ length: count }, (_, index) => prepare(index));
  const answers: T[] = [];
  const waiting = starts.values();
  const work = async () => {
    for (const start of waiting) answers.push(await start());
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return answers;
}

/** How often each value occurs: `{200: 3, 409: 61}`. */
export function tally(values: readonly (string | number)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** The line of a goal: what was really done, for the reader of the test's output. */
export function report(goal: string, counts: Record<string, number | string>): void {
  const told = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  // The evidence that security.md 5 asks each goal to print.
  console.log(`${goal}: ${told.join(", ")}`);
}
