import forge from "node-forge";

import { keyBits, type KeyPair, publicExponent } from "./key-pair";

// The page has no secure context, so no WebCrypto: forge makes the key, seeded from the browser's own randomness.
const { privateKey, publicKey } = forge.pki.rsa.generateKeyPair({
  bits: keyBits,
  e: publicExponent,
});
const asn1 = forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(privateKey));
const pair: KeyPair = {
  privatePem: forge.pki.privateKeyInfoToPem(asn1, 64).replaceAll("\r", ""),
  publicPem: forge.pki.publicKeyToPem(publicKey, 64).replaceAll("\r", ""),
  fingerprint: forge.pki.getPublicKeyFingerprint(publicKey, {
    md: forge.md.md5.create(),
    type: "SubjectPublicKeyInfo",
    encoding: "hex",
    delimiter: ":",
  }),
};
postMessage(pair);
