/** The one of the words that the typed one may have meant: but for two letters, or its beginning. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
  const stem = plain(typed);
  if (stem.length < 3) return undefined;
  const most = stem.length > 4 ? 2 : 1;
  const told = words.map((word) => {
    const text = plain(word);
    // Each letter too many or too few is one of the two.
    const isFar = Math.abs(text.length - stem.length) > most;
    return { word, text, far: isFar ? Infinity : distance(stem, text) };
  });
  const closest = told.reduce<(typeof told)[number] | undefined>(
    (best, each) => (best && best.far <= each.far ? best : each),
    undefined,
  );
  if (closest && closest.far <= most) return closest.word;
  return told.find(({ text }) => text.startsWith(stem) || stem.startsWith(text.slice(0, -1)))?.word;
}

const plain = (word: string) => word.toLowerCase().replaceAll(/[\s_-]/g, "");

/** How many letters have to be put in, left out or changed (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= other.length; at += 1) {
      const changed = (row[at - 1] ?? 0) + (letter === other[at - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
