import type { Damage, Seed } from "./lost-untold.ts";

type Random = (limit: number) => number;

/** A kind of damage: gives one at a place that chance decides, or nothing where it would leave no trace. */
type Harm = (seed: Seed, random: Random) => Damage | undefined;

/** Where the records of a file begin, the first one's beginning aside. */
function borders({ people }: Seed): readonly number[] {
  return people.slice(1).map(({ start }) => start);
}

function pick<Value>(values: readonly Value[], random: Random): Value {
  const value = values[random(values.length)];
  if (value === undefined) throw new Error("nothing to choose from");
  return value;
}

function isWide({ bytes }: Seed): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xfe;
}

/** Bytes around a border between two records. */
function acrossBorder(seed: Seed, random: Random, longest: number): readonly [start: number, end: number] {
  const border = pick(borders(seed), random);
  const step = isWide(seed) ? 2 : 1;
  const start = Math.max(0, border - step * random(longest));
  return [start, Math.min(seed.bytes.length, border + step * (1 + random(longest)))];
}

/** Attributes that an object of Active Directory has but once. */
const SINGLE =
  /^(?:cn|displayname|distinguishedname|mail|mailnickname|objectguid|samaccountname|useraccountcontrol|userprincipalname|whenchanged|changetype)$/;

/** The attributes whose lines stand whole between two offsets of LDIF, in lower case. */
function attributesBetween({ bytes, newlines }: Seed, start: number, end: number): readonly string[] {
  const first = newlines.find((at) => at >= start) ?? end;
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = Buffer.from(bytes.subarray(Math.min(first, end), end)).toString(wide ? "utf16le" : "utf8");
  return Array.from(text.matchAll(/^([A-Za-z][\w-]*):/gm), ([, name = ""]) => name.toLowerCase());
}

/**
 * Whether two records of LDIF that became one contradict each other: an attribute that occurs but once is in what is left of
 * both, or the second one's own name is. Where not even that is so nobody can tell.
 */
function leavesTrace(seed: Seed, damage: Damage): boolean {
  if (seed.grammar === "csv") return leavesTraceInRow(seed, damage);
  if (seed.grammar === "json") return true;
  const { start, end } = damage;
  const before = seed.people.findLast((one) => one.start < start);
  const behind = seed.people.find((one) => one.end > end);
  if (before === undefined || behind === undefined) return true;
  const left = attributesBetween(seed, before.start - 1, start);
  const right = attributesBetween(seed, end, behind.end);
  return right.some((name) => name === "dn" || name === "cn" || (SINGLE.test(name) && left.includes(name)));
}

/** Whether what is left of two rows is no row by itself, nor two: it has too few cells, too many, or half a quotation. */
function leavesTraceInRow(seed: Seed, { start, end, replacement }: Damage): boolean {
  const { bytes, newlines } = seed;
  const text = (part: Uint8Array): string => Buffer.from(part).toString(isWide(seed) ? "utf16le" : "latin1");
  const header = text(bytes.subarray(0, newlines[0]));
  const first = newlines.findLast((at) => at <= start) ?? 0;
  const last = newlines.find((at) => at > end) ?? bytes.length;
  const row = text(Buffer.concat([bytes.subarray(first, start), replacement, bytes.subarray(end, last)]));
  const count = (character: string): number => header.split(character).length;
  const [delimiter = ","] = [",", ";", "\t", "\\|"].sort(
    (one, other) => count(other.at(-1) ?? "") - count(one.at(-1) ?? ""),
  );
  const cell = `(?:"(?:[^"]|"")*"|[^"${delimiter}\\r\\n][^${delimiter}\\r\\n]*)?`;
  const width = count(delimiter.at(-1) ?? "");
  // Half a line end is one.
  const rows = row.split(/[\r\n]+/).filter((one) => one !== "");
  return !rows.every((one) => new RegExp(`^${cell}(?:${delimiter}${cell}){${width - 1}}$`).test(one));
}

/** A damage that leaves a trace. */
function traced(seed: Seed, damage: Damage): Damage | undefined {
  return leavesTrace(seed, damage) ? damage : undefined;
}

/** Every kind of damage across and behind the borders of records. */
export const harms: Readonly<Record<string, Harm>> = {
  "a block of NULs": (seed, random) => {
    const length = pick([2, 16, 64, 512, 4096], random);
    const start = isWide(seed) ? 2 * random(seed.bytes.length >> 1) : random(seed.bytes.length);
    const end = Math.min(seed.bytes.length, start + length);
    return { start, end, replacement: new Uint8Array(end - start) };
  },
  "a block of NULs across a border": (seed, random) => {
    const [start, end] = acrossBorder(seed, random, 40);
    return { start, end, replacement: new Uint8Array(end - start) };
  },
  "bytes lost across a border": (seed, random) => {
    const [start, end] = acrossBorder(seed, random, 40);
    return traced(seed, { start, end, replacement: new Uint8Array(0) });
  },
  "noise across a border": (seed, random) => {
    const [start, end] = acrossBorder(seed, random, 20);
    const replacement = Uint8Array.from({ length: end - start }, () => random(256));
    return traced(seed, { start, end, replacement });
  },
  "lines lost between two records": (seed, random) => {
    const border = pick(borders(seed), random);
    const at = seed.newlines.indexOf(border);
    const start = seed.newlines[Math.max(0, at - 1 - random(4))];
    const end = seed.newlines[Math.min(seed.newlines.length - 1, at + 1 + random(6))];
    if (start === undefined || end === undefined || seed.grammar !== "ldif") return undefined; // rows are lines
    return traced(seed, { start, end, replacement: new Uint8Array(0) });
  },
};
