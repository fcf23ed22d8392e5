/** A user as Get-MsolUser shows it. */
export interface MsolUser {
  readonly userPrincipalName: string;
  readonly proxyAddresses: readonly string[];
  readonly displayName?: string;
  readonly objectId?: string;
  readonly immutableId?: string;
  readonly isLicensed?: boolean;
  readonly userType?: "Member" | "Guest";
  readonly sip?: string;
}

/** Writes users as `Get-MsolUser | Select-Object … | Export-Csv -NoTypeInformation` does: all quoted, CRLF. */
export function writeMsolUsers(users: readonly MsolUser[], separator = ";"): string {
  const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const header = [
    "UserPrincipalName",
    "DisplayName",
    "ObjectId",
    "ImmutableId",
    "IsLicensed",
    "UserType",
    "BlockCredential",
    "SoftDeletionTimestamp",
    "MSRtcSipPrimaryUserAddress",
    "ProxyAddresses",
  ];
  const rows = users.map((user) => [
    quote(user.userPrincipalName),
    quote(user.displayName ?? ""),
    quote(user.objectId ?? ""),
    user.immutableId === undefined ? "" : quote(user.immutableId),
    quote(user.isLicensed === false ? "False" : "True"),
    quote(user.userType ?? "Member"),
    quote("False"),
    "",
    user.sip === undefined ? "" : quote(user.sip),
    quote(user.proxyAddresses.join(separator)),
  ]);
  return [header.map(quote), ...rows].map((cells) => `${cells.join(",")}\r\n`).join("");
}
