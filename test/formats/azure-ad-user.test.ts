import { describe, expect, it } from "vitest";
import { readAll } from "../reading.ts";

describe("Get-AzureADUser", () => {
  it("reads every field of the model", async () => {
    const { users } = await readAll(
      "ObjectId;UserPrincipalName;DisplayName;Mail;ImmutableId;DirSyncEnabled;AccountEnabled;UserType;SipProxyAddress;IsLicensed;ProxyAddresses\r\n" +
        "15e91f38-3651-425f-810a-56e0fb00287a;a@x.com;Ana;A@x.com;C4GP0FyjqEmkzcaSPfwDHg==;True;FALSCH;Guest;a@x.com;WAHR;SMTP:A@x.com smtp:b@x.com\r\n",
    );
    expect(users).toEqual([
      {
        type: "user",
        id: "15e91f38-3651-425f-810a-56e0fb00287a",
        origin: { name: "export", record: 1, line: 2 },
        objectId: "15e91f38-3651-425f-810a-56e0fb00287a",
        userPrincipalName: "a@x.com",
        displayName: "Ana",
        mail: "A@x.com",
        immutableId: "C4GP0FyjqEmkzcaSPfwDHg==",
        isEnabled: false,
        isLicensed: true,
        isGuest: true,
        isSynchronized: true,
        sipAddress: "a@x.com",
        proxyAddresses: [
          { type: "SMTP", address: "A@x.com", primary: true },
          { type: "SMTP", address: "b@x.com", primary: false },
        ],
      },
    ]);
  });

  it("exactly 100 users are where the command stops without -All", async () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, index) => `u${index}@x.com,SMTP:u${index}@x.com,\n`);
    const codes = async (count: number) =>
      (await readAll(`UserPrincipalName,ProxyAddresses,DirSyncEnabled\n${rows(count).join("")}`)).diagnostics.map(
        ({ code }) => code,
      );
    expect(await codes(100)).toEqual(["number-of-a-limit"]);
    expect(await codes(101)).toEqual([]);
  });
});
