/** The words for true and false that Excel writes in its languages, besides .NET's own. */
const TRUE = new Set([
  "true",
  "1",
  "yes",
  "wahr",
  "vrai",
  "verdadero",
  "vero",
  "verdadeiro",
  "waar",
  "sant",
  "prawda",
  "ja",
]);
const FALSE = new Set(["false", "0", "no", "falsch", "faux", "falso", "onwaar", "falskt", "fałsz", "nein"]);

/** Reads a cell of a true-or-false column; `undefined` for anything else, an empty cell too. */
export function readBoolean(cell: string | undefined): boolean | undefined {
  const text = cell?.trim().toLowerCase() ?? "";
  if (TRUE.has(text)) return true;
  return FALSE.has(text) ? false : undefined;
}
