import type { User } from "../model/user.ts";
import { type Blanks, fillView, readView, type UserView } from "../model/user-view.ts";
import { type PackedAddresses, TableAddresses } from "./address-index.ts";
import { ByteStore, type PackedBytes } from "./byte-store.ts";
import { NumberList } from "./number-list.ts";
import { RowReader } from "./row-reader.ts";
import { RowWriter } from "./row-writer.ts";
import { TextPool } from "./text-pool.ts";
import { type CodeSet, isOrdinary, typeOf, type UserOutline } from "./user-row.ts";

/** Rows begin at multiples of four bytes: 32 bits tell where, in up to 16 GiB. */
const ALIGNMENT_BITS = 2;
/** How many folders and organizations are kept once; what is in others is kept whole. */
const MOST_PARTS = 65_535;

/** A {@link UserTable} as plain data: what a thread hands over. */
export interface PackedUsers {
  readonly store: PackedBytes;
  readonly rows: readonly Uint32Array<ArrayBuffer>[];
  readonly size: number;
  readonly counts: Uint32Array<ArrayBuffer>;
  readonly parts: readonly Uint8Array[];
  readonly addresses: PackedAddresses;
}

/**
 * Very many users in little memory: each a row of bytes, from which a `User` is made when it is looked at, and their addresses.
 *
 * A row (`user-row.ts`) says what is a user's alone; addresses, domains, folders and organizations are kept once. It
 * moves between threads without being copied.
 */
export class UserTable {
  /** The addresses of the users, and who claims them. */
  readonly addresses: TableAddresses;
  readonly #parts: TextPool;
  readonly #store: ByteStore;
  readonly #writer: RowWriter;
  readonly #reader: RowReader;
  /** Where each row begins. */
  readonly #rows: NumberList;
  #size: number;
  /** How many texts of each code the rows have, blank ones aside. */
  readonly #counts: Uint32Array<ArrayBuffer>;

  constructor(packed?: PackedUsers) {
    this.addresses = new TableAddresses(packed?.addresses);
    this.#parts = new TextPool(MOST_PARTS, packed?.parts);
    this.#store = packed === undefined ? new ByteStore(ALIGNMENT_BITS) : ByteStore.unpack(ALIGNMENT_BITS, packed.store);
    this.#writer = new RowWriter(this.addresses, this.#parts);
    this.#reader = new RowReader(this.addresses, this.#parts);
    this.#rows = new NumberList(packed?.rows);
    this.#size = packed?.size ?? 0;
    this.#counts = packed?.counts ?? new Uint32Array(256);
  }

  /** Gives the rows as plain data; the table is not to be used any more if they are handed to another thread. */
  pack(): PackedUsers {
    return {
      store: this.#store.pack(),
      rows: this.#rows.pack(),
      size: this.#size,
      counts: this.#counts,
      parts: this.#parts.pack(),
      addresses: this.addresses.pack(),
    };
  }

  /** Makes a table of what {@link pack} gave, without copying it. */
  static unpack(packed: PackedUsers): UserTable {
    return new UserTable(packed);
  }

  get size(): number {
    return this.#size;
  }

  /** How many bytes the users take, with their addresses. */
  get byteLength(): number {
    return this.#store.byteLength + this.#size * Uint32Array.BYTES_PER_ELEMENT + this.addresses.byteLength;
  }

  /** How many texts of a code the rows have, blank ones aside. */
  countOf(code: number): number {
    return this.#counts[code] ?? 0;
  }

  /** Appends the user that a view shows. */
  add(view: UserView): void {
    const segment = this.#store.reserve(RowWriter.bound(view));
    this.#rows.set(this.#size, this.#store.position);
    this.#store.end = this.#writer.write(view, this.#size, segment, this.#store.end);
    this.#size++;
    const { codes, starts, entries } = view;
    for (let entry = 0; entry < entries; entry++) {
      if (starts[entry] === starts[entry + 1]) continue;
      const code = codes[entry] ?? 0;
      this.#counts[code] = (this.#counts[code] ?? 0) + 1;
    }
  }

  /** Appends a user that is at hand as an object. */
  addUser(user: User, part: number, scratch: UserView): void {
    fillView(scratch, user);
    scratch.part = part;
    this.add(scratch);
  }

  /** Shows a row in a view. */
  show(index: number, view: UserView): UserView {
    const row = this.#rowOf(index);
    return this.#reader.show(this.#store.segment(row), this.#store.offset(row), view);
  }

  /** Shows of a row the texts of some codes ({@link codeSet}); the view may have the distinguished name besides. */
  showOnly(index: number, codes: CodeSet, view: UserView): UserView {
    const row = this.#rowOf(index);
    return this.#reader.show(this.#store.segment(row), this.#store.offset(row), view, codes);
  }

  /** Tells what a row is about, without its texts. */
  outline(index: number, outline: UserOutline): UserOutline {
    const row = this.#rowOf(index);
    return this.#reader.outline(this.#store.segment(row), this.#store.offset(row), outline);
  }

  /** The type of the object of a row. */
  typeOf(index: number): number {
    return typeOf(this.#firstOf(index));
  }

  /** Whether a row is of a person of whom, taken alone, there is nothing to say. */
  isOrdinary(index: number): boolean {
    return isOrdinary(this.#firstOf(index));
  }

  #firstOf(index: number): number {
    const row = this.#rowOf(index);
    return this.#store.segment(row)[this.#store.offset(row)] ?? 0;
  }

  #rowOf(index: number): number {
    if (index < 0 || index >= this.#size) throw new RangeError(`no object ${index} in a directory of ${this.#size}`);
    return this.#rows.get(index);
  }

  /** Makes the user of a row; `names` are those of the sources, and `blanks` what their users have where there is nothing. */
  user(index: number, names: readonly string[], view: UserView, blanks: readonly Blanks[] = []): User {
    this.show(index, view);
    return readView(view, names[view.part] ?? "", blanks[view.part]);
  }
}
