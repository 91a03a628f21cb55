import type { Command } from "./command";

/** Whether each word typed begins a word of the command: “tom” is somebody's name, and no part of “Customer”. */
export function isFound(command: Command, query: string): boolean {
  const text = ` ${command.label} ${command.group} ${command.keywords ?? ""}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => word === "" || beginsAWord(text, word));
}

function beginsAWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (!/[\p{L}\p{N}]$/u.test(text.slice(0, at))) return true;
  return false;
}
