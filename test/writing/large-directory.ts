import { closeSync, openSync, writeSync } from "node:fs";

/** How large an invented directory is. */
export interface LargeDirectory {
  readonly users: number;
  /** Bytes of photo for each user on-premises, as base64 in folded lines. */
  readonly photoBytes?: number;
}

const BATCH = 1000;

/** Writes an invented directory as LDIF, streamed to a file: 20 attributes a user, every tenth with another primary. */
export function writeLargeLdif(path: string, { users, photoBytes = 0 }: LargeDirectory): void {
  const photo = photoBytes === 0 ? "" : `thumbnailPhoto:: ${fold("QUJD".repeat(Math.ceil(photoBytes / 3)))}\n`;
  writeInBatches(path, "", users, (index) => {
    const name = `user${index}`;
    return (
      `dn: CN=${name},OU=Staff ${index % 50},DC=contoso,DC=com\nobjectClass: top\nobjectClass: person\nobjectClass: user\n` +
      `cn: ${name}\nsn: Surname ${index}\ngivenName:: w4Vz\ndisplayName: Person Number ${index}\nwhenCreated: 20120101000000.0Z\n` +
      `uSNCreated: ${index}\nobjectGUID:: ${guid(index)}\nuserAccountControl: 512\nsAMAccountName: ${name}\n` +
      `description: invented for a test of size\nuserPrincipalName: ${name}@contoso.com\nmail: ${name}@contoso.com\n${photo}` +
      `proxyAddresses: SMTP:${name}@contoso.com\nproxyAddresses: smtp:${name}.alias@contoso.com\nproxyAddresses: X500:/o=Contoso/cn=${name}\n\n`
    );
  });
}

/** Writes the online users of the same directory as Get-MsolUser does, streamed to a file. */
export function writeLargeMsolUsers(path: string, { users }: LargeDirectory): void {
  const header =
    '"UserPrincipalName","DisplayName","ObjectId","ImmutableId","IsLicensed","BlockCredential","City","ProxyAddresses"\r\n';
  writeInBatches(path, header, users, (index) => {
    const name = `user${index}`;
    const addresses =
      index % 10 === 0
        ? `SMTP:${name}.alias@contoso.com;smtp:${name}@contoso.com`
        : `SMTP:${name}@contoso.com;smtp:${name}.alias@contoso.com`;
    return `"${name}@contoso.com","Person Number ${index}","o${index}",,"True","False","Lisboa","${addresses};smtp:${name}@contoso.onmicrosoft.com"\r\n`;
  });
}

function writeInBatches(path: string, header: string, count: number, write: (index: number) => string): void {
  const file = openSync(path, "w");
  writeSync(file, header);
  for (let start = 0; start < count; start += BATCH) {
    const end = Math.min(count, start + BATCH);
    let text = "";
    for (let index = start; index < end; index++) text += write(index);
    writeSync(file, text);
  }
  closeSync(file);
}

function guid(index: number): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(index, 0);
  return bytes.toString("base64");
}

function fold(text: string): string {
  return text.replaceAll(/(.{76})(?=.)/g, "$1\n ");
}
