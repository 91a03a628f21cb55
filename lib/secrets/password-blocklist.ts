import "server-only";

import { dictionary } from "@zxcvbn-ts/language-common";

/**
 * Whether guessing programs would try the password early: one of 49,000 common passwords, a repetition or a run, or
 * a common password or one of `words` (user name, mail address, tenancy …) with fewer than eight characters around
 * it. Case and the usual substitutions (`P@ssw0rd`) do not help. Looks nothing up outside this process.
 */
export function isBlockedPassword(password: string, words: readonly string[]): boolean {
  const lower = password.normalize("NFC").toLowerCase();
  return isRun(lower) || isRepetition(lower) || isCommon(lower) || isMostlyWords(lower, words);
}

function isCommon(lower: string): boolean {
  const withoutTail = lower.replace(/[^\p{L}]+$/u, "");
  const core = withoutTail.replace(/^[^\p{L}]+/u, "");
  return [lower, withoutTail, core].some(
    (part) =>
      lower.length - part.length < enoughAround &&
      foldings.some((fold) => commonPasswords().has(fold(part))),
  );
}

function isMostlyWords(lower: string, words: readonly string[]): boolean {
  const parts = [...productWords, ...words]
    .flatMap(wordParts)
    .toSorted((one, other) => other.length - one.length);
  return foldings.some((fold) => {
    const folded = fold(lower);
    const rest = parts.reduce((text, part) => text.replaceAll(part, ""), folded);
    return rest !== folded && rest.length < enoughAround;
  });
}

/** The word as a whole and its parts: of `maria.lopez@example.com` also `maria`, `lopez` and `example`. */
function wordParts(word: string): string[] {
  const lower = word.normalize("NFC").toLowerCase();
  return [lower, ...lower.split(/[^\p{L}\p{N}]+/u)].filter((part) => part.length >= shortestWord);
}

/** `aaaaaaaa`, `abcabcabc`, `passwordpassword`: a few characters, or something common, again and again. */
function isRepetition(lower: string): boolean {
  const unit = /^(.+?)\1+$/su.exec(lower)?.[1];
  return unit !== undefined && (unit.length <= shortestWord || isCommon(unit));
}

/** `abcdefgh`, `87654321`: each character follows the one before it in the same direction. */
function isRun(lower: string): boolean {
  const codes = Array.from(lower, (character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return (
    steps.length > 0 && Math.abs(steps[0] ?? 0) === 1 && steps.every((step) => step === steps[0])
  );
}

const foldings = [
  (text: string) => text,
  (text: string) => unsubstitute(text, "i"),
  (text: string) => unsubstitute(text, "l"),
];

function unsubstitute(text: string, one: "i" | "l"): string {
  return text.replace(/[@4301!|$57]/g, (character) =>
    /[1!|]/.test(character) ? one : (letters[character] ?? ""),
  );
}

const letters: Record<string, string> = {
  "@": "a",
  "4": "a",
  "3": "e",
  "0": "o",
  $: "s",
  "5": "s",
  "7": "t",
};

let common: ReadonlySet<string> | undefined;

function commonPasswords(): ReadonlySet<string> {
  common ??= new Set(
    dictionary["passwords-common"].filter((password) => password.length >= shortestWord),
  );
  return common;
}

const productWords = ["latchkey", "oracle", "oraclecloud", "console", "welcome", "changeme"];
const shortestWord = 4;
const enoughAround = 8;
