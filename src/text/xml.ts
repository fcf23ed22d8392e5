/** Takes what stands in XML, in its order; names come without their namespace. */
export interface XmlHandler {
  readonly open?: (name: string, attribute: (name: string) => string | undefined) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** XML that cannot be read; the message is a part of a sentence. */
export class XmlError extends Error {
  override readonly name = "XmlError";
}

/** A text or a tag may be so long: a cell of Excel holds 32,767 characters. */
const LONGEST_TOKEN = 1024 * 1024;

/**
 * Reads XML in UTF-8 piece by piece, and yields after each. Nothing is expanded but character references and the five names
 * that XML itself has: a document that declares its own is refused.
 *
 * Small, because workbooks are written by programs: every element must be closed where it was opened, and what a tag holds
 * beside its attributes does not count.
 *
 * @throws XmlError where it is no XML, or goes on in another way than XML does.
 */
export function* readXml(pieces: Iterable<Uint8Array>, handler: XmlHandler): Generator<void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = new XmlReader(handler);
  for (const piece of pieces) {
    reader.read(decode(decoder, piece));
    yield;
  }
  reader.read(decode(decoder));
  reader.end();
}

function decode(decoder: TextDecoder, piece?: Uint8Array): string {
  try {
    return decoder.decode(piece, { stream: piece !== undefined });
  } catch {
    throw new XmlError("it is no UTF-8");
  }
}

/** What is no element and no text: how it begins and ends. */
const OTHERS = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
] as const;

class XmlReader {
  readonly #handler: XmlHandler;
  readonly #opened: string[] = [];
  /** What is not read yet. */
  #rest = "";
  #hasRoot = false;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  read(text: string): void {
    const all = this.#rest + text;
    let at = 0;
    for (;;) {
      const tag = all.indexOf("<", at);
      const end = tag < 0 ? -1 : this.#takeMarkup(all, at, tag);
      if (end < 0) break;
      at = end;
    }
    this.#rest = all.slice(at);
    if (this.#rest.length > LONGEST_TOKEN) throw new XmlError("a text in it has no end");
  }

  end(): void {
    if (this.#opened.length > 0 || !this.#hasRoot || this.#rest.trim() !== "") throw new XmlError("it has no end");
  }

  /** Takes a text and what stands behind it between angle brackets; gives the offset behind that, or -1 if it is cut. */
  #takeMarkup(all: string, start: number, tag: number): number {
    const other = OTHERS.find(([begin]) => all.startsWith(begin, tag));
    const [begin, ending] = other ?? ["<", ">"];
    const end = other === undefined ? endOfTag(all, tag) : all.indexOf(ending, tag + begin.length);
    if (end < 0) return -1;
    if (tag > start && this.#opened.length > 0) this.#handler.text?.(decodeReferences(all.slice(start, tag)));
    const inner = all.slice(tag + begin.length, end);
    if (begin === "<![CDATA[") this.#handler.text?.(inner);
    else if (other === undefined) this.#takeTag(inner);
    return end + ending.length;
  }

  #takeTag(inner: string): void {
    if (inner.startsWith("!")) throw new XmlError("it declares entities, which no workbook does"); // <!DOCTYPE
    if (inner.startsWith("/")) {
      this.#close(inner.slice(1).trim());
      return;
    }
    const [name = ""] = /^[^\s/]+/.exec(inner) ?? [];
    if (name === "" || (this.#hasRoot && this.#opened.length === 0)) throw new XmlError("it is no XML");
    this.#hasRoot = true;
    this.#opened.push(name);
    this.#handler.open?.(bareName(name), (wanted) => attributeOf(inner, wanted));
    if (inner.endsWith("/")) this.#close(name);
  }

  #close(name: string): void {
    if (this.#opened.pop() !== name) throw new XmlError("it is no XML");
    this.#handler.close?.(bareName(name));
  }
}

/** Where a tag ends: not in what it quotes. */
function endOfTag(all: string, tag: number): number {
  let quote = "";
  for (let at = tag + 1; at < all.length; at++) {
    const character = all.charAt(at);
    if (character === quote) quote = "";
    else if (quote !== "") continue;
    else if (character === ">") return at;
    else if (character === '"' || character === "'") quote = character;
  }
  return -1;
}

function attributeOf(tag: string, wanted: string): string | undefined {
  let start = 0;
  for (let equals = tag.indexOf("="); equals >= 0; equals = tag.indexOf("=", start)) {
    const name = tag.slice(start, equals).trim();
    const opening = equals + 1 + (/^\s{0,9}/.exec(tag.slice(equals + 1, equals + 10))?.[0].length ?? 0);
    const closing = tag.indexOf(tag.charAt(opening), opening + 1);
    if (closing < 0) return undefined;
    // The first one stands behind the name of the element.
    if (name.split(/\s/).at(-1) === wanted) return decodeReferences(tag.slice(opening + 1, closing));
    start = closing + 1;
  }
  return undefined;
}

function bareName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["apos", "'"],
  ["gt", ">"],
  ["lt", "<"],
  ["quot", '"'],
]);

function decodeReferences(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMES.get(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
