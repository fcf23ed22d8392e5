/** A value with fewer parts than this is written in one go. */
const SMALL = 500;

/**
 * Writes a value as `JSON.stringify(value, null, 2)` does, to the letter, piece by piece: a document can be longer than a string.
 * An object that can be gone through (a list that is made while it is written) is written as a list.
 */
export function* writeJson(value: unknown): Generator<string> {
  yield* write(value, "");
}

/** Goes as deep as the value is, which a schema bounds; `indent` stands before each further line. */
function* write(value: unknown, indent: string): Generator<string> {
  if (isSmall(value)) {
    yield (JSON.stringify(value, null, 2) ?? "null").replaceAll("\n", `\n${indent}`);
    return;
  }
  const [open, close] = isList(value) ? ["[", "]"] : ["{", "}"];
  let isEmpty = true;
  for (const [label, part] of partsOf(value)) {
    yield `${isEmpty ? open : ","}\n${indent}  ${label}`;
    yield* write(part, `${indent}  `);
    isEmpty = false;
  }
  yield isEmpty ? open + close : `\n${indent}${close}`;
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
