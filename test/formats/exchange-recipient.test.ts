import { describe, expect, it } from "vitest";
import { readAll } from "../reading.ts";

describe("Exchange", () => {
  it("on-premises: the distinguished name and Guid are those of Active Directory", async () => {
    const { users, summary } = await readAll(
      "UserPrincipalName,EmailAddresses,PrimarySmtpAddress,DistinguishedName,Guid,RecipientTypeDetails,Alias,WhenChangedUTC\n" +
        'a@x.com,SMTP:a@x.com smtp:b@x.com X500:/o=First Org/cn=a,a@x.com,"CN=a,DC=x",d08f810b-a35c-49a8-a4cd-c6923dfc031e,UserMailbox,a,2026-11-24 08:00:00Z\n',
    );
    expect(users).toMatchObject([
      {
        id: "CN=a,DC=x",
        distinguishedName: "CN=a,DC=x",
        sourceAnchor: "C4GP0FyjqEmkzcaSPfwDHg==",
        mail: "a@x.com",
        mailNickname: "a",
        whenChanged: "2026-11-24T08:00:00Z",
        proxyAddresses: [
          { type: "SMTP", address: "a@x.com" },
          { type: "SMTP", address: "b@x.com" },
          { type: "X500", address: "/o=First Org/cn=a" },
        ],
      },
    ]);
    expect(summary.fields).toContain("sourceAnchor");
  });

  it("online: the names of Exchange Online's own directory are not the customer's", async () => {
    const { users } = await readAll(
      "UserPrincipalName,EmailAddresses,DistinguishedName,Guid,RecipientTypeDetails,ExternalDirectoryObjectId,AccountDisabled\n" +
        'a@x.com,SMTP:a@x.com,"CN=a,OU=x.onmicrosoft.com,OU=Microsoft Exchange Hosted Organizations,DC=EURPR01,DC=PROD,DC=OUTLOOK,DC=COM",' +
        "d08f810b-a35c-49a8-a4cd-c6923dfc031e,UserMailbox,15e91f38-3651-425f-810a-56e0fb00287a,True\n",
    );
    expect(users[0]).toMatchObject({ id: "15e91f38-3651-425f-810a-56e0fb00287a", isEnabled: false });
    expect(users[0]?.sourceAnchor).toBeUndefined();
    expect(users[0]?.distinguishedName).toBeUndefined();
  });

  it("groups and contacts are what they are, mailboxes of the system are left out", async () => {
    const { users, summary } = await readAll(
      "PrimarySmtpAddress,EmailAddresses,RecipientTypeDetails\n" +
        "a@x.com,SMTP:a@x.com,SharedMailbox\nb@x.com,SMTP:b@x.com,MailUniversalDistributionGroup\n" +
        "c@x.com,SMTP:c@x.com,MailContact\nd@x.com,SMTP:d@x.com,ArbitrationMailbox\ne@x.com,SMTP:e@x.com,DiscoveryMailbox\n",
    );
    expect(users.map(({ type }) => type)).toEqual(["user", "group", "contact"]);
    expect(users[0]?.recipientType).toBe("SharedMailbox");
    expect(summary.skipped).toEqual([{ reason: "system-mailbox", count: 2 }]);
  });

  it("PrimarySmtpAddress tells the primary of a list that lost its marks", async () => {
    const { users, diagnostics } = await readAll(
      'UserPrincipalName,PrimarySmtpAddress,EmailAddresses\na@x.com,b@x.com,"a@x.com, B@x.com"\n',
    );
    expect(users[0]?.proxyAddresses).toEqual([
      { type: "SMTP", address: "b@x.com", primary: true },
      { type: "SMTP", address: "a@x.com", primary: false },
    ]);
    expect(diagnostics).toEqual([]);
  });

  it("PrimarySmtpAddress alone is an address and no list of them", async () => {
    const { users, summary } = await readAll("UserPrincipalName,PrimarySmtpAddress\na@x.com,b@x.com\n");
    expect(users[0]).toMatchObject({ mail: "b@x.com" });
    expect(users[0]?.proxyAddresses).toBeUndefined();
    expect(summary.diagnostics.map(({ code }) => code)).toEqual(["primary-addresses-only"]);
    expect(summary.fields).toContain("primarySmtpAddress");
  });

  it("a Guid that is none costs the anchor, not the mailbox", async () => {
    const { users, diagnostics } = await readAll(
      'UserPrincipalName,EmailAddresses,DistinguishedName,Guid,RecipientType\na@x.com,SMTP:a@x.com,"CN=a",1.00E+15,UserMailbox\n',
    );
    expect(users).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ code: "invalid-object-guid", line: 2 }]);
  });

  it.each(["Microsoft.Exchange.Data.ProxyAddressCollection", "System.Object[]", "System.Collections.ArrayList"])(
    "lost addresses: %s",
    async (cell) => {
      const { summary } = await readAll(
        `UserPrincipalName,EmailAddresses,RecipientType\na@x.com,${cell},UserMailbox\n`,
      );
      expect(summary.lostFields).toEqual(["proxyAddresses"]);
      expect(summary.diagnostics[0]?.hint).toContain("Get-Mailbox -ResultSize Unlimited");
    },
  );
});
