import { FIRST_ADDRESS, fieldCodes, type UserView } from "../model/user-view.ts";
import { BLANK, EXOTIC, NO_ADDRESS, type TableAddresses } from "./address-index.ts";
import { NumberReader } from "./byte-store.ts";
import { packings } from "./packed-text.ts";
import type { TextPool } from "./text-pool.ts";
import {
  AFTER,
  BINARY,
  codeOf,
  EMPTY,
  EVERY_CODE,
  FURTHER,
  NAME_PREFIX,
  NUMBER,
  PART,
  RAW,
  RESPELLED,
  readFlags,
  readOutlineFlags,
  STRANGE,
  UserOutline,
  unfold,
} from "./user-row.ts";

/** Reads rows. */
export class RowReader {
  readonly #addresses: TableAddresses;
  readonly #parts: TextPool;
  readonly #numbers = new NumberReader();
  readonly #outline = new UserOutline();
  // What is being read into a view.
  #to: Uint8Array = new Uint8Array(0);
  #end = 0;
  #base = -1;
  #name = -1;

  constructor(addresses: TableAddresses, parts: TextPool) {
    this.#addresses = addresses;
    this.#parts = parts;
  }

  /** Tells what a row is about, without its texts. */
  outline(row: Uint8Array, offset: number, outline: UserOutline): UserOutline {
    const numbers = this.#numbers;
    numbers.bytes = row;
    numbers.at = offset;
    readOutlineFlags(numbers, outline);
    numbers.next();
    numbers.next();
    numbers.next();
    this.#readHeads(outline);
    outline.row = row;
    outline.textsAt = numbers.at;
    return outline;
  }

  /** Reads what each text is, how it is kept, and the numbers of addresses. */
  #readHeads(outline: UserOutline): void {
    const numbers = this.#numbers;
    const entries = numbers.next();
    if (entries > outline.codes.length) {
      outline.codes = new Uint8Array(2 * entries);
      outline.numbers = new Int32Array(2 * entries);
      outline.kinds = new Uint8Array(2 * entries);
    }
    outline.entries = entries;
    const row = numbers.bytes;
    const heads = numbers.at;
    numbers.at = heads + entries;
    const { codes, numbers: own, kinds } = outline;
    let previous = 0;
    for (let entry = 0; entry < entries; entry++) {
      const head = row[heads + entry] ?? 0;
      const kind = head >> 5;
      codes[entry] = codeOf(head);
      kinds[entry] = kind;
      if (kind === NUMBER || kind === RESPELLED) own[entry] = previous += unfold(numbers.next());
      else own[entry] = kind === EMPTY ? BLANK : kind === STRANGE ? EXOTIC : NO_ADDRESS;
    }
  }

  /** Shows a row in a view: all its texts, or only those whose codes are among some. */
  show(row: Uint8Array, offset: number, view: UserView, wanted = EVERY_CODE): UserView {
    const numbers = this.#numbers;
    const outline = this.#outline;
    numbers.bytes = row;
    numbers.at = offset;
    readFlags(numbers, view);
    view.part = numbers.next();
    view.record = numbers.next();
    view.line = view.record + unfold(numbers.next());
    this.#readHeads(outline);
    const { codes, numbers: own, kinds, entries } = outline;
    view.entries = 0;
    view.starts[0] = 0;
    this.#base = this.#name = -1;
    for (let entry = 0; entry < entries && this.#base < 0; entry++) {
      if (kinds[entry] === NUMBER) this.#base = own[entry] ?? -1;
    }
    for (let entry = 0; entry < entries; entry++) {
      const kind = kinds[entry] ?? RAW;
      const told = codes[entry] ?? 0;
      const code = told === FURTHER ? (row[numbers.at++] ?? 0) : told;
      if (wanted[code] === 0) {
        this.#skip(code, kind);
        continue;
      }
      this.#readText(view, code, kind, own[entry] ?? 0);
    }
    return view;
  }

  /** Passes over a text. */
  #skip(code: number, kind: number): void {
    const numbers = this.#numbers;
    if (kind === NUMBER || kind === EMPTY) return;
    if (kind === BINARY) {
      numbers.at += packings[code]?.byteLength ?? 0;
      return;
    }
    if (kind === PART || kind === AFTER) numbers.next();
    if (kind === PART && code >= FIRST_ADDRESS) numbers.next();
    const length = numbers.next();
    numbers.at += length;
  }

  /** Appends a text to a view. */
  #readText(view: UserView, code: number, kind: number, number: number): void {
    this.#end = view.starts[view.entries] ?? 0;
    this.#to = view.bytes;
    const start = this.#end;
    switch (kind) {
      case EMPTY:
        break;
      case NUMBER: {
        const address = this.#addresses.open(number);
        this.#reserve(view, address.wholeLength);
        this.#end = address.copy(this.#to, start);
        break;
      }
      case AFTER:
        this.#copyShared(view, code, this.#numbers.next());
        this.#copyBytes(view);
        break;
      case BINARY:
        this.#readBinary(view, code);
        break;
      case PART:
        this.#readPart(view, code);
        break;
      default:
        this.#copyBytes(view);
    }
    if (code === fieldCodes.distinguishedName && kind !== EMPTY) this.#name = start + NAME_PREFIX;
    view.reserve(0);
    view.codes[view.entries] = code;
    view.starts[++view.entries] = this.#end;
  }

  #readBinary(view: UserView, code: number): void {
    const numbers = this.#numbers;
    this.#reserve(view, 40);
    const packing = packings[code];
    if (packing === undefined) return;
    this.#end = packing.unpack(numbers.bytes, numbers.at, this.#to, this.#end);
    numbers.at += packing.byteLength;
  }

  #readPart(view: UserView, code: number): void {
    const part = this.#parts.text(this.#numbers.next());
    if (code === fieldCodes.distinguishedName) {
      this.#copyBytes(view);
      this.#copy(view, part, 0, part.length);
    } else {
      this.#copy(view, part, 0, part.length);
      this.#copyShared(view, code, this.#numbers.next());
      this.#copyBytes(view);
    }
  }

  /** Copies the beginning that a text shares with another one. */
  #copyShared(view: UserView, code: number, length: number): void {
    if (length === 0) return;
    this.#reserve(view, length);
    if (code === fieldCodes.displayName) this.#copy(view, this.#to, this.#name, length);
    else this.#end = this.#addresses.open(this.#base).copyStart(this.#to, this.#end, length);
  }

  #copyBytes(view: UserView): void {
    const numbers = this.#numbers;
    const length = numbers.next();
    this.#copy(view, numbers.bytes, numbers.at, length);
    numbers.at += length;
  }

  #copy(view: UserView, from: Uint8Array, start: number, length: number): void {
    this.#reserve(view, length);
    const to = this.#to;
    let at = this.#end;
    for (let index = 0; index < length; index++) to[at++] = from[start + index] ?? 0;
    this.#end = at;
  }

  /** Makes room in the view for so many bytes more. */
  #reserve(view: UserView, length: number): void {
    if (this.#end + length <= this.#to.length) return;
    view.reserve(this.#end - (view.starts[view.entries] ?? 0) + length);
    this.#to = view.bytes;
  }
}
