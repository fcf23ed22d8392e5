import { expect, it } from "vitest";
import { isDisabledOnPurpose } from "../../src/model/recipient-type.ts";

it.each([
  ["LinkedMailbox", "2"],
  ["SharedMailbox", "4"],
  ["RoomMailbox", "16"],
  ["EquipmentMailbox", "32"],
  ["RemoteRoomMailbox", "8589934592"],
  ["RemoteEquipmentMailbox", "17179869184"],
  ["RemoteSharedMailbox", "34359738368"],
  ["SchedulingMailbox", "17592186044416"],
])("nobody signs in to a %s (%s)", (name, number) => {
  for (const recipientType of [name, name.toUpperCase(), number]) {
    expect(isDisabledOnPurpose({ recipientType })).toBe(true);
  }
});

it.each(["UserMailbox", "1", "RemoteUserMailbox", "2147483648", "MailUser", "128", "DisabledUser", ""])(
  "a person has a %s",
  (recipientType) => expect(isDisabledOnPurpose({ recipientType })).toBe(false),
);

// ProvisionMailbox 1, Migrated 4; RoomMailbox 32, EquipmentMailbox 64, SharedMailbox 96.
it.each([
  ["1", false],
  ["4", false],
  ["33", true],
  ["68", true],
  ["100", true],
  ["", false],
])("msExchRemoteRecipientType %s: %s", (remoteRecipientType, expected) => {
  expect(isDisabledOnPurpose({ remoteRecipientType })).toBe(expected);
});

it.each([
  ["S-1-5-21-1-2-3-4", true],
  ["S-1-5-10", false],
])("msExchMasterAccountSid %s: %s", (masterAccountSid, expected) => {
  expect(isDisabledOnPurpose({ masterAccountSid })).toBe(expected);
});
