import { toLower } from "../text/bytes.ts";

/** Where hashes begin: another number each time, so that no file can be made of texts that all have one hash. */
export function randomSeed(): number {
  return Math.floor(Math.random() * 2 ** 32) | 0;
}

/** Lets every bit of a hash depend on every other: the places in a table are told by the upper ones. */
export function spread(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return mixed ^ (mixed >>> 16);
}

/** Goes on with a hash by further bytes: FNV-1a. */
export function mix(hash: number, bytes: Uint8Array, start: number, end: number): number {
  let mixed = hash;
  for (let at = start; at < end; at++) mixed = Math.imul(mixed ^ (bytes[at] ?? 0), PRIME);
  return mixed;
}

/** Goes on with a hash as {@link mix} does, without regard to the case of ASCII letters. */
export function mixFolded(hash: number, bytes: Uint8Array, start: number, end: number): number {
  let mixed = hash;
  for (let at = start; at < end; at++) mixed = Math.imul(mixed ^ toLower(bytes[at] ?? 0), PRIME);
  return mixed;
}

const PRIME = 0x01000193;
