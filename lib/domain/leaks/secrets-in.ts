import { checkSecret, secretFormats, secretKinds, wholeSecretLength } from "../secret-format";

/** So many of a kind are looked for in one report; who has more sends another. */
const mostFound = 100;

/** Every well-formed secret of ours in a text, whatever stands around it. Kinds that are added later are found, too. */
export function secretsIn(text: string): string[] {
  const prefixes = secretKinds.map((kind) => secretFormats[kind].prefix);
  const starts = new RegExp(prefixes.join("|"), "g");
  const found = Array.from(text.matchAll(starts), ({ index }) =>
    text.slice(index, index + wholeSecretLength),
  );
  return distinct(found.filter((candidate) => checkSecret(candidate) !== undefined));
}

/** Every private key in PEM in a text, not read yet. */
export function privateKeysIn(text: string): string[] {
  // In a configuration the lines may be indented, or one line with `\n` written out.
  const lines = text.replaceAll(/\\r|\r/g, "").replaceAll("\\n", "\n");
  return distinct(Array.from(lines.matchAll(privateKey), ([block]) => unindented(block)));
}

const privateKey =
  /-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----[A-Za-z0-9+/=\s]{1,12000}?-----END \1-----/g;

const unindented = (block: string) => block.replaceAll(/^[ \t]+/gm, "");

const distinct = (texts: readonly string[]) => [...new Set(texts)].slice(0, mostFound);
