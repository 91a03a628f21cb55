import { z } from "zod";

import { durations } from "../durations";

/** API keys are RSA keys: a client may sign with the padding of either RFC 7518 family. */
export const assertionAlgorithms = ["RS256", "PS256"] as const;

/** The claims of a client's own assertion (RFC 7523 3), read before its signature is. */
export const assertionClaims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.tuple([z.string()]).transform(([only]) => only)]),
  exp: z.number(),
  jti: z.string().min(1).max(200),
  nbf: z.number().optional(),
  iat: z.number().optional(),
});

export type AssertionClaims = z.infer<typeof assertionClaims>;

/**
 * Whether an assertion speaks of this client, to one of these audiences, now. It may not expire further ahead than a
 * used one is remembered, or it could be used again.
 */
export function isAssertionInForce(
  { iss, sub, aud, exp, nbf, iat }: AssertionClaims,
  { clientId, audiences, now }: { clientId: string; audiences: readonly string[]; now: Date },
): boolean {
  const seconds = now.getTime() / 1000;
  return (
    iss === clientId &&
    sub === clientId &&
    audiences.includes(aud) &&
    exp > seconds &&
    exp <= seconds + durations.clientAssertion &&
    (nbf ?? 0) <= seconds + skew &&
    (iat ?? 0) <= seconds + skew
  );
}

const skew = 60;

/** The fingerprint of the API key that signed: `kid` is the fingerprint, or the whole key id as request signatures write it. */
export function fingerprintOf(kid: string | undefined): string | undefined {
  return kid?.split("/").at(-1);
}
