/** Characters of a reason; in a file of its own, so that the browser's field needs no schema. */
export const longestReason = 300;
