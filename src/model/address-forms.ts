/** Several addresses in one value, where it is cut, and its parts. */
export interface SeveralAddresses {
  /** Offset of the first `;` or `,` between two of them. */
  readonly separator: number;
  readonly parts: readonly string[];
}

/** Takes a value apart that holds several addresses, separated by `;` or `,`; `undefined` if it does not. */
export function severalAddressesIn(text: string): SeveralAddresses | undefined {
  const separator = text.search(/[;,]/);
  if (separator < 0) return undefined;
  const parts = text.split(/[;,]/).map((part) => part.trim());
  const addresses = parts.filter((part) => part !== "");
  if (addresses.length < 2 || !addresses.every((part) => /^[^@]+@[^@]+$/.test(part))) return undefined;
  return { separator, parts: addresses };
}

/** The address inside `Name <address>`, and where it begins; `undefined` if the text is not of this form. */
export function displayFormOf(text: string): { readonly address: string; readonly start: number } | undefined {
  const [, before = "", address = ""] = /^([^<>]*<)([^<>]+)>$/.exec(text.trimEnd()) ?? [];
  return /.@./s.test(address) ? { address, start: before.length } : undefined;
}

/** A type of address with its colon at the beginning of a text that should have none; else blank. */
export function typeInFrontOf(text: string): string {
  return /^(?:smtp|mailto|sip|x500|x400|eum):/i.exec(text)?.[0] ?? "";
}
