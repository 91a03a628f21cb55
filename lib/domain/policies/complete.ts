import { placeholders, wordsAfter } from "./parse";

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
  const typed = /[A-Za-z0-9._+@-]*$/.exec(before)?.[0] ?? "";
  const start = cursor - typed.length;
  const words = wordsAfter(text.slice(0, start)).flatMap((word) => {
    if (word === placeholders.group) return names.groups;
    return Object.values(placeholders).includes(word) || !/^[a-z]/.test(word) ? [] : [word];
  });
  const fitting = [...new Set(words)].filter((word) =>
    word.toLowerCase().startsWith(typed.toLowerCase()),
  );
  const isDone = fitting.length === 1 && fitting[0]?.toLowerCase() === typed.toLowerCase();
  return { start, end: cursor, words: isDone ? [] : fitting.map(asWritten) };
}

/** As Oracle's documents write it: the first word has a capital. */
const asWritten = (word: string) => (word === "allow" ? "Allow" : word);
