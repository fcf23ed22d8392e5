import { describe, expect, it } from "vitest";
import { readAll } from "../reading.ts";

describe("Get-MSOnlineUser (BPOS)", () => {
  it.each([
    [
      "Identity,DisplayName,EmailAddresses,SmtpAddress,IsEnabled,MailboxSize",
      "a@x.com,Ana,SMTP:a@x.com,a@x.com,True,5120",
    ],
    [
      "identity,DISPLAYNAME,Proxy Addresses,PrimarySmtpAddress,Enabled,UsedMailboxSize",
      "a@x.com,Ana,SMTP:a@x.com,a@x.com,True,1",
    ],
  ])("%s", async (header, row) => {
    const { users, summary } = await readAll(`${header}\n${row}\n`);
    expect(summary.format).toBe("msonline-user");
    expect(users).toMatchObject([
      {
        id: "a@x.com",
        userPrincipalName: "a@x.com",
        displayName: "Ana",
        mail: "a@x.com",
        isEnabled: true,
        proxyAddresses: [{ address: "a@x.com", primary: true }],
      },
    ]);
  });
});
