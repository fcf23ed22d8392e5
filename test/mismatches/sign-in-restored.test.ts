import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

async function find(userAccountControl: string, cells: Readonly<Record<string, string>>) {
  const analysis = await analyzeText(
    ldif({ userPrincipalName: "a@contoso.com", proxyAddresses: "SMTP:a@contoso.com", userAccountControl }),
    online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com", ...cells }),
    { kinds: ["sign-in-blocked", "sign-in-restored"] },
  );
  return analysis.mismatches;
}

describe("sign-in-restored", () => {
  it("of somebody who is blocked online and enabled on-premises", async () => {
    expect(await find("512", { BlockCredential: "True" })).toMatchObject([
      { kind: "sign-in-restored", severity: "warning" },
    ]);
  });

  it.each([
    ["both are enabled", "512", { BlockCredential: "False" }],
    ["both are blocked", "514", { BlockCredential: "True" }],
    ["nobody has a licence for it", "512", { BlockCredential: "True", IsLicensed: "False" }],
    ["a shared mailbox", "512", { BlockCredential: "True", MSExchRecipientTypeDetails: "4" }],
  ])("not where %s", async (_, control, cells) => {
    expect(await find(control, cells)).toEqual([]);
  });
});
