import { z } from "zod";

/** What a token is for, and what it may do there. */
export interface QualifiedScope {
  readonly audience: string;
  readonly scope: string;
}

/** One that a credential has. */
export interface HeldScope extends QualifiedScope {
  /** Nobody had registered its audience, and whoever added it was allowed to vouch for it. */
  readonly isEntered?: true | undefined;
}

/** As OCI bounds it (identity-api.md 7). */
export const maxScopes = 10;

const longest = 1_000;

/** What RFC 6749 lets a scope be made of; joined to its audience it must still be one. */
const scopeCharacters = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** Which resource server accepts the token: an absolute URI, compared character by character. */
export const audience = z
  .string()
  .min(1, "Choose or enter an audience.")
  .max(longest, `Use at most ${longest} characters.`)
  .regex(
    /^[A-Za-z][A-Za-z0-9+.-]*:[\x21\x23-\x5b\x5d-\x7e]+$/,
    "Enter a URI such as “https://analytics.example.com”, without spaces, quotes and backslashes.",
  );

export const scopeName = z
  .string()
  .min(1, "Choose or enter a scope.")
  .max(longest, `Use at most ${longest} characters.`)
  .regex(scopeCharacters, "Leave out spaces, quotes, backslashes and letters beyond ASCII.");

/** The scopes of one credential. No two may read the same once joined: a token request could mean either. */
export const qualifiedScopes = z
  .array(z.object({ audience, scope: scopeName }).readonly())
  .min(1, "Add at least one scope.")
  .max(maxScopes, `A credential has at most ${maxScopes} scopes.`)
  .superRefine((scopes, context) => {
    const seen = new Set<string>();
    scopes.forEach((pair, index) => {
      const joined = joinedScope(pair);
      if (seen.has(joined))
        context.addIssue({
          code: "custom",
          path: [index, "scope"],
          message: "This credential has this scope already.",
        });
      seen.add(joined);
    });
  })
  .readonly();

export const heldScopes = z
  .array(z.object({ audience, scope: scopeName, isEntered: z.literal(true).optional() }).readonly())
  .readonly();

/** As token requests write it: audience, hyphen, scope. */
export function joinedScope({ audience: of, scope }: QualifiedScope): string {
  return `${of}-${scope}`;
}

export function isSameScope(one: QualifiedScope, other: QualifiedScope): boolean {
  return one.audience === other.audience && one.scope === other.scope;
}
