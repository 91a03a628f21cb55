/** The fingerprint of a public key (identity-api.md 2.1). WebCrypto has no MD5, so forge's is loaded when it is asked. */
export async function fingerprintOf(publicDer: Uint8Array): Promise<string> {
  const { default: forge } = await import("node-forge");
  const digest = forge.md.md5.create();
  digest.update(Array.from(publicDer, (byte) => String.fromCharCode(byte)).join(""));
  return digest
    .digest()
    .toHex()
    .replace(/(..)(?=.)/g, "$1:");
}
