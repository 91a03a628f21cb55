/** Both halves as PEM blocks, and the fingerprint of the public one. The private one never leaves the browser. */
export type KeyPair = { privatePem: string; publicPem: string; fingerprint: string };

export const keyBits = 3_072;
export const publicExponent = 65_537;
