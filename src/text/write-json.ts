/** A value with fewer parts than this is written in one go. */
const SMALL = 500;

/** A list or an object that is being written. */
interface Open {
  readonly parts: Iterator<readonly [label: string, part: unknown]>;
  readonly brackets: readonly [open: string, close: string];
  readonly indent: string;
  isEmpty: boolean;
}

/**
 * Writes a value as `JSON.stringify(value, null, 2)` does, to the letter, piece by piece: a document can be longer than a string.
 * An object that can be gone through (a list that is made while it is written) is written as a list.
 */
export function* writeJson(value: unknown): Generator<string> {
  const open: Open[] = [];
  if (isSmall(value)) yield writeSmall(value, "");
  else open.push(begin(value, ""));
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    const next = last.parts.next();
    if (next.done === true) {
      yield last.isEmpty ? last.brackets.join("") : `\n${last.indent}${last.brackets[1]}`;
      open.pop();
      continue;
    }
    const [label, part] = next.value;
    const indent = `${last.indent}  `;
    yield `${last.isEmpty ? last.brackets[0] : ","}\n${indent}${label}`;
    last.isEmpty = false;
    if (isSmall(part)) yield writeSmall(part, indent);
    else open.push(begin(part, indent));
  }
}

/** `indent` stands before each further line. */
function writeSmall(value: unknown, indent: string): string {
  return (JSON.stringify(value, null, 2) ?? "null").replaceAll("\n", `\n${indent}`);
}

function begin(value: unknown, indent: string): Open {
  return { parts: partsOf(value), brackets: isList(value) ? ["[", "]"] : ["{", "}"], indent, isEmpty: true };
}

/** The parts of a list, or of an object, and what stands before each. */
function* partsOf(value: unknown): Generator<readonly [label: string, part: unknown]> {
  if (isList(value)) for (const part of value) yield ["", part];
  else {
    for (const [key, part] of Object.entries(Object(value))) {
      if (part !== undefined) yield [`${JSON.stringify(key)}: `, part];
    }
  }
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

/** Whether a value has few parts; a list that is no array is not gone through to know it. */
function isSmall(value: unknown): boolean {
  const open = [value];
  for (let seen = 0; open.length > 0; seen++) {
    const one = open.pop();
    if (typeof one !== "object" || one === null) continue;
    if (seen > SMALL || (isList(one) && !Array.isArray(one))) return false;
    const parts = Array.isArray(one) ? one : Object.values(one);
    if (parts.length > SMALL) return false;
    for (const part of parts) open.push(part);
  }
  return true;
}
