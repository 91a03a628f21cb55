import { type Authority, lackingToGive } from "./authority";
import { complete, type Completion } from "./complete";
import { didYouMean, unknownValues } from "./unknown-values";
import { parseStatement } from "./parse";
import type { StatementProblem } from "./statement";

/** The text of an editor holds a statement a line; lines without one do not count. */
export function statementsIn(text: string): string[] {
  return linesOf(text)
    .map(({ line }) => line.trim())
    .filter((line) => line !== "");
}

export interface LineProblem extends StatementProblem {
  /** Which statement, from 1. */
  readonly statement: number;
  /** Which character of its line, from 1. */
  readonly character: number;
}

/** What is wrong with the statements of a text and where: offsets in the whole of it. */
export function problemsIn(text: string): LineProblem[] {
  return placedStatements(text).flatMap(({ line, start, statement }) => {
    const parsed = parseStatement(line);
    if (parsed.ok) return [];
    const { problem } = parsed;
    return [
      {
        message: problem.message,
        start: start + problem.start,
        end: start + problem.end,
        character: problem.start + 1,
        statement,
      },
    ];
  });
}

export interface Surroundings {
  /** The names of all groups; undefined where there are more than were read. */
  readonly groups: readonly string[] | undefined;
  /** What the writer holds. */
  readonly mine: Authority;
}

/** What can be saved as it stands, or is refused, and is probably not what was meant. */
export function warningsIn(text: string, { groups, mine }: Surroundings): string[] {
  return placedStatements(text).flatMap(({ line, statement }) => {
    const parsed = parseStatement(line);
    if (!parsed.ok) return [];
    const { location, subject, condition } = parsed.value;
    const warn = (words: string) => `Statement ${statement}: ${words}`;
    if (location.kind !== "tenancy")
      return [
        warn(
          "users, groups and policies belong to the tenancy; for a compartment it gives nothing.",
        ),
      ];
    const lacks = lackingToGive(mine, [line]);
    const named = subject.kind === "groups" ? subject.groups : [];
    const unknown = named.flatMap((group) =>
      "name" in group && groups && !groups.some((name) => isSame(name, group.name))
        ? [group.name]
        : [],
    );
    return [
      ...unknown.map((name) =>
        warn(`there is no group “${name}” yet.${didYouMean(name, groups ?? [])}`),
      ),
      ...unknownValues(condition, groups).map(warn),
      ...(lacks.length > 0
        ? [
            warn(
              `it is refused: you do not hold ${lacks.slice(0, 3).join(", ")}${lacks.length > 3 ? " and more" : ""} yourself.`,
            ),
          ]
        : []),
    ];
  });
}

/** What may be written at the cursor, in the statement of its line. */
export function completeIn(
  text: string,
  cursor: number,
  names: Parameters<typeof complete>[2],
): Completion {
  const start = text.lastIndexOf("\n", cursor - 1) + 1;
  const { words, ...place } = complete(text.slice(start, cursor), cursor - start, names);
  return { words, start: start + place.start, end: start + place.end };
}

function linesOf(text: string): { line: string; start: number }[] {
  let start = 0;
  return text.split("\n").map((line) => {
    const placed = { line, start };
    start += line.length + 1;
    return placed;
  });
}

const placedStatements = (text: string) =>
  linesOf(text)
    .filter(({ line }) => line.trim() !== "")
    .map((placed, index) => ({ ...placed, statement: index + 1 }));

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
