import { z } from "zod";

import { oauthPaths } from "@/lib/domain/oauth/addresses";

/** A token as it was answered, and what is written in it. */
export interface AskedToken {
  readonly text: string;
  /** JSON to read. */
  readonly header: string;
  readonly claims: string;
  readonly lifetimeSeconds: number;
  /** ISO. */
  readonly expiresAt: string;
}

export type TokenAnswer =
  | { readonly isGiven: true; readonly token: AskedToken }
  | { readonly isGiven: false; readonly sentence: string };

const given = z.object({ access_token: z.string(), expires_in: z.number() });
const refused = z.object({ error: z.string(), error_description: z.string().optional() });

/**
 * Asks our own token service as a client would, without the session's cookie. The secret is in the request's header and
 * nowhere else.
 */
export async function askForToken({
  clientId,
  secret,
  scope,
}: {
  clientId: string;
  secret: string;
  scope: string;
}): Promise<TokenAnswer> {
  // Both are encoded before they are joined (RFC 6749 2.3.1), which also leaves nothing that base64 could not take.
  const login = btoa(`${formEncoded(clientId)}:${formEncoded(secret)}`);
  try {
    const response = await fetch(oauthPaths.token, {
      method: "POST",
      credentials: "omit",
      cache: "no-store",
      headers: { authorization: `Basic ${login}` },
      body: new URLSearchParams({ grant_type: "client_credentials", scope }),
    });
    const body: unknown = await response.json();
    const answer = given.safeParse(body);
    return answer.success
      ? { isGiven: true, token: readable(answer.data.access_token, answer.data.expires_in) }
      : { isGiven: false, sentence: refusalSentence(body) };
  } catch {
    return { isGiven: false, sentence: "The token service could not be reached. Try again." };
  }
}

function formEncoded(text: string): string {
  return new URLSearchParams({ "": text }).toString().slice(1);
}

function refusalSentence(body: unknown): string {
  const { data } = refused.safeParse(body);
  if (data === undefined) return "The token service gave an answer that makes no sense. Try again.";
  if (data.error === "invalid_client")
    return "The token service refused this secret (invalid_client). The owner’s activity says why.";
  return `${data.error_description ?? "The token service refused the request."} (${data.error})`;
}

/** What a token says, unchecked: it came from our own token service just now. */
function readable(text: string, lifetimeSeconds: number): AskedToken {
  const [header = "", claims = ""] = text.split(".");
  return {
    text,
    header: spreadOut(header),
    claims: spreadOut(claims),
    lifetimeSeconds,
    expiresAt: new Date(Date.now() + lifetimeSeconds * 1000).toISOString(),
  };
}

function spreadOut(part: string): string {
  const binary = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return JSON.stringify(JSON.parse(new TextDecoder().decode(bytes)), null, 2);
}
