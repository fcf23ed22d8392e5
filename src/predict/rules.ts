/** A rule of the service as it is told to people: what it did, and where it is written. */
interface RuleWords {
  readonly says: string;
  readonly source: string;
}

const KB3190357 = "KB 3190357 (SupportArticles-docs, proxyaddresses-attribute-populate)";
const KB2643629 = "KB 2643629 (SupportArticles-docs, objects-dont-sync-ad-sync-tool)";
const UPN_PAGE = "entra-docs, plan-connect-userprincipalname";

/** Every rule that can fire for a user. */
const RULES = {
  "addresses-from-proxy-addresses": {
    says: "proxyAddresses has values: they replace the online addresses, and mail and the UPN do not count",
    source: KB2643629,
  },
  "addresses-from-mail": { says: "proxyAddresses is empty: mail becomes the primary address", source: KB2643629 },
  "addresses-from-upn": {
    says: "there is neither proxyAddresses nor mail: the UPN becomes the primary address of a licensed user",
    source: KB2643629,
  },
  "addresses-kept": {
    says: "Active Directory has neither proxyAddresses nor mail: the documents disagree, and no change is predicted",
    source: "entra-docs, how-to-connect-install-existing-tenant; KB 3190357",
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
  },
  "moera-is-primary": {
    says: "no address is marked SMTP:, so the one in the initial domain becomes the primary",
    source: KB2643629,
  },
  "moera-kept": { says: "addresses in the service's own domains stay for ever", source: KB3190357 },
  "moera-made": {
    says: "a licensed user gets mailNickname in the initial domain as an address",
    source: KB3190357,
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
} as const satisfies Record<string, RuleWords>;

/** The name of a rule. */
export type RuleName = keyof typeof RULES;

/** Tells a rule in words. */
export function describeRule(name: RuleName): RuleWords {
  return RULES[name];
}
