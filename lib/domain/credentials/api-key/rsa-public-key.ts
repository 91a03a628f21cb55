import { readElement, type DerElement } from "./der";

export type RsaProblem =
  | "truncated"
  | "damaged"
  | "trailing_bytes"
  | "private_key"
  | "encrypted"
  | "certificate"
  | "pkcs1"
  | "elliptic_curve"
  | "edwards_curve"
  | "dsa"
  | "rsa_pss"
  | "other_algorithm"
  | "too_short"
  | "too_long"
  | "exponent_small"
  | "exponent_even"
  | "exponent_large"
  | "weak";

export type RsaPublicKey = { bits: number; exponent: bigint };

type RsaResult = { ok: true; value: RsaPublicKey } | { ok: false; problem: RsaProblem };

/**
 * Reads a DER SubjectPublicKeyInfo (RFC 5280 4.1.2.7) that holds an RSA key (RFC 8017 A.1.1) and judges the key:
 * 2048 to 8192 bits, an odd exponent above 65,536. Only the one canonical encoding passes, because the fingerprint is
 * taken of the encoding.
 */
export function readRsaPublicKey(der: Uint8Array): RsaResult {
  const parts = readSequence(der);
  if (typeof parts === "string") return problem(parts);
  const [algorithm, key, ...more] = parts;
  if (algorithm === undefined || key === undefined) return problem("damaged");
  const foreign = shapeProblem(algorithm, key, more.length) ?? algorithmProblem(algorithm.content);
  if (foreign !== undefined) return problem(foreign);
  if (more.length > 0 || key.tag !== tags.bitString || key.content[0] !== 0)
    return problem("damaged");
  return readKey(key.content.subarray(1));
}

const tags = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  sequence: 0x30,
};

/** OpenSSL does not verify with larger exponents under long keys, so a key that has one could be stored and never used. */
const maxExponent = 1n << 64n;

function problem(name: RsaProblem): RsaResult {
  return { ok: false, problem: name };
}

/** The elements of the one sequence that the bytes must be. */
function readSequence(der: Uint8Array): DerElement[] | "truncated" | "damaged" | "trailing_bytes" {
  if (der[0] !== tags.sequence) return "damaged";
  const outer = readElement(der, 0);
  if (typeof outer === "string") return outer;
  if (outer.end !== der.length) return "trailing_bytes";
  const elements: DerElement[] = [];
  let position = 0;
  while (position < outer.content.length) {
    const element = readElement(outer.content, position);
    // A sequence that is whole but holds an element longer than itself was not cut off; it was never right.
    if (typeof element === "string" || elements.length >= maxElements) return "damaged";
    elements.push(element);
    position = element.end;
  }
  return elements;
}

const maxElements = 16;

/** Other things that people label PUBLIC KEY, told by their outline. */
function shapeProblem(
  first: DerElement,
  second: DerElement,
  moreCount: number,
): RsaProblem | undefined {
  if (first.tag === tags.integer) {
    const isPkcs1Public = second.tag === tags.integer && moreCount === 0;
    return isPkcs1Public ? "pkcs1" : "private_key";
  }
  if (first.tag !== tags.sequence) return "damaged";
  if (second.tag === tags.octetString) return "encrypted";
  return second.tag === tags.sequence && moreCount === 1 ? "certificate" : undefined;
}

/** Content of an AlgorithmIdentifier of rsaEncryption: its object identifier and the NULL that RFC 3279 2.3.1 demands. */
const rsaIdentifier = "06092a864886f70d010101";
const rsaAlgorithm = `${rsaIdentifier}0500`;

const foreignAlgorithms: [identifier: string, problem: RsaProblem][] = [
  ["06092a864886f70d01010a", "rsa_pss"],
  ["06072a8648ce3d0201", "elliptic_curve"],
  ["06072a8648ce380401", "dsa"],
  ["06052b0e03020c", "dsa"],
  ["06032b656e", "edwards_curve"],
  ["06032b656f", "edwards_curve"],
  ["06032b6570", "edwards_curve"],
  ["06032b6571", "edwards_curve"],
];

function algorithmProblem(content: Uint8Array): RsaProblem | undefined {
  const encoded = hex(content);
  if (encoded === rsaAlgorithm) return undefined;
  if (encoded.startsWith(rsaIdentifier)) return "damaged";
  const foreign = foreignAlgorithms.find(([identifier]) => encoded.startsWith(identifier));
  if (foreign !== undefined) return foreign[1];
  return encoded.startsWith("06") ? "other_algorithm" : "damaged";
}

function readKey(der: Uint8Array): RsaResult {
  const parts = readSequence(der);
  if (typeof parts === "string") return problem(parts === "truncated" ? "damaged" : parts);
  const [first, second, ...more] = parts;
  const modulus = first === undefined ? undefined : readInteger(first);
  const exponent = second === undefined ? undefined : readInteger(second);
  if (modulus === undefined || exponent === undefined || more.length > 0) return problem("damaged");
  const bits = modulus.toString(2).length;
  const fault =
    sizeProblem(bits) ??
    exponentProblem(exponent) ??
    (hasSmallFactor(modulus) ? "weak" : undefined);
  return fault === undefined ? { ok: true, value: { bits, exponent } } : problem(fault);
}

/** A positive INTEGER in its shortest encoding; undefined for any other element. */
function readInteger({ tag, content }: DerElement): bigint | undefined {
  const [first, second] = content;
  if (tag !== tags.integer || first === undefined || first >= 0x80) return undefined;
  if (first === 0 && (second === undefined || second < 0x80)) return undefined;
  return BigInt(`0x${hex(content)}`);
}

function sizeProblem(bits: number): RsaProblem | undefined {
  if (bits < 2_048) return "too_short";
  return bits > 8_192 ? "too_long" : undefined;
}

function exponentProblem(exponent: bigint): RsaProblem | undefined {
  if (exponent % 2n === 0n) return "exponent_even";
  if (exponent <= 65_536n) return "exponent_small";
  return exponent >= maxExponent ? "exponent_large" : undefined;
}

/** The trial divisors of NIST SP 800-56B 6.4.2: every prime up to 751. */
function hasSmallFactor(modulus: bigint): boolean {
  return smallPrimes.some((prime) => modulus % prime === 0n);
}

const smallPrimes = primesUpTo(751);

function primesUpTo(last: number): bigint[] {
  const primes: number[] = [];
  for (let candidate = 2; candidate <= last; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes.map(BigInt);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
