import { Inflate } from "fflate";
import { crc32 } from "./crc32.ts";

/** A file in a ZIP archive, as the directory at the end of the archive has it. */
export interface ZipEntry {
  /** Its path in the archive: a text for messages, never a path of this machine. */
  readonly name: string;
  readonly size: number;
  readonly packedSize: number;
  readonly checksum: number;
  /** How it is packed: 0 not at all, 8 by deflate; others are not read. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly offset: number;
}

/** What is in an archive, or, as a part of a sentence, why nobody can tell. */
export type ZipDirectory = { readonly entries: readonly ZipEntry[] } | { readonly fault: string };

const MOST_ENTRIES = 1000;
/** Above this size nothing that is no bomb becomes so many times smaller: exports become 5 to 50 times smaller. */
const SUSPECT_SIZE = 100_000_000;
const SUSPECT_RATIO = 200;
/** Input is unpacked in pieces: of a bomb a piece is a thousand times as large. */
const PIECE = 16 * 1024;

/** Tells a ZIP archive by its first bytes, an empty one too. */
export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));
}

/** Tells whether a file says that it unpacks to so much more than it holds that it was made to harm. */
export function isBomb({ size, packedSize }: ZipEntry): boolean {
  return size > SUSPECT_SIZE && size > SUSPECT_RATIO * packedSize;
}

/** Lists the files of an archive by its directory (APPNOTE.TXT 4.3.12, 4.3.16); folders are none. */
export function readZipDirectory(bytes: Uint8Array): ZipDirectory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = findEnd(view);
  if (end === undefined) return { fault: "its end, where its directory stands, is missing or damaged" };
  if (end.count > MOST_ENTRIES) return { fault: `it holds more than ${MOST_ENTRIES} files` };
  // A program that unpacks itself stands before the archive: offsets are from where the archive begins.
  const shift = end.at - end.size - end.offset;
  const entries: ZipEntry[] = [];
  let at = end.at - end.size;
  for (let index = 0; index < end.count; index++) {
    const found = readEntry(view, bytes, at, shift);
    if (found === undefined) return { fault: "its directory is damaged" };
    at = found.next;
    if (!found.entry.name.endsWith("/")) entries.push(found.entry);
  }
  return overlap(entries) ? { fault: "files in it overlap: it is damaged, or made to harm" } : { entries };
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const FILE = 0x04034b50;
const UNTOLD = 0xffffffff;

interface DirectoryEnd {
  readonly count: number;
  readonly size: number;
  readonly offset: number;
  /** Where the directory ends. */
  readonly at: number;
}

function findEnd(view: DataView): DirectoryEnd | undefined {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) !== END) continue;
    const found = readEnd64(view, at) ?? {
      count: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
      at,
    };
    if (found.size <= found.at && found.size + found.offset <= found.at) return found;
  }
  return undefined;
}

function readEnd64(view: DataView, end: number): DirectoryEnd | undefined {
  if (end < 20 || view.getUint32(end - 20, true) !== LOCATOR_64) return undefined;
  const at = Number(view.getBigUint64(end - 12, true));
  if (at + 56 > end || view.getUint32(at, true) !== END_64) return undefined;
  const read = (offset: number): number => Number(view.getBigUint64(at + offset, true));
  return { count: read(32), size: read(40), offset: read(48), at };
}

function readEntry(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  shift: number,
): { readonly entry: ZipEntry; readonly next: number } | undefined {
  if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) return undefined;
  const flags = view.getUint16(at + 8, true);
  const nameEnd = at + 46 + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const next = extraEnd + view.getUint16(at + 32, true);
  if (next > bytes.length) return undefined;
  const large = sizes64(view, nameEnd, extraEnd);
  const read = (offset: number): number => {
    const value = view.getUint32(at + offset, true);
    return value === UNTOLD ? (large.shift() ?? value) : value;
  };
  // In this order they stand among the large ones.
  const size = read(24);
  const packedSize = read(20);
  const entry = {
    name: decodeName(bytes.subarray(at + 46, nameEnd)),
    size,
    packedSize,
    checksum: view.getUint32(at + 16, true),
    method: view.getUint16(at + 10, true),
    isEncrypted: (flags & 1) === 1,
    offset: read(42) + shift,
  };
  return entry.offset + 30 + packedSize > bytes.length ? undefined : { entry, next };
}

/** The sizes that have no room in four bytes (4.5.3). */
function sizes64(view: DataView, start: number, end: number): number[] {
  for (let at = start; at + 4 <= end; ) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1 && at + 4 + length <= end) {
      return Array.from({ length: Math.min(3, length >> 3) }, (_, index) =>
        Number(view.getBigUint64(at + 4 + 8 * index, true)),
      );
    }
    at += 4 + length;
  }
  return [];
}

function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes, { stream: true });
  }
}

/** Whether files share bytes: so a small archive is made to unpack to a huge one. */
function overlap(entries: readonly ZipEntry[]): boolean {
  const sorted = entries.toSorted((one, other) => one.offset - other.offset);
  return sorted.some(({ offset, packedSize }, index) => {
    const next = sorted[index + 1];
    return next !== undefined && offset + 30 + packedSize > next.offset;
  });
}

/**
 * Unpacks a file of an archive piece by piece. One that is damaged, or is not as the directory says, gives what comes before;
 * `onDamage` is then called.
 */
export function* unpackEntry(archive: Uint8Array, entry: ZipEntry, onDamage: () => void): Generator<Uint8Array> {
  const packed = packedBytes(archive, entry);
  let checksum = 0;
  let size = 0;
  let isSound = packed !== undefined;
  for (const piece of packed === undefined ? [] : inflated(packed, entry.method)) {
    if (piece === undefined) {
      isSound = false;
      break;
    }
    const rest = entry.size - size;
    const part = piece.length > rest ? piece.subarray(0, rest) : piece;
    checksum = crc32(checksum, part);
    size += part.length;
    if (part.length > 0) yield part;
    if (part.length < piece.length) {
      isSound = false;
      break;
    }
  }
  if (!isSound || size !== entry.size || checksum !== entry.checksum) onDamage();
}

function packedBytes(archive: Uint8Array, { offset, packedSize }: ZipEntry): Uint8Array | undefined {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  if (offset < 0 || offset + 30 > archive.length || view.getUint32(offset, true) !== FILE) return undefined;
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  return start + packedSize > archive.length ? undefined : archive.subarray(start, start + packedSize);
}

/** The pieces of what was packed; `undefined` where it is damaged. */
function* inflated(packed: Uint8Array, method: number): Generator<Uint8Array | undefined> {
  if (method === 0) {
    for (let at = 0; at < packed.length; at += PIECE) yield packed.subarray(at, at + PIECE);
    return;
  }
  const found: Uint8Array[] = [];
  const inflate = new Inflate((piece) => found.push(piece));
  for (let at = 0; at === 0 || at < packed.length; at += PIECE) {
    try {
      inflate.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    } catch {
      yield* found.splice(0);
      yield undefined;
      return;
    }
    yield* found.splice(0);
  }
}
