import { type Authority, authorityOf, type GroupRef, speaksOf } from "./authority";
import type { Statement } from "./statement";

const mostRemembered = 1_000;

/** The policies in force at one version, read once: what they come to is worked out once a set of groups. */
export class PolicySet {
  readonly #statements: readonly Statement[];
  readonly #known = new Map<string, Authority>();

  constructor(statements: readonly Statement[]) {
    this.#statements = statements;
  }

  /** What the members of these groups are told by, as it was written. */
  statementsFor(groups: readonly GroupRef[]): readonly string[] {
    return this.#statements
      .filter((statement) => speaksOf(statement, groups))
      .map(({ text }) => text);
  }

  authorityOf(groups: readonly GroupRef[]): Authority {
    const key = groups
      .map(({ id }) => id)
      .sort()
      .join(" ");
    const known = this.#known.get(key);
    if (known) return known;
    const authority = authorityOf(this.#statements, groups);
    if (this.#known.size >= mostRemembered) this.#known.clear();
    this.#known.set(key, authority);
    return authority;
  }
}
