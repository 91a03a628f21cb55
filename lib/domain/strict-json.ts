import { AppError } from "@/lib/domain/errors";

/**
 * Parses a request's JSON. Refuses, with `invalid_input`, what two parsers could read differently or what only an
 * attacker writes: a member named twice, a member that reaches a prototype, nesting deeper than 20. The caller has
 * bounded the size.
 */
export function parseStrictJson(text: string): unknown {
  const value = parse(text);
  refuseTricks(text);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, which may hold a secret.
    throw new AppError("invalid_input", "The body is not valid JSON.");
  }
}

/** Walks over the tokens that matter. The text is known to be valid, so that none can be taken for another. */
function refuseTricks(text: string): void {
  const open: Set<string>[] = [];
  for (const [token] of text.matchAll(keyOrBracket)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (token.endsWith(":")) noteKey(open.at(-1), keyOf(token));
    if (open.length > deepest)
      throw new AppError("invalid_input", `The body is nested deeper than ${deepest} levels.`);
  }
}

function noteKey(keys: Set<string> | undefined, key: string): void {
  if (prototypeKeys.has(key))
    throw new AppError("invalid_input", "The body has a member with a reserved name.");
  if (keys?.has(key)) throw new AppError("invalid_input", "The body has the same member twice.");
  keys?.add(key);
}

/** A key may be written with escapes: `"\u0061"` is `a`. */
function keyOf(token: string): string {
  return String(JSON.parse(token.slice(0, -1)));
}

const deepest = 20;
const prototypeKeys = new Set(["__proto__", "constructor", "prototype"]);
const keyOrBracket = /"(?:[^"\\]|\\.)*"(?:[ \t\n\r]*:)?|[{}[\]]/g;
