import { isWhiteSpace, lastBefore, OPEN_BRACE } from "./json-nesting.ts";

const QUOTE = 34;
const COLON = 58;
const BACKSLASH = 92;

/** A longer name is none that the objects of a list begin with. */
const LONGEST_NAME = 128;

/** Gives the name that an object begins with, in its quotation marks and as it is written. */
export function firstNameOf(object: Uint8Array): Uint8Array | undefined {
  const start = afterWhiteSpace(object, 1);
  if (object[start] !== QUOTE) return undefined;
  for (let at = start + 1; at < object.length && at <= start + LONGEST_NAME; at++) {
    if (object[at] === QUOTE && object[at - 1] !== BACKSLASH) return object.slice(start, at + 1);
  }
  return undefined;
}

/**
 * Tells whether a brace begins an object of a list: with the name that the others begin with. `undefined` if there are too few
 * bytes to tell. No string can be taken for such a beginning, for a quotation mark in it has a backslash before it.
 */
export function isBeginning(bytes: Uint8Array, brace: number, name: Uint8Array): boolean | undefined {
  const start = afterWhiteSpace(bytes, brace + 1);
  for (let index = 0; index < name.length; index++) {
    if (start + index >= bytes.length) return undefined;
    if (bytes[start + index] !== name[index]) return false;
  }
  return true;
}

/** Finds the further objects of a list in what was taken for one; what follows the name of a property is a value of it. */
export function findBeginnings(object: Uint8Array, name: Uint8Array): readonly number[] {
  const found: number[] = [];
  for (let at = object.indexOf(OPEN_BRACE, 1); at >= 0; at = object.indexOf(OPEN_BRACE, at + 1)) {
    if (isBeginning(object, at, name) === true && object[lastBefore(object, at)] !== COLON) found.push(at);
  }
  return found;
}

function afterWhiteSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isWhiteSpace(bytes[at])) at++;
  return at;
}
