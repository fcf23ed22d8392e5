import record from "ldif/lib/record.js";
import { encodeBase64 } from "../text/base64.ts";
import type { AttributeChange, PlanStep } from "./plan.ts";

/**
 * Writes the on-premises steps as LDIF change records (RFC 2849), for `ldifde -i -f`, `ldapmodify` or `ldbmodify`.
 *
 * Each step is one record, in its order. Only the values that differ are written: those that go are deleted by value, so
 * that the directory refuses the record if somebody changed them since the export (RFC 4511 section 4.6: noSuchAttribute),
 * and those that come are added. Values that are not plain ASCII are base64 of UTF-8.
 */
export function renderChangeFile(steps: readonly PlanStep[]): string {
  return [...renderChangeFilePieces(steps)].join("");
}

/** Writes the change records of {@link renderChangeFile} one by one. */
export function* renderChangeFilePieces(steps: readonly PlanStep[]): Generator<string> {
  for (const { side, object, changes } of steps) {
    if (side !== "onPremises") continue;
    const change = { dn: toSafeText(object.id), changes: changes.flatMap(toModifications) };
    yield `${markBase64(new record.Change(change, "modify").toLDIF(WIDTH))}\n\n`;
  }
}

function toModifications({ attribute, before, after }: AttributeChange) {
  const [kept, wanted] = [new Set(after), new Set(before)];
  const gone = before.filter((value) => !kept.has(value));
  const come = after.filter((value) => !wanted.has(value));
  const modify = (type: "add" | "delete", values: readonly string[]) =>
    values.length === 0 ? [] : [new record.Modification(type, new record.Attribute(attribute), values.map(toValue))];
  return [...modify("delete", gone), ...modify("add", come)];
}

const WIDTH = 76;

/**
 * The package encodes with Node's Buffer, and does not encode a trailing space: values that are not safe are given to it
 * ready, behind a mark that no value begins with.
 */
const BASE64_MARK = "\u007fbase64\u007f";

function toValue(text: string) {
  return new record.Value(toSafeText(text));
}

/** RFC 2849 SAFE-STRING; besides, no control character and no space at the end. */
function toSafeText(text: string): string {
  const isSafe = /^[\x21-\x39\x3b\x3d-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text);
  return isSafe ? text : `${BASE64_MARK}${encodeBase64(new TextEncoder().encode(text))}`;
}

/** Turns `name: MARKbase64` into `name:: base64`; a fold may stand anywhere in between. */
function markBase64(text: string): string {
  const unfolded = text.replaceAll("\n ", "");
  return unfolded
    .split("\n")
    .map((line) => fold(line.replace(`: ${BASE64_MARK}`, ":: ")))
    .join("\n");
}

function fold(line: string): string {
  let folded = line.slice(0, WIDTH);
  for (let at = WIDTH; at < line.length; at += WIDTH - 1) folded += `\n ${line.slice(at, at + WIDTH - 1)}`;
  return folded;
}
