import { describe, expect, it } from "vitest";
import { readEitherWay } from "../../both-readers.ts";

const files = {
  LDIF: [
    "dn: CN=a,DC=contoso,DC=com\r\nmail: a@contoso.com\r\n\r\n",
    "dn: CN=b,DC=contoso,DC=com\r\nmail: b@contoso.com\r\n",
  ],
  "LDIF in the middle of a record": [
    "dn: CN=a,DC=contoso,DC=com\r\nobjectClass: user\r\n\r\ndn: CN=c,DC=contoso,DC=com\r\nobjectClass: user\r\n",
    "dn: CN=b,DC=contoso,DC=com\r\nobjectClass: user\r\n",
  ],
  "CSV in the middle of a row": [
    '"dn","displayname","mail"\r\n"CN=a,DC=contoso,DC=com","Ana\r\n",a@contoso.com\r\n"CN=x\r\n',
    '"CN=b,DC=contoso,DC=com",Bruno,b@contoso.com\r\n',
  ],
  CSV: [
    'dn,displayname,mail\r\n"CN=a,DC=contoso,DC=com",Ana,a@contoso.com\r\n',
    '"CN=b,DC=contoso,DC=com",Bruno,b@contoso.com\r\n',
  ],
  "JSON Lines": [
    '{"id":"a","userPrincipalName":"a@contoso.com","displayName":"Ana","proxyAddresses":[]}\n{"id":"c","userPrincipalName":"c@contoso.com","displayName":"Ana","proxyAddresses":[]}\n',
    '{"id":"b","userPrincipalName":"b@contoso.com","displayName":"Ana","proxyAddresses":[]}\n',
  ],
} as const;

describe("UTF-8 appended to UTF-16 is read, and the line named where it begins", () => {
  it.each(Object.entries(files))("%s", async (_, [begin, appended]) => {
    const bytes = Uint8Array.from(Buffer.concat([Buffer.from(`\ufeff${begin}`, "utf16le"), Buffer.from(appended)]));
    for (const takesViews of [false, true]) {
      const reading = await readEitherWay({ name: "export", data: bytes }, takesViews);
      if (typeof reading === "string") throw new Error(reading);
      const changes = reading.summary?.diagnostics.filter(({ code }) => code === "encoding-changes");
      expect(changes).toMatchObject([{ line: begin.split("\n").length, severity: "error" }]);
      expect(reading.users.at(-1)?.id).toMatch(/^(?:CN=)?b/);
    }
  });
});

describe("UTF-16 appended to UTF-8 is read, and the line named where it begins", () => {
  it.each(Object.entries(files))("%s, in chunks of any size", async (_, [begin, appended]) => {
    const bytes = Buffer.concat([Buffer.from(begin), Buffer.from(appended, "utf16le")]);
    for (const size of [1, 3, 16, begin.length - 1, begin.length, begin.length + 1, bytes.length]) {
      const data: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size) data.push(Uint8Array.from(bytes.subarray(at, at + size)));
      for (const takesViews of [false, true]) {
        const reading = await readEitherWay({ name: "export", data }, takesViews);
        if (typeof reading === "string") throw new Error(reading);
        const changes = reading.summary?.diagnostics.filter(({ code }) => code === "encoding-changes");
        expect(changes?.map(({ line }) => line)).toEqual([begin.split("\n").length]);
        expect(reading.users.at(-1)?.id).toMatch(/^(?:CN=)?b/);
      }
    }
  });
});
