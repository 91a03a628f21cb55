import { nearest } from "./nearest";
import { type ResourceType, resourceTypes, verbs } from "./permissions";
import {
  type Condition,
  type GroupReference,
  type Location,
  type Statement,
  type StatementProblem,
  type StatementSubject,
  type Variable,
  variables,
} from "./statement";
import { SyntaxProblem, type Token, tokensOf } from "./tokens";

export type Parsed =
  | { readonly ok: true; readonly value: Statement }
  | { readonly ok: false; readonly problem: StatementProblem };

/** What may stand at a place besides words of the language. */
export const placeholders = {
  group: "<group>",
  compartment: "<compartment>",
  value: "<value>",
  /** Values, in quotes, of which there are only so many. */
  groupName: "<group name>",
  operation: "<operation>",
  permission: "<permission>",
};

const valuesOf: Readonly<Partial<Record<Variable, string>>> = {
  "target.group.name": placeholders.groupName,
  "request.operation": placeholders.operation,
  "request.permission": placeholders.permission,
};

export const longestStatement = 2_000;
const deepestCondition = 10;

/** Reads one statement of Oracle's policy language; keywords in any case. The problem says what is wrong and where. */
export function parseStatement(text: string): Parsed {
  if (text.length > longestStatement) {
    const message = `A statement has at most ${longestStatement} characters.`;
    return { ok: false, problem: { message, start: longestStatement, end: text.length } };
  }
  try {
    return { ok: true, value: new Parser(text).statement() };
  } catch (error) {
    if (error instanceof SyntaxProblem) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** What may follow the text: words of the language and `placeholders`. Empty where no word helps. */
export function wordsAfter(text: string): readonly string[] {
  const parser = parserOf(text);
  if (!parser) return [];
  try {
    parser.statement();
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
  }
  return parser.isAtEnd() ? parser.expected : [];
}

/** Whether a text is words and signs of the language, its quotes closed. */
export const canBeCut = (text: string): boolean => parserOf(text) !== undefined;

function parserOf(text: string): Parser | undefined {
  try {
    return new Parser(text.slice(0, longestStatement));
  } catch (error) {
    if (error instanceof SyntaxProblem) return undefined;
    throw error;
  }
}

/** Recursive descent. `expected` holds what was tried, in vain, at the current token. */
class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  expected: string[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  isAtEnd(): boolean {
    return this.#token().kind === "end";
  }

  statement(): Statement {
    this.#keyword(["allow"]);
    const subject = this.#subject();
    this.#keyword(["to"]);
    const verb = this.#keyword(verbs);
    const resource = this.#resource();
    this.#keyword(["in"]);
    const location = this.#location();
    const condition = this.#takes("where") ? this.#condition(0) : null;
    if (!this.isAtEnd())
      this.#fail(condition ? "The statement ends here." : "Only “where” may follow here.");
    return { text: this.#text.trim(), subject, verb, resource, location, condition };
  }

  #subject(): StatementSubject {
    const kind = this.#keyword(["group", "any-user", "any-group", "dynamic-group", "service"]);
    if (kind === "any-user" || kind === "any-group") return { kind };
    if (kind === "group") return { kind: "groups", groups: this.#list(() => this.#group()) };
    const names = this.#list(() =>
      this.#takes("id") ? this.#name("an OCID") : this.#qualified("a name").join("/"),
    );
    return { kind, names };
  }

  #group(): GroupReference {
    if (this.#takes("id")) return { id: this.#name("the OCID of a group") };
    const parts = this.#qualified("the name of a group", placeholders.group);
    const [first = "", second] = parts;
    return second === undefined ? { name: first, domain: null } : { name: second, domain: first };
  }

  #qualified(what: string, placeholder?: string): string[] {
    const first = this.#name(what, placeholder);
    return this.#sign("/") ? [first, this.#name(what, placeholder)] : [first];
  }

  #resource(): ResourceType {
    const token = this.#token();
    const found = resourceTypes.find((type) => isWord(token, type));
    if (found) {
      this.#advance();
      return found;
    }
    this.expected.push(...resourceTypes);
    if (token.kind !== "word") return this.#fail("Name a resource type.");
    const near = nearest(token.value, resourceTypes);
    return this.#fail(
      near
        ? `“${token.raw}” is no resource type. Did you mean “${near}”?`
        : `“${token.raw}” is no resource type of this tenancy. Use one of ${resourceTypes.join(", ")}.`,
    );
  }

  #location(): Location {
    if (this.#keyword(["tenancy", "compartment"]) === "tenancy") return { kind: "tenancy" };
    if (this.#takes("id"))
      return { kind: "compartment-id", id: this.#name("the OCID of a compartment") };
    const path = [this.#name("the name of a compartment", placeholders.compartment)];
    while (this.#sign(":")) path.push(this.#name("the name of a compartment"));
    return { kind: "compartment", path };
  }

  #condition(depth: number): Condition {
    if (depth > deepestCondition)
      return this.#fail(`Conditions nest at most ${deepestCondition} deep.`);
    const kind = (["all", "any"] as const).find((word) => this.#takes(word));
    if (!kind) return this.#comparison();
    this.#require("{");
    const parts = this.#list(() => this.#condition(depth + 1));
    this.#require("}");
    return { kind, parts };
  }

  #comparison(): Condition {
    const variable = variables.find((name) => this.#takes(name));
    if (!variable) {
      const { raw, kind } = this.#token();
      return this.#fail(
        kind === "word"
          ? `“${raw}” cannot be asked about. Use one of ${variables.join(", ")}.`
          : "A condition follows: a variable, all {…} or any {…}.",
      );
    }
    const isEqual = this.#sign("=");
    if (!isEqual && !this.#sign("!=")) this.#fail("“=” or “!=” follows here.");
    const { kind, value } = this.#token();
    if (kind !== "text" && kind !== "pattern") {
      this.expected.push(valuesOf[variable] ?? placeholders.value);
      return this.#fail("A value follows: 'text', or a pattern such as /text*/.");
    }
    this.#advance();
    return {
      kind: "compare",
      variable,
      isEqual,
      value: { text: value, isPattern: kind === "pattern" },
    };
  }

  #list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.#sign(",")) items.push(item());
    return items;
  }

  #name(what: string, placeholder?: string): string {
    const token = this.#token();
    if (token.kind === "word" || (token.kind === "text" && token.value.trim() !== "")) {
      this.#advance();
      return token.value;
    }
    if (placeholder !== undefined) this.expected.push(placeholder);
    return this.#fail(`Here stands ${what}.`);
  }

  #keyword<Word extends string>(words: readonly Word[]): Word {
    const found = words.find((word) => this.#takes(word));
    if (found) return found;
    const list = words.map((word) => `“${word === "allow" ? "Allow" : word}”`);
    const choice = list.length > 1 ? `${list.slice(0, -1).join(", ")} or ${list.at(-1)}` : list[0];
    return this.#fail(`${choice} follows here.`);
  }

  #takes(word: string): boolean {
    if (!isWord(this.#token(), word)) {
      this.expected.push(word);
      return false;
    }
    this.#advance();
    return true;
  }

  #sign(sign: string): boolean {
    const token = this.#token();
    if (token.kind !== "sign" || token.value !== sign) {
      this.expected.push(sign);
      return false;
    }
    this.#advance();
    return true;
  }

  #require(sign: string): void {
    if (!this.#sign(sign)) this.#fail(`“${sign}” follows here.`);
  }

  #token(): Token {
    const token = this.#tokens[this.#at];
    if (!token) throw new Error("The parser ran past the end of a statement.");
    return token;
  }

  #advance(): void {
    this.#at += 1;
    this.expected = [];
  }

  #fail(message: string): never {
    const { start, end, kind } = this.#token();
    const found = kind === "end" ? "The statement is not finished. " : "";
    throw new SyntaxProblem({ message: `${found}${message}`, start, end });
  }
}

const isWord = ({ kind, value }: Token, word: string) =>
  kind === "word" && value.toLowerCase() === word;
