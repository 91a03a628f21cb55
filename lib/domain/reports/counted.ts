/** Counting stops here: whoever reads the number learns that there are more, not how many. */
export const mostCounted = 1_000;
