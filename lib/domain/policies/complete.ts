import { requestOperations } from "./operations";
import { canBeCut, placeholders, wordsAfter } from "./parse";
import { allPermissions } from "./permissions";

export interface Completion {
  /** Offsets of what the chosen word takes the place of. */
  readonly start: number;
  readonly end: number;
  readonly words: readonly string[];
}

/** What may be written at the cursor. `names` are the tenancy's groups, offered where a group stands. */
export function complete(
  text: string,
  cursor: number,
  names: { readonly groups: readonly string[] },
): Completion {
  const before = text.slice(0, cursor);
  const start = beginOfWord(before);
  const typed = before.slice(start);
  const isQuoted = typed.startsWith("'");
  const words = wordsAfter(text.slice(0, start)).flatMap((word) => {
    if (word === placeholders.group) return isQuoted ? names.groups.map(quoted) : names.groups;
    const values = valuesAt(word, names.groups);
    if (values) return values.map(quoted);
    return Object.values(placeholders).includes(word) || !/^[a-z]/.test(word) ? [] : [word];
  });
  const fitting = [...new Set(words)].filter((word) => bare(word).startsWith(bare(typed)));
  const isDone = fitting.length === 1 && fitting[0]?.toLowerCase() === typed.toLowerCase();
  return { start, end: cursor, words: isDone ? [] : fitting.map(asWritten) };
}

/** Where what is being written begins: a word, or a text whose quote is still open. */
function beginOfWord(before: string): number {
  const quote = before.lastIndexOf("'");
  if (quote >= 0 && !canBeCut(before)) return quote;
  return before.length - (/[A-Za-z0-9._+@-]*$/.exec(before)?.[0].length ?? 0);
}

function valuesAt(placeholder: string, groups: readonly string[]): readonly string[] | undefined {
  switch (placeholder) {
    case placeholders.groupName:
      return groups;
    case placeholders.operation:
      return requestOperations;
    case placeholders.permission:
      return allPermissions;
    default:
      return undefined;
  }
}

const quoted = (value: string) => `'${value}'`;

/** Whether the quote was typed or not, what is in it begins the value. */
const bare = (word: string) => word.replace(/^'/, "").toLowerCase();

/** As Oracle's documents write it: the first word has a capital. */
const asWritten = (word: string) => (word === "allow" ? "Allow" : word);
