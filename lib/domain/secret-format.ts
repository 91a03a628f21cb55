import { randomText, type RandomSource } from "@/lib/domain/random";

/**
 * The one table of generated secrets. A secret is its kind's prefix, 32 random base62 characters (190 bits) and the
 * CRC-32 of all that in six base62 characters: safe in URLs, shells and YAML, and recognisable wherever it leaks.
 */
export const secretFormats = {
  auth_token: { prefix: "lkat_", noun: "auth token" },
  customer_secret_key: { prefix: "lkcs_", noun: "customer secret key" },
  oauth_client_credential: { prefix: "lkoc_", noun: "OAuth 2.0 client secret" },
  smtp_credential: { prefix: "lksm_", noun: "SMTP password" },
} as const satisfies Record<string, { prefix: `lk${string}_`; noun: string }>;

export type SecretKind = keyof typeof secretFormats;

export const secretKinds = listSecretKinds();

export function mintSecret(kind: SecretKind, random: RandomSource): string {
  const body = secretFormats[kind].prefix + randomText(randomLength, base62, random);
  return body + checksum(body);
}

/**
 * Tells the kind of a well-formed secret without asking the database. A secret with any single character mistyped
 * is never well-formed: CRC-32 finds every burst of errors up to 32 bits.
 */
export function checkSecret(text: string): { kind: SecretKind } | undefined {
  const kind = secretKinds.find((candidate) => text.startsWith(secretFormats[candidate].prefix));
  if (kind === undefined || !wholePatterns[kind].test(text)) return undefined;
  return checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength)
    ? { kind }
    : undefined;
}

/** What a secret scanner looks for; a hit is certain once `checkSecret` agrees. No lookaround, so RE2 can read it. */
export function secretPattern(kind: SecretKind): string {
  return `\\b${secretFormats[kind].prefix}[0-9A-Za-z]{${randomLength + checksumLength}}\\b`;
}

export type SecretGroup = { characters: string; check: string };

/**
 * Cuts a secret into groups of five for paper, each with a check character that betrays any one wrong character and
 * any two neighbours swapped, the check character included. Takes `A–Z a–z 0–9 _ - + =` and the percent sign.
 */
export function groupsWithCheck(secret: string): SecretGroup[] {
  const groups = secret.match(/.{1,5}/gsu) ?? [];
  return groups.map((characters) => ({ characters, check: checkCharacter(characters) }));
}

/** Whether a group that was typed in from paper agrees with its check character. */
export function isGroupIntact({ characters, check }: SecretGroup): boolean {
  return (
    [...characters].every((character) => checkAlphabet.includes(character)) &&
    checkCharacter(characters) === check
  );
}

/** How to read a text aloud, a word or two per character: `a7-B` is "alfa", "digit seven", "dash", "capital bravo". */
export function spokenForm(text: string): string[] {
  return Array.from(text, (character) => {
    const word = spokenWords.get(character);
    if (word !== undefined) return word;
    const letter = spokenWords.get(character.toLowerCase());
    return letter === undefined ? character : `capital ${letter}`;
  });
}

/**
 * A sum of the characters' numbers, weighted by position, modulo the prime 67. Weights and the differences of
 * neighbouring weights are never zero, so neither a wrong character nor a swap can leave the sum as it was.
 */
function checkCharacter(characters: string): string {
  const sum = Array.from(characters).reduce((total, character, index) => {
    const value = checkAlphabet.indexOf(character);
    if (value < 0) throw new Error("A character outside the alphabet of generated secrets.");
    return total + value * weightOf(index, characters.length);
  }, 0);
  return checkAlphabet.charAt(
    (checkAlphabet.length - (sum % checkAlphabet.length)) % checkAlphabet.length,
  );
}

/** The check character has weight one, its left neighbour two, and so on. */
function weightOf(index: number, length: number): number {
  return length - index + 1;
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = "";
  while (digits.length < checksumLength) {
    digits = base62.charAt(rest % base62.length) + digits;
    rest = Math.floor(rest / base62.length);
  }
  return digits;
}

/** CRC-32 as in ISO/IEC 13239 (zip, PNG), of ASCII text. */
function crc32(text: string): number {
  let register = 0xffffffff;
  for (let index = 0; index < text.length; index += 1) {
    register ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit += 1)
      register = (register >>> 1) ^ (register & 1 ? 0xedb88320 : 0);
  }
  return (register ^ 0xffffffff) >>> 0;
}

/** `Object.keys` forgets the key type; the table above is a constant and has no other keys. */
function listSecretKinds(): SecretKind[] {
  return Object.keys(secretFormats) as SecretKind[];
}

const randomLength = 32;
const checksumLength = 6;
/** Every prefix has five characters. */
export const wholeSecretLength = 5 + randomLength + checksumLength;
const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const checkAlphabet = `${base62}_-+=%`;

const wholePatterns = {
  auth_token: wholePattern("auth_token"),
  customer_secret_key: wholePattern("customer_secret_key"),
  oauth_client_credential: wholePattern("oauth_client_credential"),
  smtp_credential: wholePattern("smtp_credential"),
} satisfies Record<SecretKind, RegExp>;

function wholePattern(kind: SecretKind): RegExp {
  return new RegExp(`^${secretFormats[kind].prefix}[0-9A-Za-z]{${randomLength + checksumLength}}$`);
}

const letterWords =
  "alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo " +
  "sierra tango uniform victor whiskey xray yankee zulu";
const digitWords = "zero one two three four five six seven eight nine";

const spokenWords = new Map<string, string>([
  ...letterWords.split(" ").map((word): [string, string] => [word.charAt(0), word]),
  ...digitWords.split(" ").map((word, digit): [string, string] => [String(digit), `digit ${word}`]),
  ["_", "underscore"],
  ["-", "dash"],
  ["+", "plus"],
  ["=", "equals"],
  ["%", "percent"],
]);
