import { readPublicKeyBlock, type BlockProblem } from "./key-block";
import { readRsaPublicKey, type RsaProblem, type RsaPublicKey } from "./rsa-public-key";

/** Why a text is not a public key that may sign requests. */
export type KeyProblem = BlockProblem | RsaProblem;

/** A first look at a pasted key, the same in browser and server; undefined when nothing is wrong with it. */
export function classifyKeyText(text: string): KeyProblem | undefined {
  const result = readKeyText(text);
  return result.ok ? undefined : result.problem;
}

/** Reads a text as one PEM block that holds one RSA public key. Never throws. */
export function readKeyText(
  text: string,
): { ok: true; der: Uint8Array; key: RsaPublicKey } | { ok: false; problem: KeyProblem } {
  const block = readPublicKeyBlock(text);
  if (!block.ok) return block;
  const key = readRsaPublicKey(block.der);
  return key.ok ? { ok: true, der: block.der, key: key.value } : key;
}

/** What is wrong with the text and what to do about it, for the form and the API alike. */
export function keyProblemSentence(problem: KeyProblem): string {
  return sentences[problem];
}

const sentences: Record<KeyProblem, string> = {
  empty: "There is no key here. Paste the public key, from its BEGIN line to its END line.",
  too_large:
    "This text is longer than 16 KB, more than any public key. Paste the public key alone.",
  private_key:
    "This is a private key. It was not stored; keep it to yourself. Its public half is written by: openssl pkey -in key.pem -pubout",
  encrypted:
    "This is an encrypted private key. It was not stored; keep it to yourself. Its public half is written by: openssl pkey -in key.pem -pubout",
  openssh: "This is an OpenSSH public key. Convert it to PEM: ssh-keygen -e -m PKCS8 -f key.pub",
  certificate:
    "This is a certificate. Take the public key out of it: openssl x509 -in certificate.pem -pubkey -noout",
  certificate_request:
    "This is a certificate request. Take the public key out of it: openssl req -in request.pem -pubkey -noout",
  pkcs1:
    "This is a public key in the older RSA format (PKCS#1). Convert it: openssl rsa -RSAPublicKey_in -in key.pem -pubout",
  other_block:
    "This block is not labelled PUBLIC KEY. Paste the public key in PEM, beginning with -----BEGIN PUBLIC KEY-----.",
  not_pem: "This is not a public key in PEM. It begins with -----BEGIN PUBLIC KEY-----.",
  two_keys: "There is more than one key in this text. Add them one at a time.",
  truncated: "The key is cut off. Paste all of it, from its BEGIN line to its END line.",
  damaged:
    "The key is damaged: what stands between its BEGIN and END lines is not a public key. Copy it again.",
  trailing_bytes:
    "There are extra bytes after the key inside its block. Write it again: openssl pkey -pubin -in key.pem -pubout",
  elliptic_curve:
    "This is an elliptic-curve key. Requests are signed with RSA keys only, of 2048 bits or more.",
  edwards_curve:
    "This is an Ed25519 or similar key. Requests are signed with RSA keys only, of 2048 bits or more.",
  dsa: "This is a DSA key. Requests are signed with RSA keys only, of 2048 bits or more.",
  rsa_pss:
    "This RSA key is bound to PSS signatures, which the request signature does not use. Add an ordinary RSA key.",
  other_algorithm:
    "This is not an RSA key. Requests are signed with RSA keys only, of 2048 bits or more.",
  too_short: "This RSA key is too short. It needs 2048 bits or more.",
  too_long: "This RSA key is too long. It may have 8192 bits at most.",
  exponent_small:
    "The public exponent of this RSA key is too small. Make the key with the usual exponent, 65537.",
  exponent_even:
    "The public exponent of this RSA key is even, so the key cannot work. Make a new one with the exponent 65537.",
  exponent_large:
    "The public exponent of this RSA key is too large. Make the key with the usual exponent, 65537.",
  weak: "The modulus of this RSA key has a small factor, so anybody can compute the private key. Make a new key pair.",
};
