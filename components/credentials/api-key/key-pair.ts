/** Both halves as PEM blocks. The private one never leaves the browser. */
export type KeyPair = { privatePem: string; publicPem: string };

export const keyBits = 3_072;
export const publicExponent = 65_537;
