import { type Diagnostic, InputError, readUsers, type User } from "../../src/index.ts";
import { join } from "./mutate.ts";

/** A file whose people are known, and where each stands. */
export interface Seed {
  readonly path: string;
  readonly grammar: "ldif" | "csv" | "json";
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly people: readonly Person[];
  readonly diagnostics: readonly Diagnostic[];
  readonly newline: number;
  /** The offsets behind the line ends. */
  readonly newlines: readonly number[];
}

interface Person {
  readonly names: readonly string[];
  /** The bytes of its record, up to the next one's. */
  readonly start: number;
  readonly end: number;
}

/** What was done to a file: some bytes of it were replaced by others. */
export interface Damage {
  readonly start: number;
  readonly end: number;
  readonly replacement: Uint8Array;
}

interface Reading {
  readonly users: readonly User[];
  readonly diagnostics: readonly Diagnostic[];
}

async function read(bytes: Uint8Array): Promise<Reading | undefined> {
  const users: User[] = [];
  const diagnostics: Diagnostic[] = [];
  try {
    for await (const item of readUsers({ name: "export", data: bytes })) {
      if (item.type === "user") users.push(item.user);
      if (item.type === "diagnostic") diagnostics.push(item.diagnostic);
    }
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
  return { users, diagnostics };
}

/** The offsets behind the line ends of a file, in UTF-16 too, and where lines end with a carriage return alone. */
function findNewlines(bytes: Uint8Array, newline: number): readonly number[] {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const found: number[] = [];
  bytes.forEach((byte, at) => {
    if (byte !== newline) return;
    if (!isWide) found.push(at + 1);
    else if (at % 2 === 0 && bytes[at + 1] === 0) found.push(at + 2);
  });
  return found;
}

function namesOf({ id, samAccountName, userPrincipalName, sourceAnchor, objectId }: User): readonly string[] {
  return [id, samAccountName, userPrincipalName, sourceAnchor, objectId].map((name) => name ?? "");
}

export async function readSeed({ path, grammar, bytes }: Pick<Seed, "path" | "grammar" | "bytes">): Promise<Seed> {
  const reading = await read(bytes);
  if (reading === undefined) throw new Error(`${path} was refused`);
  const newline = bytes.includes(10) ? 10 : 13;
  const newlines = findNewlines(bytes, newline);
  const startOf = (line: number): number => (line < 2 ? 0 : (newlines[line - 2] ?? bytes.length));
  const users = [...reading.users].sort((one, other) => one.origin.line - other.origin.line);
  const people = users.map((user, index) => {
    const next = users[index + 1];
    return {
      names: namesOf(user),
      start: startOf(user.origin.line),
      end: next === undefined ? bytes.length : startOf(next.origin.line),
    };
  });
  return { path, grammar, bytes, people, newline, newlines, diagnostics: reading.diagnostics };
}

/** The people who are not read any more: each that is read stands for one of those before. */
function findMissing({ people }: Seed, users: readonly User[]): readonly Person[] {
  const left = users.map(namesOf);
  let missing = people;
  for (let place = 0; place < 5; place++) {
    missing = missing.filter(({ names }) => {
      const name = names[place];
      const found = name === "" ? -1 : left.findIndex((others) => others[place] === name);
      if (found >= 0) left.splice(found, 1);
      return found < 0;
    });
  }
  return missing;
}

/** Counts the people who are lost when something is done to a file, and those of whom nothing is told where they stood. */
export async function countLost(
  seed: Seed,
  damage: Damage,
): Promise<{ readonly lost: number; readonly untold: number }> {
  const { bytes, newline, newlines, people } = seed;
  const { start, end, replacement } = damage;
  const reading = await read(join(bytes.subarray(0, start), replacement, bytes.subarray(end)));
  if (reading === undefined) return { lost: people.length, untold: 0 };
  const missing = findMissing(seed, reading.users);
  if (missing.length === 0) return { lost: 0, untold: 0 };
  const shift = findNewlines(replacement, newline).length - newlines.filter((at) => at > start && at <= end).length;
  const lineOf = (offset: number): number => {
    const line = 1 + newlines.filter((at) => at <= offset).length;
    return offset >= end ? line + shift : Math.min(line, 1 + newlines.filter((at) => at <= start).length);
  };
  const own = new Set(seed.diagnostics.map(({ code, message }) => `${code} ${message}`));
  const told = reading.diagnostics.filter(
    ({ code, message, severity }) => severity !== "info" && !own.has(`${code} ${message}`),
  );
  // A record that ends where the damage begins is touched: its end may be lost with the next one's beginning.
  const touched = people.filter((one) => one.start <= end && one.end >= start);
  // The first half of a line end may be left of it, and end a line.
  const isTold = (from: number, to: number): boolean =>
    told.some(({ line }) => line !== undefined && line >= from && line <= to + 1);
  const [first = start, last = end] = [touched[0]?.start, touched.at(-1)?.end];
  const isDamageTold = isTold(lineOf(Math.min(first, start)), lineOf(Math.max(last, end)));
  const untold = missing.filter((one) =>
    touched.includes(one) ? !isDamageTold : !isTold(lineOf(one.start), lineOf(one.end)),
  );
  return { lost: missing.length, untold: untold.length };
}
