import { z } from "zod";

/** The whole numbers that a setting may have. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** A whole number within bounds; the sentence says them. */
export function wholeNumber({ min, max }: Bounds) {
  const sentence = `Enter a whole number from ${min} to ${max}.`;
  return z.int(sentence).min(min, sentence).max(max, sentence);
}
