import { createHash } from "node:crypto";

/** An object of Active Directory as the tests invent it: attribute names as in the schema, values as text or bytes. */
export interface DirectoryObject {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, string | Uint8Array | readonly string[]>>;
}

/** A GUID that is always the same for the same text. */
export function guidBytes(text: string): Uint8Array {
  return Uint8Array.from(createHash("md5").update(text).digest());
}

/** RFC 2849 SAFE-STRING, without a trailing space. */
const SAFE =
  /^(?:[\x01-\x09\x0b\x0c\x0e-\x1f\x21-\x39\x3b\x3d-\x7f](?:[\x01-\x09\x0b\x0c\x0e-\x7f]*[\x01-\x09\x0b\x0c\x0e-\x1f\x21-\x7f])?)?$/;

function ldifLine(name: string, value: string | Uint8Array): string {
  return typeof value === "string" && SAFE.test(value)
    ? `${name}: ${value}`
    : `${name}:: ${Buffer.from(value as string).toString("base64")}`;
}

function valuesOf(value: string | Uint8Array | readonly string[]): readonly (string | Uint8Array)[] {
  return typeof value === "string" || value instanceof Uint8Array ? [value] : value;
}

/** How LDIF is written. */
export interface LdifStyle {
  readonly newline: "\n" | "\r\n";
  /** Columns at which lines are folded; 0 for never. */
  readonly fold: number;
  /** Whether every record says `changetype: add`, as ldifde does. */
  readonly changetype: boolean;
}

/** Writes objects as ldifde does: CRLF, `changetype: add`, folded, base64 for what is not ASCII. */
export function writeLdif(
  objects: readonly DirectoryObject[],
  { newline, fold, changetype }: LdifStyle = { newline: "\r\n", fold: 80, changetype: true },
): string {
  const foldLine = (line: string): string => {
    if (fold === 0 || line.length <= fold) return line;
    const rest = line.slice(fold).match(new RegExp(`.{1,${fold - 1}}`, "gs")) ?? [];
    return [line.slice(0, fold), ...rest].join(`${newline} `);
  };
  return objects
    .map(({ dn, attributes }) => {
      const lines = [
        ldifLine("dn", dn),
        ...(changetype ? ["changetype: add"] : []),
        ...Object.entries(attributes).flatMap(([name, value]) => valuesOf(value).map((one) => ldifLine(name, one))),
      ];
      return lines.map((line) => foldLine(line) + newline).join("") + newline;
    })
    .join("");
}

/** Writes objects as csvde does without `-u`: one line each, DN first, lists joined, `X'…'` for bytes and accents. */
export function writeCsvde(objects: readonly DirectoryObject[]): string {
  const names = [...new Set(objects.flatMap(({ attributes }) => Object.keys(attributes)))];
  const element = (value: string | Uint8Array, listed: boolean): string => {
    if (typeof value !== "string" || /[^\x20-\x7e]/.test(value))
      return `X'${Buffer.from(value as string).toString("hex")}'`;
    return listed ? value.replace(/[\\;]/g, "\\$&") : value;
  };
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = objects.map(({ dn, attributes }) =>
    [
      element(dn, false),
      ...names.map((name) => {
        const value = attributes[name];
        if (value === undefined) return "";
        // The most specific class alone: csvde writes no chain.
        if (name === "objectClass") return valuesOf(value).at(-1) as string;
        return typeof value === "string" || value instanceof Uint8Array
          ? element(value, false)
          : value.map((one) => element(one, true)).join(";");
      }),
    ]
      .map(cell)
      .join(","),
  );
  return [["DN", ...names].join(","), ...rows].map((line) => `${line}\r\n`).join("");
}
