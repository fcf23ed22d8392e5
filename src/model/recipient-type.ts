import type { User } from "./user.ts";

/** Mailboxes as whom nobody signs in: the names of RecipientTypeDetails, and the numbers of msExchRecipientTypeDetails. */
const TYPES: readonly (readonly [name: string, number: number])[] = [
  ["LinkedMailbox", 2],
  ["SharedMailbox", 2 ** 2],
  ["RoomMailbox", 2 ** 4],
  ["EquipmentMailbox", 2 ** 5],
  ["LinkedUser", 2 ** 25],
  ["RemoteRoomMailbox", 2 ** 33],
  ["RemoteEquipmentMailbox", 2 ** 34],
  ["RemoteSharedMailbox", 2 ** 35],
  ["TeamMailbox", 2 ** 37],
  ["RemoteTeamMailbox", 2 ** 38],
  ["LinkedRoomMailbox", 2 ** 41],
  ["SchedulingMailbox", 2 ** 44],
];

const known: ReadonlySet<string> = new Set(TYPES.flatMap(([name, number]) => [name.toLowerCase(), String(number)]));

/** The bits of msExchRemoteRecipientType that stand for a room, equipment, both together a shared mailbox, and a team's. */
const REMOTE_BITS = 32 | 64 | 128;

/** Nobody, and the account itself (SELF, MS-DTYP 2.4.2.4): with that persons are disabled too. */
const OWN_SIDS: ReadonlySet<string> = new Set(["", "S-1-5-10"]);

/** The fields that {@link isDisabledOnPurpose} looks at. */
export const purposeReads = ["recipientType", "remoteRecipientType", "masterAccountSid"] as const;

/**
 * Tells whether the account of an object is disabled because of what it is: a shared, room, equipment, scheduling or team
 * mailbox, or one whose owner signs in with an account of another forest.
 */
export function isDisabledOnPurpose(user: Pick<User, (typeof purposeReads)[number]>): boolean {
  const { recipientType = "", remoteRecipientType = "", masterAccountSid = "" } = user;
  return (
    known.has(recipientType.toLowerCase()) ||
    (Number(remoteRecipientType) & REMOTE_BITS) !== 0 ||
    !OWN_SIDS.has(masterAccountSid)
  );
}
