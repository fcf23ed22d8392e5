/** Names that differ by more than this are no misspellings of each other. */
const MOST_EDITS = 2;

/** Gives the one of some names that somebody may have meant, if there is one: in other letter case, or with a slip or two. */
export function closestName(written: string, names: readonly string[]): string | undefined {
  const other = written.toLowerCase();
  const ranked = names
    .filter((name) => Math.abs(name.length - written.length) <= MOST_EDITS)
    .map((name) => ({ name, edits: countEdits(name.toLowerCase(), other) }))
    .sort((one, next) => one.edits - next.edits);
  const [best] = ranked;
  return best !== undefined && best.edits <= Math.min(MOST_EDITS, best.name.length / 3) ? best.name : undefined;
}

/** Counts the letters to insert, to leave out or to replace, to make one text of the other (Levenshtein). */
function countEdits(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of Array.from(one).entries()) {
    const current = [row + 1];
    for (let column = 0; column < other.length; column++) {
      const replaced = (above[column] ?? 0) + (letter === other[column] ? 0 : 1);
      current.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    above = current;
  }
  return above[other.length] ?? 0;
}
