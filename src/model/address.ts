import * as z from "zod/mini";

/** One value of proxyAddresses, `TYPE:address`. */
export const proxyAddressSchema = z
  .object({
    type: z
      .string()
      .check(z.describe("Address type in upper case (SMTP, SIP, X500 …); empty if the value had no prefix.")),
    address: z.string().check(z.describe("What follows the colon, as written.")),
    primary: z
      .boolean()
      .check(z.describe("Whether the prefix was written in capitals: the primary address of its type.")),
  })
  .check(z.describe("One value of proxyAddresses."));

/** One value of proxyAddresses: type in upper case, address as written, and whether it is the primary of its type. */
export type ProxyAddress = Readonly<z.infer<typeof proxyAddressSchema>>;

/** A mailbox address taken apart. */
export interface SmtpAddress {
  /** As written. */
  readonly address: string;
  readonly localPart: string;
  readonly domain: string;
  /** For comparison: {@link addressKey}. */
  readonly key: string;
}

/**
 * Takes a value of proxyAddresses apart.
 *
 * A prefix in capitals marks the primary address of its type; any other spelling (`smtp:`, `Smtp:`) a secondary one.
 * White space around the whole value is dropped, as the synchronization does; white space after the colon is kept, because
 * the service discards such an address (SupportArticles-docs, troubleshoot-aad-connect-objects-attributes).
 */
export function parseProxyAddress(value: string): ProxyAddress {
  const text = value.trim();
  const prefix = /^[=A-Za-z][A-Za-z0-9_.-]{0,31}(?=:)/.exec(text)?.[0];
  if (prefix === undefined) return { type: "", address: text, primary: false };
  const type = prefix.toUpperCase();
  return { type, address: text.slice(prefix.length + 1), primary: prefix === type };
}

/** Writes a value of proxyAddresses: the inverse of {@link parseProxyAddress}. */
export function formatProxyAddress({ type, address, primary }: ProxyAddress): string {
  if (type === "") return address;
  return `${primary ? type : type.toLowerCase()}:${address}`;
}

/**
 * Takes a mailbox address apart, or returns `undefined` where the text cannot be one.
 *
 * Asks for one `@` with something on both sides and refuses white space and the characters that the service discards:
 * `< > ( ) ; , [ ] "` (microsoft-365-docs, prepare-for-directory-synchronization).
 */
export function parseSmtpAddress(text: string): SmtpAddress | undefined {
  const at = text.indexOf("@");
  if (at <= 0 || at === text.length - 1 || text.includes("@", at + 1)) return undefined;
  if (/[\s<>();,[\]":]/.test(text)) return undefined;
  const key = addressKey(text);
  return { address: text, localPart: text.slice(0, at), domain: key.slice(at + 1), key };
}

/**
 * Gives the form in which two addresses, UPNs or domains are compared.
 *
 * Case does not count: proxyAddresses and userPrincipalName are case-insensitive strings in the AD schema
 * (MicrosoftDocs/win32, a-proxyaddresses).
 */
export function addressKey(text: string): string {
  return text.toLowerCase();
}

/** Sorts addresses: without regard to case, and by code unit where only case differs. */
export function sortAddresses(addresses: readonly string[]): string[] {
  const keyed = addresses.map((address) => ({ address, key: addressKey(address) }));
  const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
  keyed.sort((one, other) => compare(one.key, other.key) || compare(one.address, other.address));
  return keyed.map(({ address }) => address);
}

/** Gives the domain of an address or UPN for comparison; empty without `@`. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 0 ? "" : addressKey(address.slice(at + 1));
}

/**
 * Tells whether a domain belongs to the service: addresses in it are discarded from Active Directory
 * (`*.onmicrosoft.com` of Office 365, `*.microsoftonline.com` of BPOS; KB 3190357).
 */
export function isReservedDomain(domain: string): boolean {
  return /\.(?:onmicrosoft|microsoftonline)\.com$/i.test(domain);
}

/** Tells whether addresses in a domain are discarded from Active Directory: those of the service, but not the routing domain. */
export function isDiscardedDomain(domain: string): boolean {
  return isReservedDomain(domain) && !isRoutingDomain(domain);
}

/** Tells whether a domain is the one through which a hybrid company routes mail to its tenant: `contoso.mail.onmicrosoft.com`. */
export function isRoutingDomain(domain: string): boolean {
  return /^[^.]+\.mail\.onmicrosoft\.com$/i.test(domain);
}
