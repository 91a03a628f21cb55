import { z } from "zod";

const longestNote = 400;

/** Why somebody needs more, in their own words. */
export const requestNote = z
  .string()
  .trim()
  .max(longestNote, `Use at most ${longestNote} characters.`);

/** A request that waits, as administrators read it. */
export interface LimitRequestView {
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly kind: string;
  readonly note: string;
  readonly createdAt: string;
  readonly used: number;
  readonly limit: number;
  /** Whether whoever reads it may decide it: not for a user who holds more than they do. */
  readonly mayDecide: boolean;
}
