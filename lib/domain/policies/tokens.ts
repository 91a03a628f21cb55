import type { StatementProblem } from "./statement";

export type TokenKind = "word" | "text" | "pattern" | "sign" | "end";

/** `value` is what the token says: a quoted text without its quotes. `raw` is how it is written. */
export interface Token {
  readonly kind: TokenKind;
  readonly value: string;
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

export class SyntaxProblem extends Error {
  constructor(readonly problem: StatementProblem) {
    super(problem.message);
  }
}

const space = /\s+/y;
const word = /[A-Za-z0-9._+@*-]+/y;
const signs = ["!=", "=", ",", "{", "}", "/", ":"];

/** Cuts a statement into tokens; the last one is `end`. Throws `SyntaxProblem`. Linear in the text's length. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (kind: TokenKind, length: number, value = text.slice(at, at + length)) => {
    const raw = text.slice(at, at + length);
    tokens.push({ kind, value, raw, start: at, end: at + length });
    at += length;
  };
  while (at < text.length) {
    const blank = matchAt(space, text, at);
    if (blank > 0) {
      at += blank;
      continue;
    }
    const length = matchAt(word, text, at);
    if (length > 0) take("word", length);
    else if (text[at] === "'") takeUntil("'", "text");
    else if (text[at] === "/" && !isInsideName(tokens.at(-1), at)) takeUntil("/", "pattern");
    else take("sign", signAt(text, at));
  }
  take("end", 0);
  return tokens;

  function takeUntil(mark: string, kind: "text" | "pattern") {
    const close = text.indexOf(mark, at + 1);
    if (close < 0) {
      const message =
        kind === "text"
          ? "The text has no closing quote: write 'text'."
          : "The pattern has no closing slash: write /text*/.";
      throw new SyntaxProblem({ message, start: at, end: text.length });
    }
    take(kind, close + 1 - at, text.slice(at + 1, close));
  }
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** A slash right behind a name parts a domain from a group; anywhere else it opens a pattern. */
function isInsideName(before: Token | undefined, at: number): boolean {
  return before !== undefined && before.end === at && ["word", "text"].includes(before.kind);
}

function signAt(text: string, at: number): number {
  const sign = signs.find((each) => text.startsWith(each, at));
  if (sign !== undefined) return sign.length;
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const message = /["‘’“”`]/.test(character)
    ? "Quote names and values with straight single quotes: 'text'."
    : `“${character}” has no meaning here. Quote names that hold it: 'text'.`;
  throw new SyntaxProblem({ message, start: at, end: at + character.length });
}
