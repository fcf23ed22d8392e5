import * as z from "zod/mini";
import { decodeBase64, encodeBase64 } from "../text/base64.ts";

/** The attributes that are the source anchor as a rule; any other can be it too. */
export const usualSourceAnchors = ["objectGUID", "mS-DS-ConsistencyGuid"] as const;

/** Stands for the attribute that is told from the ImmutableIds online; objectGUID is read. */
export const TOLD_ANCHOR = "told";

const ATTRIBUTE = "the name of an attribute of Active Directory";

/** The attribute that is the source anchor: letters, digits and hyphens (RFC 4512 section 1.4). */
export const sourceAnchorAttributeSchema = z.string(ATTRIBUTE).check(z.regex(/^[A-Za-z][A-Za-z0-9-]*$/, ATTRIBUTE));

/** The attribute that is the source anchor. */
export type SourceAnchorAttribute = z.infer<typeof sourceAnchorAttributeSchema>;

/**
 * Gives the source anchor of an objectGUID in bytes: base64 of the 16 bytes as Active Directory stores them, and so the
 * online ImmutableId. `undefined` unless there are exactly 16 bytes.
 *
 * Source: MicrosoftDocs/entra-docs, plan-connect-design-concepts (sourceAnchor).
 */
export function sourceAnchorFromBytes(bytes: Uint8Array): string | undefined {
  return bytes.length === 16 ? encodeBase64(bytes) : undefined;
}

/**
 * Gives the source anchor of an objectGUID in text, with or without braces. The first three groups of the text are
 * numbers, which Active Directory stores with the lowest byte first.
 *
 * @example
 * ```ts
 * sourceAnchorFromText("00112233-4455-6677-8899-aabbccddeeff"); // "MyIRAFVEd2aImaq7zN3u/w=="
 * ```
 */
export function sourceAnchorFromText(text: string): string | undefined {
  const groups = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i.exec(text.trim());
  if (groups === null) return undefined;
  const [, first = "", second = "", third = "", fourth = "", fifth = ""] = groups;
  const bytes = [first, second, third].flatMap((group) => hexBytes(group).reverse());
  return encodeBase64(Uint8Array.from([...bytes, ...hexBytes(fourth + fifth)]));
}

/** Gives the GUID text of a source anchor that is one: the inverse of {@link sourceAnchorFromText}. */
export function guidFromSourceAnchor(anchor: string): string | undefined {
  const bytes = decodeBase64(anchor);
  if (bytes?.length !== 16) return undefined;
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = order.map((index) => (bytes[index] ?? 0).toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function hexBytes(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}
