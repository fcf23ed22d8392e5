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
  "oui",
  "si",
  "sí",
  "sì",
  "y",
]);
const FALSE = new Set([
  "false",
  "0",
  "no",
  "falsch",
  "faux",
  "falso",
  "onwaar",
  "falskt",
  "fałsz",
  "nein",
  "non",
  "nee",
  "n",
]);

/** Reads a cell of a true-or-false column; `undefined` for anything else, an empty cell too. */
export function readBoolean(cell: string | undefined): boolean | undefined {
  const text = cell?.trim().toLowerCase() ?? "";
  if (TRUE.has(text)) return true;
  return FALSE.has(text) ? false : undefined;
}

/** Words for the state of an account, whatever the name of its column asks. */
const ENABLED = new Set(
  "enabled active allowed aktiv aktiviert actif activé activo habilitado actief ingeschakeld attivo abilitato".split(
    " ",
  ),
);
const DISABLED = new Set(
  (
    "disabled inactive blocked deactivated inaktiv deaktiviert gesperrt inactif désactivé bloqué inactivo deshabilitado bloqueado " +
    "inactief uitgeschakeld geblokkeerd disattivato disabilitato bloccato"
  ).split(" "),
);

/** Reads a cell that says in a word whether an account is enabled; `undefined` for anything else. */
export function readState(cell: string | undefined): boolean | undefined {
  const text = cell?.trim().toLowerCase() ?? "";
  if (ENABLED.has(text)) return true;
  return DISABLED.has(text) ? false : undefined;
}
