import { readElement } from "@/lib/domain/credentials/api-key/der";

export type FileProblem =
  | "encrypted"
  | "public_key"
  | "openssh"
  | "other_kind"
  | "no_key"
  | "two_keys"
  | "damaged";

/** What stands in a chosen file instead of a private key that can be compared. */
export const fileProblemSentences = {
  encrypted:
    "This private key is encrypted, so its public half cannot be read here. Compare it on your machine: openssl pkey -in key.pem -pubout -outform DER | openssl md5 -c",
  public_key: "This is a public key. Choose the private key that belongs to it.",
  openssh:
    "This is a private key in OpenSSH's own format. Request signing needs PEM; convert a copy: ssh-keygen -p -m PKCS8 -f copy-of-key",
  other_kind: "This is a private key, but not an RSA key. Requests are signed with RSA keys only.",
  no_key: "There is no private key in this file.",
  two_keys: "There is more than one private key in this file. Choose a file with one.",
  damaged: "The private key in this file is damaged or cut off.",
} satisfies Record<FileProblem, string>;

type Result = { ok: true; publicDer: Uint8Array } | { ok: false; problem: FileProblem };

/**
 * Derives the public half (DER SubjectPublicKeyInfo) of an RSA private key in PEM, PKCS#8 or PKCS#1 (RFC 8017 A.1.2),
 * from the modulus and exponent that it holds. Never throws; keeps nothing of the private part.
 */
export function publicHalfOf(text: string): Result {
  const problem = labelProblem(text);
  if (problem !== undefined) return { ok: false, problem };
  const block =
    /-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END \1?PRIVATE KEY-----/.exec(text);
  const der = block === null ? undefined : bytesOf(block[2] ?? "");
  if (block === null || der === undefined) return { ok: false, problem: "damaged" };
  const rsa = block[1] === undefined ? rsaKeyInside(der) : der;
  if (rsa === "other_kind") return { ok: false, problem: "other_kind" };
  const numbers = rsa === undefined ? undefined : elementsOf(rsa);
  const [version, modulus, exponent] = numbers ?? [];
  if (version?.tag !== integer || modulus?.tag !== integer || exponent?.tag !== integer)
    return { ok: false, problem: "damaged" };
  const publicKey = element(
    0x30,
    element(integer, modulus.content),
    element(integer, exponent.content),
  );
  const bitString = element(0x03, Uint8Array.of(0), publicKey);
  return { ok: true, publicDer: element(0x30, rsaAlgorithm, bitString) };
}

const integer = 0x02;
/** AlgorithmIdentifier of rsaEncryption with its NULL (RFC 3279 2.3.1). */
const rsaAlgorithm = Uint8Array.of(
  0x30,
  0x0d,
  0x06,
  0x09,
  0x2a,
  0x86,
  0x48,
  0x86,
  0xf7,
  0x0d,
  0x01,
  0x01,
  0x01,
  0x05,
  0x00,
);
const rsaIdentifier = rsaAlgorithm.subarray(4, 13);

function labelProblem(text: string): FileProblem | undefined {
  if (/ENCRYPTED PRIVATE KEY|Proc-Type: ?4,ENCRYPTED/.test(text)) return "encrypted";
  if (text.includes("BEGIN OPENSSH PRIVATE KEY")) return "openssh";
  const count = text.match(/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g)?.length ?? 0;
  if (count > 1) return "two_keys";
  if (count === 1)
    return /-----BEGIN (?:RSA )?PRIVATE KEY-----/.test(text) ? undefined : "other_kind";
  if (text.includes("PUBLIC KEY") || text.startsWith("ssh-rsa ")) return "public_key";
  return "no_key";
}

/** The RSAPrivateKey inside a PKCS#8 PrivateKeyInfo (RFC 5958). */
function rsaKeyInside(der: Uint8Array): Uint8Array | "other_kind" | undefined {
  const [version, algorithm, key] = elementsOf(der) ?? [];
  if (version?.tag !== integer || algorithm === undefined || key?.tag !== 0x04) return undefined;
  const identifier = readElement(algorithm.content, 0);
  if (typeof identifier === "string") return undefined;
  return sameBytes(identifier.content, rsaIdentifier) ? key.content : "other_kind";
}

function elementsOf(der: Uint8Array) {
  const outer = readElement(der, 0);
  if (typeof outer === "string" || outer.tag !== 0x30) return undefined;
  const elements = [];
  for (let position = 0; position < outer.content.length;) {
    const next = readElement(outer.content, position);
    if (typeof next === "string") return undefined;
    elements.push(next);
    position = next.end;
  }
  return elements;
}

function element(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, content) => sum + content.length, 0);
  const header =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.from([tag, ...header, ...contents.flatMap((content) => [...content])]);
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64.replace(/\s+/g, "")), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    return undefined;
  }
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
