import type { SkipReason } from "../model/skip-reason.ts";

/** What the class of an object tells that it is. */
export type ObjectKind = "user" | "group" | "contact" | "computer" | "other" | "unknown";

/** What an object must be like to be left out; letter case does not count. All that is named must be so. */
interface ValueTest {
  readonly is?: string;
  readonly begins?: string;
  readonly contains?: string;
  /** At least one of these bits of a number. */
  readonly bits?: bigint;
}

/** One reason why the service leaves an object out, told by the values of an attribute. */
export interface LeftOutRule {
  readonly reason: SkipReason;
  /** As the schema of Active Directory spells it. */
  readonly attribute: string;
  /** Any of them. */
  readonly values: readonly ValueTest[];
  /** Default: whatever it is. */
  readonly kind?: ObjectKind;
}

/**
 * Whom the service leaves out, whichever service runs: entra-docs, how-to-connect-sync-default-configuration, and the rules of
 * an Entra Connect in microsoft/AADConnectConfigDocumenter. No name of an object (`cn`) is looked at: that list is IdFix's, and
 * has people in it who are synchronized. The first rule that fits gives the reason.
 */
export const leftOutRules: readonly LeftOutRule[] = [
  // Two domain controllers made the object at the same time, or it is a tombstone: a line feed, or `\0A`, and what it is.
  {
    reason: "conflict-object",
    attribute: "distinguishedName",
    values: [{ contains: "\\0ACNF:" }, { contains: "\nCNF:" }],
  },
  { reason: "deleted", attribute: "distinguishedName", values: [{ contains: "\\0ADEL:" }, { contains: "\nDEL:" }] },
  { reason: "critical-system-object", attribute: "isCriticalSystemObject", values: [{ is: "TRUE" }] },
  // PublicFolder, SystemAttendantMailbox, SystemMailbox; MicrosoftExchange, ArbitrationMailbox; MailboxPlan; DiscoveryMailbox.
  { reason: "system-mailbox", attribute: "msExchRecipientTypeDetails", values: [{ bits: 0x21c07000n }] },
  // The account of another forest brings it along.
  { reason: "linked-mailbox", attribute: "msExchRecipientTypeDetails", values: [{ bits: 2n }], kind: "user" },
  { reason: "dynamic-list", attribute: "objectClass", values: [{ is: "msExchDynamicDistributionList" }] },
  { reason: "public-folder", attribute: "objectClass", values: [{ is: "publicFolder" }] },
  {
    reason: "system-name",
    attribute: "sAMAccountName",
    values: [{ is: "SUPPORT_388945a0" }, { begins: "MSOL_" }, { begins: "AAD_" }, { begins: "CAS_", contains: "}" }],
  },
  { reason: "system-name", attribute: "mailNickname", values: [{ begins: "CAS_" }, { begins: "SystemMailbox{" }] },
  // The usual way to keep one object out.
  { reason: "kept-out", attribute: "adminDescription", values: [{ begins: "User_" }], kind: "user" },
  { reason: "kept-out", attribute: "adminDescription", values: [{ begins: "Group_" }], kind: "group" },
];

/** The kinds of sAMAccountType that are groups without rights: distribution groups, global or local to a domain. */
const distributionGroupTypes: ReadonlySet<string> = new Set(["268435457", "536870913"]);

/** An object of Active Directory, as far as it is asked whether it is left out. */
export interface LeftOutTraits {
  readonly kind: ObjectKind;
  /** The values of an attribute, or `undefined` where it is not known to be blank. */
  readonly valuesOf: (attribute: string) => readonly string[] | undefined;
  /** Whether it has an SMTP address, or `mail`; `undefined` where the export does not tell. */
  readonly hasAddress: boolean | undefined;
}

/** Says why the service leaves an object out, or `undefined` if it does not. */
export function leftOutReason(traits: LeftOutTraits): SkipReason | undefined {
  const { kind, valuesOf, hasAddress } = traits;
  for (const rule of foldedRules) {
    if (rule.kind !== undefined && rule.kind !== kind) continue;
    for (const value of valuesOf(rule.attribute) ?? []) {
      const text = value.toLowerCase();
      if (rule.values.some((test) => passes(text, test))) return rule.reason;
    }
  }
  // Contacts have no account.
  const hasAccount = kind === "user" || kind === "group";
  if (hasAccount && valuesOf("sAMAccountName")?.every((value) => value === "") === true) return "no-account-name";
  const needsAddress =
    kind === "contact" || (kind === "group" && distributionGroupTypes.has(valuesOf("sAMAccountType")?.[0] ?? ""));
  return needsAddress && hasAddress === false ? "no-address" : undefined;
}

/** The rules with their texts in lower case. */
const foldedRules: readonly LeftOutRule[] = leftOutRules.map((rule) => ({ ...rule, values: rule.values.map(fold) }));

function fold({ is, begins, contains, bits }: ValueTest): ValueTest {
  return {
    ...(is === undefined ? {} : { is: is.toLowerCase() }),
    ...(begins === undefined ? {} : { begins: begins.toLowerCase() }),
    ...(contains === undefined ? {} : { contains: contains.toLowerCase() }),
    ...(bits === undefined ? {} : { bits }),
  };
}

function passes(text: string, { is, begins, contains, bits }: ValueTest): boolean {
  return (
    (is === undefined || text === is) &&
    (begins === undefined || text.startsWith(begins)) &&
    (contains === undefined || text.includes(contains)) &&
    (bits === undefined || (toBits(text) & bits) !== 0n)
  );
}

function toBits(value: string): bigint {
  const written = value.trim();
  return /^(?:\d{1,18}|0x[0-9a-f]{1,15})$/i.test(written) ? BigInt(written) : 0n;
}
