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

/** Counts the letters to insert, to leave out, to replace, or to exchange with the next one, to make one text of the other. */
function countEdits(one: string, other: string): number {
  const letters = Array.from(one);
  let before: readonly number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of letters.entries()) {
    const current = [row + 1];
    for (let column = 0; column < other.length; column++) {
      const replaced = (above[column] ?? 0) + (letter === other[column] ? 0 : 1);
      const isExchanged = letter === other[column - 1] && letters[row - 1] === other[column];
      const exchanged = isExchanged ? (before[column - 1] ?? 0) + 1 : replaced;
      current.push(Math.min(replaced, exchanged, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    before = above;
    above = current;
  }
  return above[other.length] ?? 0;
}
