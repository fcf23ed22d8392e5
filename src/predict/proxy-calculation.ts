import {
  addressKey,
  formatProxyAddress,
  isReservedDomain,
  isRoutingDomain,
  type ProxyAddress,
  parseProxyAddress,
  parseSmtpAddress,
  sortAddresses,
} from "../model/address.ts";
import { findAddressProblems } from "../model/address-rules.ts";
import { markedPrimaries, smtpAddresses, type User } from "../model/user.ts";
import type { ValueContext } from "../model/value-context.ts";
import { findValueProblems, toComputedName } from "../model/value-rules.ts";
import type { AddressDoubt, Doubt } from "./doubts.ts";
import type { RuleName } from "./rules.ts";
import type { Tenant } from "./tenant.ts";
import { makeUnique, UNKNOWN_INITIAL_DOMAIN } from "./upn-calculation.ts";

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
  /** The rules that had an effect, in their order. */
  readonly rules: readonly RuleName[];
  /** Set if the documents allow of another result. */
  readonly doubt?: AddressDoubt;
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

/** Addresses, and the rule that chose them. */
interface Chosen<Value> {
  readonly value: Value;
  readonly rules: readonly RuleName[];
}

/** Calculates the addresses of an online user from the on-premises ones, rule by rule: KB 3190357. */
export function calculateAddresses(onPremises: User, context: ProxyContext): CalculatedAddresses | undefined {
  if (onPremises.proxyAddresses === undefined) return undefined; // not exported: nothing can be said
  if (context.online?.isExchangeCloudManaged === true) return keepOnline(context, ["exchange-managed-online"]);
  const { reading, others, doubt } = populateAddresses(onPremises, context);
  const calculated = calculateFrom(reading, onPremises, context);
  if (doubt === undefined) return calculated;
  const all = [calculated, ...others.map((one) => calculateFrom(one, onPremises, context))];
  return { ...calculated, doubt: { doubt, ...compareReadings(all, context) } };
}

/** What differs between several results. */
function compareReadings(
  all: readonly CalculatedAddresses[],
  { online }: ProxyContext,
): Pick<AddressDoubt, "primaries" | "mayLose"> {
  const primaries = new Map(
    all.flatMap(({ primary }) => (primary === undefined ? [] : [[addressKey(primary), primary]])),
  );
  const keys = all.map((one) => new Set(smtpAddresses(one).map(({ key }) => key)));
  const lost = smtpAddresses(online ?? {}).filter(({ key }) => keys.some((own) => !own.has(key)));
  return { primaries: [...primaries.values()], mayLose: sortAddresses(lost.map(({ address }) => address)) };
}

function calculateFrom(populated: Reading, onPremises: User, context: ProxyContext): CalculatedAddresses {
  if (populated.value === undefined) return keepOnline(context, populated.rules);
  const isMovedAway = onPremises.remoteRecipientType === DEPROVISIONED;
  const { kept, discarded } = discardAddresses(populated.value, {
    tenant: context.tenant,
    needsVerified: context.licensed || isMovedAway,
  });
  const smtp = uniqueAddresses(kept.filter(({ type }) => type === "SMTP"));
  const losesPrimary = isMovedAway && !context.licensed && !smtp.some(({ primary }) => primary) && discarded.length > 0;
  const moeras = addMoera(losesPrimary ? { ...context, licensed: true } : context);
  const upn = addUpn(context);
  const hasPrimary = moeras.value.length > 0 || smtp.some(({ primary }) => primary);
  const inInitial = hasPrimary ? moeras.value : unknownMoera(context);
  const primaries = choosePrimaries(smtp, inInitial);
  const all = [...smtp.map(({ address }) => address), ...sortAddresses([...inInitial, ...upn.value])];
  return {
    proxyAddresses: [...markPrimaries(all, primaries.value), ...keepOtherTypes(kept, context)],
    primary: primaries.value.length === 1 ? primaries.value[0] : undefined,
    discarded,
    rules: [
      ...populated.rules,
      ...new Set(discarded.map(({ reason }) => `${reason}-discarded` as const)),
      ...primaries.rules,
      ...(losesPrimary ? (["moved-away"] as const) : []),
      ...(mayBeMovedAway(primaries.value, onPremises, context) ? (["may-be-moved-away"] as const) : []),
      ...moeras.rules,
      ...upn.rules,
    ],
  };
}

/** The addresses that are populated; `undefined` where those stay that the online user has. */
type Reading = Chosen<readonly ProxyAddress[] | undefined>;

/** The addresses that are populated as far as the documents tell, and what else they may be. */
interface Populated {
  readonly reading: Reading;
  readonly others: readonly Reading[];
  readonly doubt?: Doubt;
}

/**
 * Gives the addresses that are populated: proxyAddresses if it holds any data, else `mail`, else the UPN of a user who is new, and
 * of whom no licence is known yet. Source: KB 2643629 ("masks").
 *
 * Two things no document settles. Whether values that are no SMTP address keep `mail` and the UPN from counting; and what becomes of
 * a user who exists online and has neither: nothing in the first cycle, but in the one after it what is blank clears what is online
 * (MicrosoftDocs/azure-docs, pull request 64785), and the UPN is then the address (KB 2643629, KB 3190357), or the one in the initial
 * domain (reported). Who is synchronized already has been through it.
 */
function populateAddresses(onPremises: User, context: ProxyContext): Populated {
  const { proxyAddresses = [], mail = "" } = onPremises;
  const { online } = context;
  const fromMail: Reading = { value: [parseProxyAddress(`SMTP:${mail}`)], rules: ["addresses-from-mail"] };
  const fromUpn = populateFromUpn(context);
  const masked: Reading = { value: proxyAddresses, rules: ["addresses-from-proxy-addresses"] };
  const isMasking = proxyAddresses.length > 0;
  if (proxyAddresses.some(({ type }) => type === "SMTP")) return { reading: masked, others: [] };
  if (isMasking && mail === "" && fromUpn === undefined) return { reading: masked, others: [] };
  if (!isMasking && mail !== "") return { reading: fromMail, others: [] };
  if (online?.isSynchronized === true || online?.lastSyncTime)
    return { reading: keeps("addresses-settled"), others: [] };
  if (isMasking) {
    const other = mail !== "" ? fromMail : online === undefined ? (fromUpn ?? NOTHING) : keeps("addresses-kept");
    return {
      reading: { ...masked, rules: [...masked.rules, "mail-may-count"] },
      others: [other],
      doubt: "mail-masked",
    };
  }
  if (online === undefined) return { reading: fromUpn ?? NOTHING, others: [] };
  return { reading: keeps("addresses-kept"), others: [fromUpn ?? NOTHING, NOTHING], doubt: "neither-address" };
}

const NOTHING: Reading = { value: [], rules: [] };

function keeps(rule: RuleName): Reading {
  return { value: undefined, rules: [rule] };
}

/** The UPN of a licensed user as the only address, if it can be one. */
function populateFromUpn({ userPrincipalName: address, online }: ProxyContext): Reading | undefined {
  if (online?.isLicensed === false || address === undefined || !isAddress(address)) return undefined;
  return { value: [{ type: "SMTP", address, primary: true }], rules: ["addresses-from-upn"] };
}

function keepOnline({ online }: ProxyContext, rules: readonly RuleName[]): CalculatedAddresses {
  const proxyAddresses = online?.proxyAddresses ?? [];
  const marked = proxyAddresses.filter(({ type, primary }) => type === "SMTP" && primary);
  return {
    proxyAddresses,
    primary: marked.length === 1 ? marked[0]?.address : undefined,
    discarded: [],
    rules,
  };
}

/** msExchRemoteRecipientType of a mailbox that was moved away: its addresses must be in verified domains, licensed or not. */
const DEPROVISIONED = "8";

/** Whether the primary address of a recipient without a licence would not arrive if its mailbox was moved away, which is not exported. */
function mayBeMovedAway(
  primaries: readonly string[],
  onPremises: User,
  { licensed, online, tenant }: ProxyContext,
): boolean {
  const { type, remoteRecipientType, mailNickname } = onPremises;
  if (type !== "user" || remoteRecipientType !== undefined || !mailNickname) return false;
  if (licensed || online === undefined) return false;
  const before = markedPrimaries(online).map(addressKey);
  const isUnverified = (address: string): boolean =>
    isInUnverifiedDomain({ type: "SMTP", address, primary: true }, { tenant, needsVerified: true });
  return primaries.some((address) => isUnverified(address) && !before.includes(addressKey(address)));
}

/** What of a user decides which addresses are discarded. */
interface DiscardContext {
  readonly tenant: Tenant;
  /** Whether addresses in domains that are not verified are discarded. */
  readonly needsVerified: boolean;
}

function discardAddresses(
  entries: readonly ProxyAddress[],
  context: DiscardContext,
): { readonly kept: readonly ProxyAddress[]; readonly discarded: readonly DiscardedAddress[] } {
  const discarded: DiscardedAddress[] = [];
  const kept: ProxyAddress[] = [];
  for (const entry of entries) {
    const rule = DISCARD_RULES.find(({ applies }) => applies(entry, context));
    if (rule === undefined) kept.push(entry);
    else discarded.push({ address: formatProxyAddress(entry), reason: rule.reason });
  }
  return { kept, discarded };
}

/** What is discarded, in this order: KB 3190357, steps 4 to 7. */
const DISCARD_RULES: readonly {
  readonly reason: DiscardReason;
  readonly applies: (entry: ProxyAddress, context: DiscardContext) => boolean;
}[] = [
  { reason: "legacy-type", applies: isOfLegacyType },
  { reason: "malformed", applies: isMalformed },
  { reason: "reserved-domain", applies: isInReservedDomain },
  { reason: "unverified-domain", applies: isInUnverifiedDomain },
];

/** Types of mail systems that the service does not know any more. */
export const LEGACY_TYPES: ReadonlySet<string> = new Set([
  "CCMAIL",
  "GWISE",
  "MS",
  "MSMAIL",
  "NOTES",
  "PROFS",
  "SNADS",
  "X400",
]);

/** KB 3190357 step 5. */
function isOfLegacyType({ type }: ProxyAddress): boolean {
  return LEGACY_TYPES.has(type);
}

/** KB 3190357 step 6: no prefix, a space, a character that is not allowed. That a domain is not verified is step 7. */
function isMalformed(entry: ProxyAddress): boolean {
  return findAddressProblems(entry, UNLICENSED).length > 0;
}

const UNLICENSED: ValueContext = { isLicensed: false };

/** KB 3190357 step 4: `*.onmicrosoft.com`, `*.microsoftonline.com`; but not the routing domain of a hybrid company. */
function isInReservedDomain({ type, address }: ProxyAddress): boolean {
  const domain = domainPart(address);
  return type === "SMTP" && isReservedDomain(domain) && !isRoutingDomain(domain);
}

/** KB 3190357 step 7: only a licensed user's; KB 3124148: or that of a mailbox that was moved away. */
function isInUnverifiedDomain({ type, address }: ProxyAddress, { tenant, needsVerified }: DiscardContext): boolean {
  const domain = domainPart(address);
  return type === "SMTP" && needsVerified && !tenant.verifiedDomains.has(domain) && !isRoutingDomain(domain);
}

function domainPart(address: string): string {
  return parseSmtpAddress(address)?.domain ?? "";
}

/** The address marked `SMTP:`; where there is none, the one in the initial domain: KB 2643629. */
function choosePrimaries(smtp: readonly ProxyAddress[], moeras: readonly string[]): Chosen<readonly string[]> {
  const marked = smtp.filter(({ primary }) => primary).map(({ address }) => address);
  if (marked.length > 0)
    return { value: marked, rules: [marked.length === 1 ? "marked-primary" : "several-primaries"] };
  const first = moeras.slice(0, 1);
  return { value: first, rules: first.length === 0 ? [] : ["moera-is-primary"] };
}

/**
 * Lists the addresses in the service's own domains: those that the user has stay for ever, and a licensed user without
 * one in the initial domain gets `mailNickname@initial domain` (MOERA). KB 3190357, "Terminology".
 */
function addMoera({ online, licensed, mailNickname, tenant }: ProxyContext): Chosen<readonly string[]> {
  const { initialDomain } = tenant;
  const present = online === undefined ? [] : smtpAddresses(online).filter(({ domain }) => isReservedDomain(domain));
  const ofInitial = present.filter(({ domain }) => domain === initialDomain);
  const others = present.filter(({ domain }) => domain !== initialDomain).map(({ address }) => address);
  const isMade = ofInitial.length === 0 && initialDomain !== undefined && licensed && mailNickname !== undefined;
  const made = isMade ? toComputedName(mailNickname, "proxyAddresses") : undefined;
  // Of several the one that is the primary already comes first, in whatever order they are exported.
  const inOrder = (addresses: readonly string[]): readonly string[] => {
    if (addresses.length < 2) return addresses;
    const marked = markedPrimaries(online ?? {});
    const isPrimary = (address: string): number => (marked.includes(address) ? 1 : 0);
    return sortAddresses(addresses).toSorted((one, other) => isPrimary(other) - isPrimary(one));
  };
  const unique = made === undefined ? undefined : makeUnique(`${made}@${initialDomain}`, online, tenant);
  const own = unique === undefined ? ofInitial.map(({ address }) => address) : [unique.address];
  return {
    value: [...inOrder(own), ...inOrder(others)],
    rules: [
      ...(present.length > 0 ? ["moera-kept" as const] : []),
      ...(unique === undefined ? [] : ["moera-made" as const, ...unique.rules]),
    ],
  };
}

/** The address in the initial domain where that is not known: it is named by a placeholder, and only as the primary one. */
function unknownMoera({ licensed, mailNickname, tenant }: ProxyContext): readonly string[] {
  if (!licensed || mailNickname === undefined || tenant.initialDomain !== undefined) return [];
  const name = toComputedName(mailNickname, "proxyAddresses");
  return name === undefined ? [] : [`${name}@${UNKNOWN_INITIAL_DOMAIN}`];
}

/**
 * The UPN of a licensed user is always one of the addresses. That of a mailbox without a licence, which an address in the initial
 * domain tells, stays one: KB 3190357, note.
 */
function addUpn({ licensed, userPrincipalName, online, tenant }: ProxyContext): Chosen<readonly string[]> {
  const present = smtpAddresses(online ?? {});
  const isMailbox =
    present.some(({ domain }) => domain === tenant.initialDomain) &&
    present.some(({ key }) => key === addressKey(userPrincipalName ?? ""));
  if (!(licensed || isMailbox) || userPrincipalName === undefined || !isAddress(userPrincipalName)) {
    return { value: [], rules: [] };
  }
  return { value: [userPrincipalName], rules: ["upn-is-an-address"] };
}

/** Whether a sign-in name can be an address. */
function isAddress(userPrincipalName: string): boolean {
  return findValueProblems("mail", userPrincipalName, UNLICENSED).length === 0;
}

/** Addresses of other types: those from on-premises, and those that the service gives itself (SIP, SPO). */
function keepOtherTypes(kept: readonly ProxyAddress[], { online }: ProxyContext): readonly ProxyAddress[] {
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
