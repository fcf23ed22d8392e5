import * as z from "zod/mini";
import { BLANK, NO_ADDRESS } from "../directory/address-index.ts";
import type { Directory } from "../directory/directory.ts";
import { DomainFacts } from "../directory/domain-facts.ts";
import { addressKey, domainOf, isReservedDomain, parseSmtpAddress } from "../model/address.ts";
import { fields } from "../model/fields.ts";
import type { OptionRows, OptionsOf } from "../model/option.ts";
import type { Side } from "../model/user.ts";
import { fieldCodes, SMTP_ALIAS, SMTP_PRIMARY, stateOf, type UserView, YES } from "../model/user-view.ts";
import { findValueProblems } from "../model/value-rules.ts";
import type { ServiceName } from "../service/service.ts";
import { countOf } from "../text/count.ts";

/** When an on-premises UPN reaches an online user that exists already. */
export const upnFlowSchema = z.enum(["always", "unlicensed-only"]);

/** When an on-premises UPN reaches an online user that exists already. */
export type UpnFlow = z.infer<typeof upnFlowSchema>;

/** A name that the service would make up, and that is not free; indexes into the directories. */
export interface TakenName {
  /** For whom it is made up; whoever has it already is not among them. */
  readonly made: readonly number[];
  /** Who brings it from Active Directory. */
  readonly claimed: readonly number[];
  /** The online objects that have it. */
  readonly holders: readonly number[];
  /** Whether it is to be somebody's sign-in name, and not only an address. */
  readonly isSignInName: boolean;
}

/** What a prediction must know of the tenant. */
export interface Tenant {
  /** Domains verified in the tenant, in lower case. */
  readonly verifiedDomains: ReadonlySet<string>;
  /** The domain that the tenant was made with (`contoso.onmicrosoft.com`), if known. */
  readonly initialDomain: string | undefined;
  readonly upnFlow: UpnFlow;
  /** By name in lower case, those that the service makes unique with four digits (`predict/taken-names.ts`). */
  readonly takenNames?: ReadonlyMap<string, TakenName>;
  /** Those of the verified domains of which it is not known whether they are: they occur in aliases alone. */
  readonly doubtfulDomains?: ReadonlySet<string>;
}

/** A setting that was not given, and from what it was inferred. */
export interface Inference {
  readonly setting: "initialDomain" | "verifiedDomains" | "service" | "sourceAnchor" | "upnSource" | "isLicensed";
  /** The ground, as the end of a sentence. */
  readonly from: string;
}

/** Why a setting is inferred as it is: ends of sentences, some of which have a number. */
export const grounds = {
  "online-format": "the online export is of its time",
  default: "nothing tells which one runs",
  option: "it was asked for",
  noInitialDomain: "no address in an onmicrosoft.com domain occurs online",
  occursHere: (count: number) => `it occurs in ${countOf(count, "on-premises address", "on-premises addresses")}`,
  routed: (count: number) =>
    `assumed: they occur in ${countOf(count, "on-premises address", "on-premises addresses")}, and are routed in the Internet`,
  occurs: (count: number) => `it occurs in ${countOf(count, "online address", "online addresses")}`,
  occur: (count: number) => `they occur in ${countOf(count, "online address", "online addresses")}`,
  anchors: (count: number) =>
    countOf(count, "ImmutableId online is a value of it", "ImmutableIds online are values of it"),
  mailNames: (count: number) =>
    countOf(count, "person who is synchronized signs in with it", "people who are synchronized sign in with it"),
  noLicences: "the online export does not tell; users with addresses are taken as licensed",
} as const;

/** Tells whether a text is one of the grounds, word for word. */
export function isGround(text: string): boolean {
  const count = Number(/\d[\d,]*/.exec(text)?.[0].replaceAll(",", "") ?? 0);
  return Object.values(grounds).some((ground) => (typeof ground === "string" ? ground : ground(count)) === text);
}

/** The options that say what is known of the tenant. */
export const tenantOptions = {
  /** When an on-premises UPN reaches an online user. */
  upnFlow: {
    schema: upnFlowSchema,
    otherwise: "as the service does",
    about: "when an on-premises UPN reaches an online user",
    flag: "--upn-flow <rule>",
    label: "UPN flow",
    setting: true,
  },
  /** Domains verified in the tenant; inferred from the online export if absent. */
  verifiedDomains: {
    schema: z.array(z.string()),
    otherwise: "those that occur online",
    about: "domains verified in the tenant",
    flag: "--verified-domain <domain...>",
    label: "Verified domains",
    setting: z.array(z.string()).check(z.describe("Domains verified in the tenant, in lower case, sorted.")),
  },
  /** The tenant's onmicrosoft.com domain; inferred from the online export if absent. */
  initialDomain: {
    schema: z.string(),
    otherwise: "the one that occurs online",
    about: "the tenant's onmicrosoft.com domain",
    flag: "--initial-domain <domain>",
    label: "Initial domain",
    setting: z.optional(z.string().check(z.describe("The tenant's onmicrosoft.com domain, if known."))),
  },
} satisfies OptionRows;

/** What the user of the library says of the tenant. */
export interface TenantSettings extends OptionsOf<typeof tenantOptions> {}

/**
 * Completes what is known of the tenant from the online export: every domain that occurs online in a UPN or an SMTP
 * address is verified there, and the `….onmicrosoft.com` that occurs most often is the initial one.
 *
 * In 2012 and 2013 addresses outlived the removal of their domain (reported: msryanph): then one that occurs in no sign-in name and no
 * primary address is doubtful. Later every use had to be cleared first (reported: kloud), so that an address proves its domain.
 *
 * With the on-premises export alone, it is assumed that every domain in it will be verified that can be.
 */
export function inferTenant(
  directory: Directory,
  settings: TenantSettings & { readonly service?: ServiceName },
  side: Side = "online",
): { readonly tenant: Tenant; readonly inferred: readonly Inference[] } {
  const inferred: Inference[] = [];
  const { counts, proven } = countDomains(directory);
  const isOnline = side === "online";
  const names = [...counts.keys()].sort();

  const asked = settings.initialDomain;
  const initialDomain = asked === undefined ? mostFrequent(names.filter(isInitialDomain), counts) : addressKey(asked);
  const count = initialDomain === undefined ? 0 : (counts.get(initialDomain) ?? 0);
  // Nobody expects one on-premises.
  if (asked === undefined && (isOnline || count > 0)) {
    inferred.push({ setting: "initialDomain", from: groundOfInitialDomain(count, isOnline) });
  }

  let verifiedDomains = settings.verifiedDomains?.map(addressKey);
  if (verifiedDomains === undefined) {
    verifiedDomains = names.filter((name) => !isReservedDomain(name) && (isOnline || isRouted(name)));
    const total = verifiedDomains.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
    inferred.push({ setting: "verifiedDomains", from: (isOnline ? grounds.occur : grounds.routed)(total) });
  }
  const verified = new Set(verifiedDomains);
  if (initialDomain !== undefined) verified.add(initialDomain);

  if (isOnline && !directory.fields.has("isLicensed")) {
    inferred.push({ setting: "isLicensed", from: grounds.noLicences });
  }
  const mayOutlive = isOnline && settings.verifiedDomains === undefined && settings.service === "dirsync-v2";
  const doubtful = mayOutlive ? verifiedDomains.filter((name) => !proven.has(name)) : [];
  return {
    tenant: {
      verifiedDomains: verified,
      initialDomain,
      upnFlow: settings.upnFlow ?? "always",
      ...(doubtful.length === 0 ? {} : { doubtfulDomains: new Set(doubtful) }),
    },
    inferred,
  };
}

function groundOfInitialDomain(count: number, isOnline: boolean): string {
  if (count === 0) return grounds.noInitialDomain;
  return isOnline ? grounds.occurs(count) : grounds.occursHere(count);
}

function mostFrequent(names: readonly string[], counts: ReadonlyMap<string, number>): string | undefined {
  return names.reduce<string | undefined>((best, name) => {
    return best === undefined || (counts.get(name) ?? 0) > (counts.get(best) ?? 0) ? name : best;
  }, undefined);
}

/** Counts in how many values each domain occurs; `proven` are those that occur in a sign-in name or a primary address. */
function countDomains(directory: Directory): {
  readonly counts: ReadonlyMap<string, number>;
  readonly proven: ReadonlySet<string>;
} {
  const counts = new Map<string, { count: number; isProven: boolean }>();
  const countOfDomain = (domain: string): { count: number; isProven: boolean } => {
    const known = counts.get(domain) ?? { count: 0, isProven: false };
    if (domain !== "") counts.set(domain, known);
    return known;
  };
  const domains = new DomainFacts(directory.addresses, countOfDomain);
  // Where the export has no addresses, mail is what tells of domains.
  const countsMail = !directory.fields.has("proxyAddresses");
  for (let index = 0; index < directory.size; index++) {
    const { states, entries, codes, numbers } = directory.outline(index);
    if (stateOf(states, fields.isGuest.code) === YES) continue; // a guest's addresses are of another company
    for (let entry = 0; entry < entries; entry++) {
      const code = codes[entry];
      const isAddress = code === SMTP_ALIAS || code === SMTP_PRIMARY;
      const number = numbers[entry] ?? NO_ADDRESS;
      const isMail = countsMail && code === fieldCodes.mail;
      if ((!isAddress && !isMail && code !== fieldCodes.userPrincipalName) || number === BLANK) continue;
      const found =
        number >= 0
          ? domains.of(number)
          : countOfDomain(unusualDomain(directory.view(index), entry, isAddress || isMail));
      found.count++;
      found.isProven ||= code !== SMTP_ALIAS;
    }
  }
  return {
    counts: new Map(Array.from(counts, ([domain, { count }]) => [domain, count])),
    proven: new Set([...counts].flatMap(([domain, { isProven }]) => (isProven ? [domain] : []))),
  };
}

/** Endings that the root zone has not: slips of the hand for `.com`, and what companies call their own networks. */
const NO_ENDING = /\.(?:cmo|con|ocm|vom|xom|dom|intern|loc|lokal|priv)$/;

function isRouted(domain: string): boolean {
  return findValueProblems("mail", `a@${domain}`).length === 0 && !NO_ENDING.test(domain);
}

/** The domain of a text that is no address in ASCII; of an SMTP address only if it is one all the same. */
function unusualDomain({ bytes, starts }: UserView, entry: number, isAddress: boolean): string {
  const text = new TextDecoder().decode(bytes.subarray(starts[entry], starts[entry + 1]));
  return isAddress && parseSmtpAddress(text) === undefined ? "" : domainOf(text);
}

/** `contoso.onmicrosoft.com` or BPOS's `contoso.microsoftonline.com`, but not `contoso.mail.onmicrosoft.com`. */
function isInitialDomain(domain: string): boolean {
  return (
    isReservedDomain(domain) &&
    domain.split(".").length === 3 &&
    findValueProblems("userPrincipalName", `a@${domain}`).length === 0
  );
}
