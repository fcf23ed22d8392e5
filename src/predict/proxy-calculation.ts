import {
  addressKey,
  isReservedDomain,
  type ProxyAddress,
  parseProxyAddress,
  parseSmtpAddress,
} from "../model/address.ts";
import { smtpAddresses, type User } from "../model/user.ts";
import type { Tenant } from "./tenant.ts";

/** Why an on-premises address does not reach the service. */
export type DiscardReason = "reserved-domain" | "unverified-domain" | "legacy-type" | "malformed";

/** An address that does not reach the service. */
export interface DiscardedAddress {
  /** The value of proxyAddresses, or `mail`, as written. */
  readonly address: string;
  readonly reason: DiscardReason;
}

/** What the service makes of the addresses of one user. */
export interface CalculatedAddresses {
  /** SMTP addresses after the run, the primary first; other types as they were. */
  readonly proxyAddresses: readonly ProxyAddress[];
  /** The primary SMTP address; `undefined` if there is none, or several are marked and the service's choice is not known. */
  readonly primary: string | undefined;
  readonly discarded: readonly DiscardedAddress[];
}

/** What the calculation depends on besides the on-premises user. */
export interface ProxyContext {
  readonly tenant: Tenant;
  /** Whether the user has an Exchange Online licence. */
  readonly licensed: boolean;
  /** The UPN after the run. */
  readonly userPrincipalName: string | undefined;
  readonly mailNickname: string | undefined;
  /** The online user as it is, if there is one. */
  readonly online: User | undefined;
}

/** Types of mail systems that the service does not know any more. */
const LEGACY_TYPES = new Set(["CCMAIL", "GWISE", "MS", "MSMAIL", "NOTES", "PROFS", "SNADS", "X400"]);

/**
 * Calculates the addresses of an online user from the on-premises ones.
 *
 * Source for all rules here: SupportArticles-docs, proxyaddresses-attribute-populate (KB 3190357); for what masks what,
 * KB 2643629.
 */
export function calculateAddresses(onPremises: User, context: ProxyContext): CalculatedAddresses | undefined {
  const own = onPremises.proxyAddresses;
  if (own === undefined) return undefined; // not exported: nothing can be said
  const populated = populatedAddresses(onPremises, context);
  if (populated === undefined) return keepOnline(context);
  const discarded: DiscardedAddress[] = [];
  const kept: ProxyAddress[] = [];
  for (const entry of populated) {
    const reason = discardReason(entry, context);
    if (reason === undefined) kept.push(entry);
    else discarded.push({ address: entry.type === "" ? entry.address : `${entry.type}:${entry.address}`, reason });
  }
  const smtp = uniqueAddresses(kept.filter(({ type }) => type === "SMTP"));
  const marked = smtp.filter(({ primary }) => primary);
  const moeras = moeraAddresses(context);
  const primaries = marked.length > 0 ? marked.map(({ address }) => address) : moeras.slice(0, 1);
  const all = [...smtp.map(({ address }) => address), ...moeras, ...upnAddress(context)];
  return {
    proxyAddresses: [...markPrimaries(all, primaries), ...otherTypes(kept, context)],
    primary: primaries.length === 1 ? primaries[0] : undefined,
    discarded,
  };
}

/**
 * Gives the addresses that are populated: proxyAddresses if it holds any data, else `mail`, else the UPN for a licensed
 * user who is new. `undefined` for a user who exists online and has neither: the documents disagree whether anything is
 * overwritten then, and no change is predicted.
 */
function populatedAddresses(onPremises: User, context: ProxyContext): readonly ProxyAddress[] | undefined {
  const { proxyAddresses = [], mail = "" } = onPremises;
  if (proxyAddresses.length > 0) return proxyAddresses;
  if (mail !== "") return [parseProxyAddress(`SMTP:${mail}`)];
  if (context.online !== undefined) return undefined;
  const upn = context.userPrincipalName;
  return context.licensed && upn !== undefined ? [{ type: "SMTP", address: upn, primary: true }] : [];
}

function keepOnline({ online }: ProxyContext): CalculatedAddresses {
  const proxyAddresses = online?.proxyAddresses ?? [];
  const marked = proxyAddresses.filter(({ type, primary }) => type === "SMTP" && primary);
  return { proxyAddresses, primary: marked.length === 1 ? marked[0]?.address : undefined, discarded: [] };
}

function discardReason(entry: ProxyAddress, { tenant, licensed }: ProxyContext): DiscardReason | undefined {
  if (LEGACY_TYPES.has(entry.type)) return "legacy-type";
  if (entry.type !== "SMTP") return entry.type === "" ? "malformed" : undefined;
  const parsed = parseSmtpAddress(entry.address);
  if (parsed === undefined) return "malformed";
  if (isReservedDomain(parsed.domain)) return "reserved-domain";
  return licensed && !tenant.verifiedDomains.has(parsed.domain) ? "unverified-domain" : undefined;
}

/**
 * Lists the addresses in the initial domain (MOERA): those that the user has are kept for ever, a licensed user without
 * one gets `mailNickname@initial domain`.
 */
function moeraAddresses({ online, licensed, mailNickname, tenant }: ProxyContext): readonly string[] {
  const { initialDomain } = tenant;
  if (initialDomain === undefined) return [];
  const present = online === undefined ? [] : smtpAddresses(online).filter(({ domain }) => domain === initialDomain);
  if (present.length > 0) return present.map(({ address }) => address);
  return licensed && mailNickname !== undefined ? [`${mailNickname}@${initialDomain}`] : [];
}

/** The UPN of a licensed user is always one of the addresses. */
function upnAddress({ licensed, userPrincipalName }: ProxyContext): readonly string[] {
  if (!licensed || userPrincipalName === undefined) return [];
  return parseSmtpAddress(userPrincipalName) === undefined ? [] : [userPrincipalName];
}

/** Addresses of other types: those from on-premises, and those that the service gives itself (SIP, SPO). */
function otherTypes(kept: readonly ProxyAddress[], { online }: ProxyContext): readonly ProxyAddress[] {
  const own = [...kept, ...(online?.proxyAddresses ?? [])].filter(({ type }) => type !== "SMTP");
  return uniqueAddresses(own);
}

/** Makes entries of addresses, the primaries first. */
function markPrimaries(addresses: readonly string[], primaries: readonly string[]): readonly ProxyAddress[] {
  const keys = new Set(primaries.map(addressKey));
  const entries = addresses.map((address) => ({ type: "SMTP", address, primary: keys.has(addressKey(address)) }));
  return uniqueAddresses(entries).toSorted((one, other) => Number(other.primary) - Number(one.primary));
}

/** Drops repetitions; where one of them is marked as primary, that one stays. */
function uniqueAddresses(entries: readonly ProxyAddress[]): readonly ProxyAddress[] {
  const unique = new Map<string, ProxyAddress>();
  for (const entry of entries) {
    const key = `${entry.type}:${addressKey(entry.address)}`;
    const earlier = unique.get(key);
    if (earlier === undefined || (entry.primary && !earlier.primary)) unique.set(key, entry);
  }
  return [...unique.values()];
}
