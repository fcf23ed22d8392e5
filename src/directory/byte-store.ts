/** A segment is 2^22 bytes, so that a position tells segment and offset. */
const SEGMENT_BITS = 22;
const SEGMENT_SIZE = 2 ** SEGMENT_BITS;
const OFFSET_MASK = SEGMENT_SIZE - 1;
const FIRST_SIZE = 64 * 1024;

/** A {@link ByteStore} as plain data: what a thread hands over. */
export interface PackedBytes {
  readonly segments: readonly Uint8Array<ArrayBuffer>[];
  readonly end: number;
}

/**
 * Pieces of bytes one behind the other, as many as memory holds, each whole in one segment. 32 bits tell where a piece is:
 * the number of its segment, and the offset in it in units of the alignment.
 */
export class ByteStore {
  readonly #alignmentBits: number;
  #segments: Uint8Array<ArrayBuffer>[] = [];
  /** Where the next piece begins in the last segment. */
  end = SEGMENT_SIZE;

  /** Pieces begin at multiples of 2^`alignmentBits` bytes; the store holds 4 GiB times that. */
  constructor(alignmentBits: number) {
    this.#alignmentBits = alignmentBits;
  }

  /** Gives the bytes as plain data; the store is not to be used any more if they are handed to another thread. */
  pack(): PackedBytes {
    return { segments: this.#segments, end: this.end };
  }

  /** Makes a store of what {@link pack} gave, without copying it. */
  static unpack(alignmentBits: number, { segments, end }: PackedBytes): ByteStore {
    const store = new ByteStore(alignmentBits);
    store.#segments = [...segments];
    store.end = end;
    return store;
  }

  /** How many bytes are kept. */
  get byteLength(): number {
    const full = this.#segments.slice(0, -1).reduce((sum, segment) => sum + segment.length, 0);
    return this.#segments.length === 0 ? 0 : full + this.end;
  }

  /** The segment that a position is in. */
  segment(position: number): Uint8Array {
    return this.#segments[position >>> (SEGMENT_BITS - this.#alignmentBits)] ?? NO_BYTES;
  }

  /** Where in its segment a position is. */
  offset(position: number): number {
    return (position << this.#alignmentBits) & OFFSET_MASK;
  }

  /** The position of the next piece, good when room for it was made. */
  get position(): number {
    const number = this.#segments.length - 1;
    return ((number << (SEGMENT_BITS - this.#alignmentBits)) | (this.end >>> this.#alignmentBits)) >>> 0;
  }

  /** Makes room for a piece of so many bytes at most; gives the segment to write it into, at `end`, which is then to be moved. */
  reserve(length: number): Uint8Array {
    const mask = (1 << this.#alignmentBits) - 1;
    this.end = (this.end + mask) & ~mask;
    const last = this.#segments.at(-1);
    // What is left of a segment of one long piece is too far in for a position.
    if (last !== undefined && this.end + length <= last.length && this.end < SEGMENT_SIZE) return last;
    // Small directories take little: the first segment begins small and is replaced by larger ones.
    if (
      last !== undefined &&
      this.#segments.length === 1 &&
      last.length < SEGMENT_SIZE &&
      this.end + length <= SEGMENT_SIZE
    ) {
      const larger = new Uint8Array(Math.min(SEGMENT_SIZE, Math.max(4 * last.length, this.end + length)));
      larger.set(last);
      this.#segments[0] = larger;
      return larger;
    }
    if (this.#segments.length === 2 ** (32 - SEGMENT_BITS + this.#alignmentBits)) {
      throw new RangeError(`one directory cannot hold more than ${4 << this.#alignmentBits} GiB`);
    }
    const segment = new Uint8Array(Math.max(length, this.#segments.length === 0 ? FIRST_SIZE : SEGMENT_SIZE));
    this.#segments.push(segment);
    this.end = 0;
    return segment;
  }
}

const NO_BYTES = new Uint8Array(0);

/** Writes a number below 2^31, seven bits a byte; gives the offset behind it. */
export function writeNumber(bytes: Uint8Array, offset: number, value: number): number {
  let at = offset;
  let rest = value;
  while (rest > 127) {
    bytes[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

/** Reads numbers that {@link writeNumber} wrote, one behind the other. */
export class NumberReader {
  bytes: Uint8Array = NO_BYTES;
  at = 0;

  next(): number {
    let byte = this.bytes[this.at++] ?? 0;
    if (byte < 128) return byte;
    let value = byte & 127;
    for (let shift = 7; byte >= 128; shift += 7) {
      byte = this.bytes[this.at++] ?? 0;
      value |= (byte & 127) << shift;
    }
    return value;
  }
}
