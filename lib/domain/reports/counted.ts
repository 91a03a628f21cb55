/** Counting stops here: whoever reads the number learns that there are more, not how many. */
export const mostCounted = 1_000;

/** A count in words; beyond what is counted, only that there are more. */
export function countWords(count: number): string {
  const words = Math.min(count, mostCounted).toLocaleString("en-GB");
  return count > mostCounted ? `${words}+` : words;
}
