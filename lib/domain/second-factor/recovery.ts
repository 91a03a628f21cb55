import { bareCode } from "./totp";

/** So many come at once, and each works once. */
export const recoveryCodeCount = 10;

export const recoveryCodeBytes = 12;

/** Five random bits a byte: 60 bits, in three groups that can be read aloud. No letter is also a digit. */
export function recoveryCode(bytes: Uint8Array): string {
  const characters = Array.from(bytes, (byte) => alphabet.charAt(byte & 31)).join("");
  return (characters.match(/.{4}/g) ?? []).join("-");
}

/** The form that is hashed, whatever case and hyphens it was typed with; undefined for what is no such code. */
export function typedRecoveryCode(typed: string): string | undefined {
  const bare = bareCode(typed).toLowerCase();
  return /^[a-z2-7]{12}$/.test(bare) ? bare : undefined;
}

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
