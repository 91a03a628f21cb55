/** Cryptographic randomness handed in from outside, so that the domain stays pure and tests stay repeatable. */
export type RandomSource = (byteCount: number) => Uint8Array;

/**
 * Draws `length` characters of `alphabet`, each equally likely: bytes that would favour the first characters are
 * thrown away. The alphabet may have up to 256 characters.
 */
export function randomText(length: number, alphabet: string, random: RandomSource): string {
  const usable = 256 - (256 % alphabet.length);
  let text = "";
  for (let round = 0; text.length < length; round += 1) {
    if (round === mostRounds) throw new Error("The source of randomness does not look random.");
    for (const byte of random(length)) {
      if (byte < usable && text.length < length) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}

/** A fair source fills any text in a handful of rounds; one that is stuck would otherwise hang the process. */
const mostRounds = 256;
