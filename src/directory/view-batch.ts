import type { UserView } from "../model/user-view.ts";
import { NumberReader, writeNumber } from "./byte-store.ts";
import { readFlags, writeFlags } from "./user-row.ts";

const FIRST_SIZE = 64 * 1024;
/** What is said of a user besides his texts takes so many bytes at most, and each text so many besides its own. */
const LONGEST_HEAD = 32;
const LONGEST_LENGTH = 6;

/** Users as bytes, one behind the other, to be handed from one thread to another. */
export class ViewBatch {
  bytes: Uint8Array = new Uint8Array(FIRST_SIZE);
  length = 0;

  /** Empties the batch, to be filled anew. */
  clear(): void {
    this.length = 0;
  }

  /** Appends the user that a view shows; which source he is from is not said. */
  add(view: UserView): void {
    const { codes, starts, entries } = view;
    const first = starts[0] ?? 0;
    const textLength = (starts[entries] ?? 0) - first;
    this.#reserve(LONGEST_HEAD + (1 + LONGEST_LENGTH) * entries + textLength);
    const { bytes } = this;
    let at = writeFlags(view, bytes, this.length);
    at = writeNumber(bytes, at, view.record);
    at = writeNumber(bytes, at, view.line);
    at = writeNumber(bytes, at, entries);
    for (let entry = 0; entry < entries; entry++) {
      bytes[at++] = codes[entry] ?? 0;
      at = writeNumber(bytes, at, (starts[entry + 1] ?? 0) - (starts[entry] ?? 0));
    }
    bytes.set(view.bytes.subarray(first, first + textLength), at);
    this.length = at + textLength;
  }

  #reserve(length: number): void {
    const needed = this.length + length;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(2 * needed);
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}

/** Shows the users of a batch one after the other, in a view that is good until the next one. */
export function showViews(bytes: Uint8Array, view: UserView, take: (view: UserView) => void): void {
  const numbers = new NumberReader();
  numbers.bytes = bytes;
  view.bytes = bytes;
  while (numbers.at < bytes.length) {
    readFlags(numbers, view);
    view.record = numbers.next();
    view.line = numbers.next();
    const entries = numbers.next();
    view.allow(entries);
    const { codes, starts } = view;
    view.entries = entries;
    let end = 0;
    starts[0] = 0;
    for (let entry = 0; entry < entries; entry++) {
      codes[entry] = bytes[numbers.at++] ?? 0;
      end += numbers.next();
      starts[entry + 1] = end;
    }
    // The texts begin where the numbers end.
    for (let entry = 0; entry <= entries; entry++) starts[entry] = (starts[entry] ?? 0) + numbers.at;
    numbers.at += end;
    take(view);
  }
}
