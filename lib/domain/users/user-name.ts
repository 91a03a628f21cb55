import { z } from "zod";

/** Bounds the work of normalising; no name that is short enough afterwards comes near. */
const longestInput = 1000;

/**
 * The one canonical form of a user name. Look-up, uniqueness, failure counter and limiter all go by it, so that
 * `Maria`, ` maria` and `MARIA` are one person everywhere.
 */
export function userNameKey(name: string): string {
  return name.normalize("NFC").trim().toLowerCase().normalize("NFC");
}

/** A user name as typed at creation. Judged after normalising: what is stored is what was judged. */
export const userName = nameOf({
  most: 100,
  problem: "Use 1 to 100 letters, digits and - . _ + @ without spaces.",
});

/** An alternate database user name: the same characters, under 128 bytes. */
export const databaseUserName = nameOf({
  most: 127,
  problem: "Use 1 to 127 letters, digits and - . _ + @ without spaces.",
});

function nameOf({ most, problem }: { most: number; problem: string }) {
  const allowed = new RegExp(`^[A-Za-z0-9._+@-]{1,${most}}$`);
  return z
    .string()
    .max(longestInput, problem)
    .transform((name) => name.normalize("NFC").trim())
    .refine((name) => allowed.test(name), problem);
}
