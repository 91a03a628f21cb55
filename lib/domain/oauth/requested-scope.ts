import { OauthError } from "./oauth-error";
import { joinedScope, type QualifiedScope } from "./scopes";

/** What a token will be for: one audience, and what may be done there. */
export interface GrantedScope {
  readonly audience: string;
  readonly scopes: readonly string[];
}

/**
 * Which of a credential's scopes a request asks for: each value is split at spaces, each word is `<audience>-<scope>`,
 * or the two the other way round where only one pair reads so. No value at all means everything. Throws `invalid_scope`
 * for what the credential does not have, what its owner may not have any more, and what belongs to several audiences.
 */
export function grantScope(
  values: readonly string[],
  held: readonly QualifiedScope[],
  withheld: readonly QualifiedScope[],
): GrantedScope {
  const words = values.flatMap((value) => value.split(" ")).filter((word) => word !== "");
  const inForce = held.filter((pair) => !withheld.includes(pair));
  const wanted = words.length === 0 ? inForce : words.map((word) => pairMeant(word, held));
  if (wanted.length === 0)
    throw invalidScope("The owner of this credential has none of its scopes any more.");
  const lost = wanted.find((pair) => withheld.includes(pair));
  if (lost)
    throw invalidScope(`The owner of this credential may not have ${joinedScope(lost)} any more.`);
  const audiences = [...new Set(wanted.map(({ audience }) => audience))];
  const [audience, ...more] = audiences;
  if (audience === undefined || more.length > 0) throw severalAudiences(audiences);
  return { audience, scopes: [...new Set(wanted.map(({ scope }) => scope))] };
}

function pairMeant(word: string, held: readonly QualifiedScope[]): QualifiedScope {
  const inOrder = held.filter((pair) => joinedScope(pair) === word);
  const reversed = held.filter(({ audience, scope }) => `${scope}-${audience}` === word);
  const [pair, ...more] = inOrder.length > 0 ? inOrder : reversed;
  // What is repeated here is printed by clients: of a stranger's text only what RFC 6749 lets a scope be made of.
  const shown = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(word) ? word : "one of the scopes";
  if (pair === undefined)
    throw invalidScope(`This credential does not have ${shown}. Ask for <audience>-<scope>.`);
  if (more.length > 0) throw invalidScope(`${shown} can mean several of this credential's scopes.`);
  return pair;
}

function severalAudiences(audiences: readonly string[]): OauthError {
  return invalidScope(
    `A token is for one audience, and these scopes belong to ${audiences.length}: ${audiences.join(" ")}. Ask for one token for each.`,
  );
}

function invalidScope(sentence: string): OauthError {
  return new OauthError("invalid_scope", sentence);
}
