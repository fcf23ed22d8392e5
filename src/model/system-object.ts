import type { SkipReason } from "./skip-reason.ts";

/** The attributes that tell an object of the system from a person. */
export interface SystemTraits {
  readonly distinguishedName: string;
  readonly cn: string;
  readonly samAccountName: string;
  readonly mailNickname: string;
  readonly isCriticalSystemObject: boolean;
  /** msExchRecipientTypeDetails as a number; 0 if absent. */
  readonly recipientTypeDetails: bigint;
}

const SYSTEM_NAMES = [
  "admini",
  "cas_{",
  "discoverysearchmailbox",
  "federatedemail",
  "guest",
  "httpconnector",
  "krbtgt",
  "iusr_",
  "iwam",
  "msol",
  "support_",
  "systemmailbox",
  "wwioadmini",
  "healthmailbox",
  "exchange online-applicationaccount",
];
const SYSTEM_ACCOUNTS = ["cas_", "support_", "msol_"];
const SYSTEM_NICKNAMES = ["cas_", "systemmailbox"];

/**
 * Recipient types that do not synchronize: 0x1000, 0x2000, 0x4000 (public folder, system attendant, system mailbox),
 * 0x400000, 0x800000 (groups), 0x1000000 (mailbox plan), 0x20000000 (discovery mailbox); KB 3066176.
 */
const SYSTEM_RECIPIENT_TYPES = 0x21c07000n;

/**
 * Says why an on-premises object does not synchronize by default, or `undefined` if it does.
 *
 * The rules are those of the synchronization's own filter as Microsoft's IdFix restates them (microsoft/idfix, docs and
 * source). A name that only begins like a system account's may be a person's: the caller reports who was left out.
 */
export function systemObjectReason(traits: SystemTraits): SkipReason | undefined {
  if (isConflictObject(traits)) return "conflict-object";
  if (isDeletedObject(traits)) return "deleted";
  if (traits.samAccountName.endsWith("$")) return "computer";
  if (traits.isCriticalSystemObject) return "critical-system-object";
  if ((traits.recipientTypeDetails & SYSTEM_RECIPIENT_TYPES) !== 0n) return "system-mailbox";
  if (hasSystemName(traits)) return "system-name";
  return undefined;
}

/** Two domain controllers created the object at the same time; the DN of the loser holds `\0ACNF:`. */
function isConflictObject({ distinguishedName }: SystemTraits): boolean {
  return /(?:\\0A|\n)CNF:/i.test(distinguishedName);
}

/** A tombstone: its DN holds `\0ADEL:`. */
function isDeletedObject({ distinguishedName }: SystemTraits): boolean {
  return /(?:\\0A|\n)DEL:/i.test(distinguishedName);
}

function hasSystemName({ cn, samAccountName, mailNickname }: SystemTraits): boolean {
  return (
    beginsWithAny(cn, SYSTEM_NAMES) ||
    beginsWithAny(samAccountName, SYSTEM_ACCOUNTS) ||
    beginsWithAny(mailNickname, SYSTEM_NICKNAMES)
  );
}

function beginsWithAny(text: string, beginnings: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return beginnings.some((beginning) => lower.startsWith(beginning));
}
