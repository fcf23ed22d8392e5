import * as z from "zod/mini";

/** A rule of the service as it is told to people: what it did, and where it is written. */
interface RuleWords {
  readonly says: string;
  readonly source: string;
  /** How sure its effect is, where no document tells it, or several tell different things. */
  readonly certainty?: "inferred" | "unknown";
}

const KB3190357 = "KB 3190357 (SupportArticles-docs, proxyaddresses-attribute-populate)";
const KB2643629 = "KB 2643629 (SupportArticles-docs, objects-dont-sync-ad-sync-tool)";
const UPN_PAGE = "entra-docs, plan-connect-userprincipalname";
const EXISTING_TENANT = "entra-docs, how-to-connect-install-existing-tenant";
const ERRORS = "entra-docs, tshoot-connect-sync-errors";
const ATTRIBUTES = "entra-docs, reference-connect-sync-attributes-synchronized";
const RESILIENCY = "entra-docs, how-to-connect-syncservice-duplicate-attribute-resiliency";

/** Declares the rules; their types hold the names alone. */
function defineRules<const Name extends string>(rules: Readonly<Record<Name, RuleWords>>) {
  return rules;
}

/** Every rule that can fire for a user. */
const RULES = defineRules({
  "addresses-from-proxy-addresses": {
    says: "proxyAddresses has values: they replace the online addresses, and mail and the UPN do not count",
    source: KB2643629,
  },
  "addresses-from-mail": { says: "proxyAddresses is empty: mail becomes the primary address", source: KB2643629 },
  "addresses-from-upn": {
    says: "there is neither proxyAddresses nor mail: the UPN becomes the primary address of a licensed user",
    source: KB2643629,
  },
  "mail-may-count": {
    says: "no value is an SMTP address: whether mail and the UPN count beside such values is not documented",
    source: KB2643629,
    certainty: "unknown",
  },
  "addresses-kept": {
    says: "Active Directory has no address: nothing happens in the first cycle; of the cycle after it the documents disagree",
    source: "MicrosoftDocs/azure-docs, pull request 64785; KB 3190357",
    certainty: "unknown",
  },
  "addresses-settled": {
    says: "the user is synchronized already: its addresses are what the service makes of such values",
    source: "the online export",
    certainty: "inferred",
  },
  "reserved-domain-discarded": { says: "addresses in the service's own domains are discarded", source: KB3190357 },
  "legacy-type-discarded": { says: "addresses of old mail systems are discarded", source: KB3190357 },
  "malformed-discarded": { says: "malformed addresses are discarded without a word", source: KB3190357 },
  "unverified-domain-discarded": {
    says: "addresses in domains that the tenant has not verified are discarded, because the user is licensed",
    source: KB3190357,
  },
  "marked-primary": { says: "the address marked SMTP: becomes the primary one", source: KB2643629 },
  "several-primaries": {
    says: "several addresses are marked SMTP:; which one wins is documented nowhere, and nothing is predicted",
    source: "MS-OXOABK and CDOEX contradict each other",
    certainty: "unknown",
  },
  "moera-is-primary": {
    says: "no address is marked SMTP:, so the one in the initial domain becomes the primary",
    source: KB2643629,
  },
  "moved-away": {
    says: "msExchRemoteRecipientType is 8: without a licence too addresses in unverified domains are discarded",
    certainty: "inferred",
    source: "KB 3124148",
  },
  "may-be-moved-away": {
    says: "msExchRemoteRecipientType is not exported: if it is 8, the primary address, in an unverified domain, does not arrive",
    certainty: "unknown",
    source: "KB 3124148",
  },
  "moera-kept": { says: "addresses in the service's own domains stay for ever", source: KB3190357 },
  "moera-made": {
    says: "a licensed user gets mailNickname in the initial domain as an address",
    source: KB3190357,
  },
  "computed-name-taken": {
    says: "the name that the service makes up is another object's: four digits are appended, ####",
    source: `${KB3190357}, scenario 6`,
  },
  "computed-name-shared": {
    says: "the service makes up the same name for several: all but one get four digits, ####",
    certainty: "unknown",
    source: `${KB3190357}, scenario 6`,
  },
  "upn-is-an-address": { says: "the UPN of a licensed user is always one of the addresses", source: KB3190357 },
  "upn-flows": {
    says: "the suffix is verified in the tenant: the on-premises UPN becomes the online one",
    source: UPN_PAGE,
  },
  "upn-from-account-name": {
    says: "there is no UPN on-premises: sAMAccountName and the DNS name of the domain stand for it",
    source: "the sync rules of Azure AD Connect (AADConnectConfigDocumenter)",
  },
  "upn-suffix-not-verified": {
    says: "the suffix is not verified in the tenant: mailNickname in the initial domain becomes the UPN",
    source: UPN_PAGE,
  },
  "upn-invalid": {
    says: "the on-premises UPN has characters that are not allowed: mailNickname in the initial domain takes its place",
    source: UPN_PAGE,
  },
  "upn-kept": {
    says: "the UPN of a licensed user is not changed (upnFlow: unlicensed-only)",
    source: "KB 2523192",
  },
  "upn-not-recalculated": {
    says: "the user is synchronized already: a name is calculated anew only when the on-premises UPN changes",
    source: UPN_PAGE,
  },
  "account-disabled": {
    says: "the account is disabled in Active Directory, and so it becomes online",
    source: ATTRIBUTES,
  },
  "account-enabled": {
    says: "the account is enabled in Active Directory, and so it becomes online",
    source: ATTRIBUTES,
  },
  "attributes-overwritten": {
    says: "attributes that have a value in Active Directory are overwritten online",
    source: EXISTING_TENANT,
  },
  "attributes-cleared-later": {
    says: "attributes that are blank in Active Directory are cleared online in the cycle after the first",
    source: "MicrosoftDocs/azure-docs, pull request 64785",
  },
  "exchange-managed-online": {
    says: "the mailbox is managed online (IsExchangeCloudManaged): its addresses do not come from Active Directory",
    source: "Exchange documentation, cloud-based management of Exchange attributes",
  },
  "cloud-managed": {
    says: "the source of authority was moved to the cloud: Active Directory is not read",
    source: "entra-docs, how-to-user-source-of-authority-configure",
  },
  "not-synchronized-now": {
    says: "the online user is bound and not synchronized, while most are: it has left the scope, or was moved to the cloud",
    source: "none",
  },
  "linked-by-anchor": { says: "both have one source anchor", source: EXISTING_TENANT },
  "restored-by-anchor": {
    says: "a user in the recycle bin has the anchor: it is restored",
    source: "entra-docs, how-to-connect-sync-recycle-bin",
  },
  "linked-by-address": { says: "an address that links is on both sides", source: EXISTING_TENANT },
  "linked-by-upn": {
    says: "no address links, and both have one sign-in name",
    source: "entra-docs, how-to-connect-syncservice-features (SoftMatchOnUpn)",
  },
  "several-linked": { says: "several objects share what links, and their order decides", source: EXISTING_TENANT },
  "guest-linked": {
    says: "the online user is a guest: what a match with one does is not documented, and no change is predicted",
    source: "none",
    certainty: "unknown",
  },
  "not-linked": { says: "nobody online shares an anchor or a value that links", source: EXISTING_TENANT },
  "looks-like-one": { says: "somebody online looks like the same person, and has nothing that links", source: "none" },
  "bound-elsewhere": { says: "the online user is bound to another object by its ImmutableId", source: ERRORS },
  "soft-match-blocked": {
    says: "the tenant blocks the soft match",
    source: "entra-docs, how-to-connect-syncservice-features (BlockSoftMatch)",
  },
  "hard-match-blocked": {
    says: "the tenant blocks that an anchor takes over a user of the cloud",
    source: "entra-docs, how-to-connect-syncservice-features (BlockCloudObjectTakeoverThroughHardMatch)",
  },
  "admin-role": {
    says: "the online user has a role of administrators, and is never soft matched",
    source: EXISTING_TENANT,
  },
  "upn-taken": { says: "an online object has the sign-in name, and keeps it", source: ERRORS },
  "address-taken": { says: "an online object has an address, and keeps it", source: ERRORS },
  "address-shared": {
    says: "another object of Active Directory has an address of it: the first one gets it, and the other is refused or goes without",
    source: RESILIENCY,
  },
  "other-type": { says: "the online object with the address is of another type", source: ERRORS },
  "contested-refused": {
    says: "an object with a value that is taken is refused whole, and tried again in every cycle",
    source: RESILIENCY,
  },
  "contested-held-back": {
    says: "a value that is taken is held back, and the object goes through",
    source: RESILIENCY,
  },
  "stands-for-another": {
    says: "the contact stands for a person of another forest: joined with that one if Entra Connect matches by mail, else refused",
    source: "entra-docs, plan-connect-topologies",
    certainty: "unknown",
  },
  "contact-without-mail": {
    says: "a contact without mail is not synchronized",
    source: "entra-docs, how-to-connect-sync-default-configuration",
  },
});

/** The name of a rule. */
export type RuleName = keyof typeof RULES;

/** Tells a rule in words. */
export function describeRule(name: RuleName): RuleWords {
  return RULES[name];
}

/** How sure something is that follows from rules: as the least sure of them. */
export function certaintyOf(rules: readonly RuleName[]): "documented" | "inferred" | "unknown" {
  const all = rules.map((name) => describeRule(name).certainty);
  return all.includes("unknown") ? "unknown" : all.includes("inferred") ? "inferred" : "documented";
}

const schema = z.enum(Object.keys(RULES) as [RuleName, ...RuleName[]]);

type Schema = typeof schema;
/** The schema of a {@link RuleName}; by its name declarations refer to it. */
export interface RuleNameSchema extends Schema {}

/** The names of the rules, for schemas. */
export const ruleNameSchema: RuleNameSchema = schema;
