import { z } from "zod";

/** No character is longer than this before it is composed: bounds the work of normalising. */
const longestCharacter = 4;

const forbidden = /[^\P{Cc}\n\r\t]|\p{Cs}/u;

/**
 * Text that a person types and others read: NFC, its length counted in characters, no control characters but line
 * breaks and tabs, no halves of surrogate pairs. PostgreSQL could not store the latter two.
 */
export function plainText({ least, most }: { least: number; most: number }) {
  return z
    .string()
    .max(most * longestCharacter, `Use at most ${most} characters.`)
    .transform((text) => text.normalize("NFC"))
    .refine((text) => !forbidden.test(text), "Leave out control characters.")
    .refine(
      (text) => [...text].length >= least,
      least === 1 ? "Enter at least one character." : `Use at least ${least} characters.`,
    )
    .refine((text) => [...text].length <= most, `Use at most ${most} characters.`);
}

/** The description of a user, group, policy or credential. OCI's specification accepts an empty one. */
export const description = plainText({ least: 0, most: 400 });
