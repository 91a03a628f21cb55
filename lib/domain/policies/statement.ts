import type { ResourceType, Verb } from "./permissions";

/** One sentence of a policy, read. Only its effect: a sentence that names nothing here parses and grants nothing. */
export interface Statement {
  readonly text: string;
  readonly subject: StatementSubject;
  readonly verb: Verb;
  readonly resource: ResourceType;
  readonly location: Location;
  readonly condition: Condition | null;
}

export type StatementSubject =
  | { readonly kind: "any-user" }
  | { readonly kind: "any-group" }
  | { readonly kind: "groups"; readonly groups: readonly GroupReference[] }
  /** Machines of Oracle's cloud: no user of this tenancy is ever one. */
  | { readonly kind: "dynamic-group" | "service"; readonly names: readonly string[] };

/** A group by OCID, or by name; only the domain `Default` exists. */
export type GroupReference =
  | { readonly id: string }
  | { readonly name: string; readonly domain: string | null };

export type Location =
  | { readonly kind: "tenancy" }
  | { readonly kind: "compartment"; readonly path: readonly string[] }
  | { readonly kind: "compartment-id"; readonly id: string };

/** What a condition may ask about. */
export const variables = [
  "target.user.name",
  "target.user.id",
  "target.group.name",
  "request.operation",
  "request.permission",
] as const;
export type Variable = (typeof variables)[number];

export type Condition =
  | { readonly kind: "all" | "any"; readonly parts: readonly Condition[] }
  | {
      readonly kind: "compare";
      readonly variable: Variable;
      readonly isEqual: boolean;
      /** A pattern's `*` stands for any text; a plain value has none to give. */
      readonly value: { readonly text: string; readonly isPattern: boolean };
    };

/** What is wrong with a statement and where: `start` and `end` are offsets in its text. */
export interface StatementProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}
