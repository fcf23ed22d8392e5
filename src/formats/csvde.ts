import {
  attributeNames,
  attributeRule,
  chosenAttributes,
  exportedAttributes,
  isBinaryAttribute,
  multiValuedAttributes,
  readActiveDirectoryObject,
  recipientFilter,
  withChosenColumns,
} from "./reading/active-directory.ts";
import { type ColumnRule, defineFormat, type RecordContext } from "./reading/define-format.ts";
import { onlyOnline } from "./reading/side-columns.ts";
import type { AttributeValue } from "./reading/value-kinds.ts";

/** Active Directory as CSV with a DN column: csvde, and adfind -csv. */
export const csvde = defineFormat({
  name: "csvde",
  title: "CSVDE export of Active Directory",
  side: "onPremises",
  grammar: "table",
  plain: "active-directory",
  isRaw: true,
  exportCommand: `csvde -u -f ad.csv -r "${recipientFilter}" -l ${exportedAttributes.join(",")}`,
  columns: {
    dn: { names: ["DN"], field: "distinguishedName" },
    ...Object.fromEntries(
      attributeNames
        .filter((name) => name !== "distinguishedName")
        .map((name): [string, ColumnRule] => {
          const { field } = attributeRule(name);
          return [name.toLowerCase(), { names: [name], ...(field === undefined ? {} : { field }) }];
        }),
    ),
  },
  columnsFor: withChosenColumns,
  signs: {
    decisive: ["DN"],
    own: [],
    needs: [["DN"]],
    // A list of DN and one proxyAddress each is a script's work: ad-user.
    never: onlyOnline,
    excludes: ["ProxyAddress"],
    isNeverJson: true,
  },
  readRow: ({ cell, cells, origin }, context) => {
    const attributes = new Map<string, readonly AttributeValue[]>();
    for (const name of [...ATTRIBUTE_NAMES, ...chosenAttributes(context)]) {
      if (cell(name) === undefined) continue;
      attributes.set(name, cells(name)?.flatMap((text) => readCell(name, text, context)) ?? []);
    }
    const distinguishedName = unescapeName(unwrap(decodeText(cell("dn") ?? "", context), context));
    return readActiveDirectoryObject({ distinguishedName, attributes, origin }, context);
  },
});

const ATTRIBUTE_NAMES = attributeNames.map((name) => name.toLowerCase());

/** Reads the values of one cell; an empty cell has none. */
function readCell(attribute: string, cell: string, context: RecordContext): readonly AttributeValue[] {
  if (cell === "") return [];
  if (isBinaryAttribute(attribute, context)) return [hexBytes(cell) ?? cell];
  if (!multiValuedAttributes.has(attribute)) {
    const text = decodeText(cell, context);
    return [NAMES.has(attribute) ? unwrap(text, context) : text];
  }
  return splitValues(cell).flatMap((value) => splitAtBars(unwrap(decodeText(value, context), context)));
}

/** What no line break belongs into. */
const NAMES: ReadonlySet<string> = new Set([
  "mail",
  "userprincipalname",
  "samaccountname",
  "mailnickname",
  "targetaddress",
]);

/** Takes line breaks out of a value: a console window wraps what was copied from it. An address has one `@` then as before. */
function unwrap(value: string, context: RecordContext): string {
  if (!/[\r\n]/.test(value)) return value;
  const whole = value.replace(/[\r\n]+/g, "");
  if (whole.split("@").length > 2) return value;
  context.noteWrapped();
  return whole;
}

/** Apache Directory Studio joins values by `|`; in an address a bar that a type follows is no part of it. */
function splitAtBars(value: string): readonly string[] {
  return value.split(/\|(?=[=A-Za-z][\w-]{0,15}:)/);
}

/** A comma in a name is `\,`; some versions double the backslash. */
function unescapeName(distinguishedName: string): string {
  return distinguishedName.replace(/\\\\(?=[,+"<>;=#])/g, "\\");
}

/**
 * Splits a multi-valued cell at `;`. Inside a value `;` is written `\;` and `\` is written `\\`; a backslash before any
 * other character stands for itself, as adfind writes it.
 */
export function splitValues(cell: string): readonly string[] {
  const values: string[] = [];
  let value = "";
  for (let index = 0; index < cell.length; index++) {
    const character = cell[index];
    const next = cell[index + 1];
    if (character === "\\" && (next === ";" || next === "\\")) {
      value += next;
      index++;
    } else if (character === ";") {
      values.push(value);
      value = "";
    } else value += character;
  }
  return [...values, value].filter((text) => text !== "");
}

/** Without `-u`, text with an accent or a line break is written as the hex of its UTF-8: `X'5374c3a9…'`. */
function decodeText(value: string, context: RecordContext): string {
  const bytes = hexBytes(value);
  return bytes === undefined ? value : context.text.decode(bytes);
}

function hexBytes(value: string): Uint8Array | undefined {
  const hex = /^X'((?:[0-9a-f]{2})*)'$/i.exec(value)?.[1];
  if (hex === undefined) return undefined;
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
