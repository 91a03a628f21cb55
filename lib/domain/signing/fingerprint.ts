const shape = /^[0-9a-f]{2}(?::[0-9a-f]{2}){15}$/;

/** The MD5 fingerprint of a public key as the Identity API writes it: 16 lower-case hex pairs joined by colons. */
export function isFingerprint(text: string): boolean {
  return text.length === 47 && shape.test(text);
}

/** Lower-cases a fingerprint and drops white space around it; undefined when it is none. */
export function normaliseFingerprint(text: string): string | undefined {
  if (text.length > 100) return undefined;
  const fingerprint = text.trim().toLowerCase();
  return isFingerprint(fingerprint) ? fingerprint : undefined;
}
