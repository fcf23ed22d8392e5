import { Parser } from "saxen";
import { ownValue } from "./own-value.ts";

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
 * @throws XmlError where it is no XML, or goes on in another way than XML does.
 */
export function* readXml(pieces: Iterable<Uint8Array>, { open, close, text }: XmlHandler): Generator<void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const parser = new Parser();
  let unread = 0;
  parser.on("openTag", (name, attributes) => {
    unread = 0;
    open?.(bareName(name), (wanted) => {
      const found = ownValue(attributes(), wanted);
      return found === undefined ? undefined : decodeReferences(found);
    });
  });
  parser.on("closeTag", (name) => {
    unread = 0;
    close?.(bareName(name));
  });
  parser.on("text", (found) => text?.(decodeReferences(found)));
  parser.on("cdata", (found) => text?.(found));
  parser.on("attention", () => {
    throw new XmlError("it declares entities, which no workbook does");
  });
  parser.on("error", ({ message }) => {
    throw new XmlError(message);
  });
  for (const piece of pieces) {
    unread += piece.length;
    if (unread > LONGEST_TOKEN + piece.length) throw new XmlError("a text in it has no end");
    parser.write(decode(decoder, piece));
    yield;
  }
  parser.write(decode(decoder));
  parser.end();
}

function decode(decoder: TextDecoder, piece?: Uint8Array): string {
  try {
    return decoder.decode(piece, { stream: piece !== undefined });
  } catch {
    throw new XmlError("it is no UTF-8");
  }
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
