import * as z from "zod/mini";

/** Why an object of an export is left out of the analysis. */
export const skipReasonSchema = z.enum([
  "computer",
  "conflict-object",
  "critical-system-object",
  "deleted",
  "dynamic-list",
  "inactive-mailbox",
  "kept-out",
  "linked-mailbox",
  "no-account-name",
  "no-address",
  "no-attributes",
  "not-a-recipient",
  "out-of-scope",
  "public-folder",
  "system-mailbox",
  "system-name",
]);

/** Why an object of an export is left out of the analysis. */
export type SkipReason = z.infer<typeof skipReasonSchema>;

const WORDS: Readonly<Record<SkipReason, readonly [one: string, many: string]>> = {
  computer: ["computer account", "computer accounts"],
  "conflict-object": ["replication conflict (ACNF)", "replication conflicts (ACNF)"],
  "critical-system-object": ["critical system object", "critical system objects"],
  deleted: ["deleted object", "deleted objects"],
  "dynamic-list": ["dynamic distribution list", "dynamic distribution lists"],
  "inactive-mailbox": ["inactive mailbox", "inactive mailboxes"],
  "kept-out": ["object kept out by its adminDescription", "objects kept out by their adminDescription"],
  "linked-mailbox": ["linked mailbox", "linked mailboxes"],
  "no-account-name": ["object without sAMAccountName", "objects without sAMAccountName"],
  "no-address": [
    "contact or distribution group without an address",
    "contacts and distribution groups without an address",
  ],
  "no-attributes": ["entry without attributes", "entries without attributes"],
  "not-a-recipient": ["object that is no user, group or contact", "objects that are no users, groups or contacts"],
  "out-of-scope": ["object out of scope", "objects out of scope"],
  "public-folder": ["public folder", "public folders"],
  "system-mailbox": ["system mailbox", "system mailboxes"],
  "system-name": ["object named like a system account", "objects named like system accounts"],
};

/** Says how many objects were left out for a reason. */
export function describeSkipped(reason: SkipReason, count: number): string {
  return `${count} ${WORDS[reason][count === 1 ? 0 : 1]}`;
}
