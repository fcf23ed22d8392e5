/**
 * What RecipientTypeDetails is called whose number ConvertTo-Json writes (Microsoft.Exchange.Data.Directory.Recipient,
 * the same as of msExchRecipientTypeDetails).
 */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["1", "UserMailbox"],
  ["2", "LinkedMailbox"],
  ["4", "SharedMailbox"],
  ["8", "LegacyMailbox"],
  ["16", "RoomMailbox"],
  ["32", "EquipmentMailbox"],
  ["64", "MailContact"],
  ["128", "MailUser"],
  ["256", "MailUniversalDistributionGroup"],
  ["512", "MailNonUniversalGroup"],
  ["1024", "MailUniversalSecurityGroup"],
  ["2048", "DynamicDistributionGroup"],
  ["4096", "PublicFolder"],
  ["8192", "SystemAttendantMailbox"],
  ["16384", "SystemMailbox"],
  ["32768", "MailForestContact"],
  ["65536", "User"],
  ["131072", "Contact"],
  ["262144", "UniversalDistributionGroup"],
  ["524288", "UniversalSecurityGroup"],
  ["1048576", "NonUniversalGroup"],
  ["2097152", "DisabledUser"],
  ["4194304", "MicrosoftExchange"],
  ["8388608", "ArbitrationMailbox"],
  ["16777216", "MailboxPlan"],
  ["33554432", "LinkedUser"],
  ["268435456", "RoomList"],
  ["536870912", "DiscoveryMailbox"],
  ["1073741824", "RoleGroup"],
  ["2147483648", "RemoteUserMailbox"],
  ["8589934592", "RemoteRoomMailbox"],
  ["17179869184", "RemoteEquipmentMailbox"],
  ["34359738368", "RemoteSharedMailbox"],
  ["137438953472", "TeamMailbox"],
  ["274877906944", "RemoteTeamMailbox"],
  ["549755813888", "MonitoringMailbox"],
  ["1099511627776", "GroupMailbox"],
  ["2199023255552", "LinkedRoomMailbox"],
  ["4398046511104", "AuditLogMailbox"],
  ["35184372088832", "SchedulingMailbox"],
]);

/** Gives the name of a recipient type that is written as a number; any other text as it is, `undefined` for a number that is not known. */
export function recipientTypeName(text: string): string | undefined {
  return /^\d+$/.test(text) ? NAMES.get(text) : text;
}
