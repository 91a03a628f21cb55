/** What opens the jump list, as the keyboard of that system has it. Either works everywhere. */
export function jumpKeys(userAgent: string): string {
  return /\b(Macintosh|iPhone|iPad)\b/.test(userAgent) ? "⌘ K" : "Ctrl K";
}
