import { GrowingBytes } from "./bytes.ts";

/** What a JSON document has on top: a member, or that one is a list, and then each of its items. */
export type JsonMember =
  | { readonly type: "member" | "item"; readonly name: string; readonly value: unknown }
  | { readonly type: "list"; readonly name: string };

const BACKSLASH = 92;
const COLON = 58;
const COMMA = 44;
const QUOTE = 34;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
/** White space, and the byte order mark of UTF-8. */
const BEFORE_DOCUMENT: ReadonlySet<number> = new Set([9, 10, 13, 32, 0xef, 0xbb, 0xbf]);

/**
 * Reads an object in JSON of any length: a document that was written piece by piece may be longer than a string can be. Lists are
 * given item by item. Only the members asked for are read; of the others no more is looked at than where they end.
 *
 * @throws SyntaxError if what is read is not JSON, or the document is no object or is cut.
 */
export async function* readJsonMembers(
  pieces: AsyncIterable<Uint8Array>,
  wanted: ReadonlySet<string>,
): AsyncGenerator<JsonMember> {
  const reader = new MemberReader(wanted);
  for await (const piece of pieces) yield* reader.read(piece);
  reader.end();
}

class MemberReader {
  readonly #wanted: ReadonlySet<string>;
  /** What was read of the member or the item at hand. */
  readonly #text = new GrowingBytes();
  readonly #decoder = new TextDecoder();
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** The member at hand, once its name is known. */
  #name: string | undefined;
  #isList = false;
  #items = 0;
  #isOver = false;

  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted;
  }

  *read(piece: Uint8Array): Generator<JsonMember> {
    let start = 0;
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at];
      if (this.#isInString) {
        this.#passCharacter(byte);
      } else if (byte === QUOTE) {
        this.#isInString = true;
      } else if (this.#isMark(byte)) {
        this.#keep(piece.subarray(start, at));
        start = yield* this.#passMark(byte, at);
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        this.#depth++;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.#depth--;
      }
    }
    this.#keep(piece.subarray(start));
  }

  end(): void {
    if (!this.#isOver) throw new SyntaxError("the document is cut, or no object");
    if (this.#takeText().trim() !== "") throw new SyntaxError("something stands behind the end of the document");
  }

  /** Goes on within a string. */
  #passCharacter(byte: number | undefined): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) this.#isInString = false;
  }

  /** What ends a member, an item or a name, or begins the document or a list. */
  #isMark(byte: number | undefined): boolean {
    if (this.#isOver) return false;
    if (this.#depth === 0) return true;
    if (this.#depth === 2 && this.#isList) return byte === COMMA || byte === CLOSE_BRACKET;
    if (this.#depth > 1) return false;
    if (byte === COMMA || byte === CLOSE_BRACE) return true;
    return this.#name === undefined ? byte === COLON : byte === OPEN_BRACKET;
  }

  /** Goes on behind a mark; gives where what is kept begins. */
  *#passMark(byte: number | undefined, at: number): Generator<JsonMember, number> {
    if (this.#depth === 0) {
      this.#begin(byte);
    } else if (this.#depth === 2) {
      yield* this.#endItem(byte === CLOSE_BRACKET);
    } else if (byte === COLON) {
      this.#name = String(JSON.parse(this.#takeText()));
    } else if (byte === OPEN_BRACKET) {
      this.#depth = 2;
      const name = this.#name ?? "";
      if (!this.#wanted.has(name)) return at;
      if (this.#takeText().trim() !== "") throw new SyntaxError(`"${name}" is no list`);
      this.#isList = true;
      this.#items = 0;
      yield { type: "list", name };
    } else {
      yield* this.#endMember(byte === CLOSE_BRACE);
    }
    return at + 1;
  }

  #begin(byte: number | undefined): void {
    if (byte === OPEN_BRACE) this.#depth = 1;
    else if (byte === undefined || !BEFORE_DOCUMENT.has(byte)) throw new SyntaxError("it is no object in JSON");
  }

  *#endItem(isLast: boolean): Generator<JsonMember> {
    const text = this.#takeText();
    if (!isLast || this.#items > 0 || text.trim() !== "") {
      yield { type: "item", name: this.#name ?? "", value: JSON.parse(text) };
      this.#items++;
    }
    if (!isLast) return;
    this.#depth = 1;
  }

  *#endMember(isLast: boolean): Generator<JsonMember> {
    const name = this.#name;
    const text = this.#takeText();
    if (name !== undefined && this.#isList) {
      if (text.trim() !== "") throw new SyntaxError(`something stands behind the list "${name}"`);
    } else if (name !== undefined && this.#wanted.has(name)) {
      yield { type: "member", name, value: JSON.parse(text) };
    } else if (name === undefined && text.trim() !== "") {
      throw new SyntaxError("a member has no value");
    }
    this.#name = undefined;
    this.#isList = false;
    if (!isLast) return;
    this.#depth = 0;
    this.#isOver = true;
  }

  #keep(bytes: Uint8Array): void {
    if (this.#name === undefined || this.#wanted.has(this.#name)) this.#text.append(bytes);
  }

  #takeText(): string {
    const text = this.#decoder.decode(this.#text.bytes());
    this.#text.truncate(0);
    return text;
  }
}
