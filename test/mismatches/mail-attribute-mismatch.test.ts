import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const kinds = ["mail-attribute-mismatch"] as const;
const find = async (mail: string, proxyAddresses: readonly string[]) =>
  (
    await analyzeText(
      ldif({ mail, proxyAddresses }),
      online({ UserPrincipalName: "z@x.com", ProxyAddresses: "SMTP:z@x.com" }),
      { kinds },
    )
  ).mismatches;

describe("mail-attribute-mismatch", () => {
  it.each([
    ["another address", "b@x.com", ["SMTP:a@x.com", "smtp:b@x.com"], 1],
    ["the same in another case of letters", "A@x.com", ["SMTP:a@x.com"], 0],
    ["no primary to compare with", "b@x.com", ["smtp:a@x.com"], 0],
    ["several primaries", "b@x.com", ["SMTP:a@x.com", "SMTP:c@x.com"], 0],
  ])("%s", async (_, mail, addresses, count) => expect(await find(mail, addresses)).toHaveLength(count));

  it("says which side; a side without the column is not checked", async () => {
    expect(await find("b@x.com", ["SMTP:a@x.com"])).toMatchObject([
      { side: "onPremises", severity: "warning", mail: "b@x.com", primarySmtpAddress: "a@x.com" },
    ]);
    const { mismatches, notChecked } = await analyzeText(
      ldif({ proxyAddresses: "SMTP:a@x.com" }),
      "UserPrincipalName,Mail,ProxyAddresses,DirSyncEnabled\nz@x.com,y@x.com,SMTP:z@x.com,\n",
      { kinds },
    );
    expect(mismatches).toMatchObject([{ side: "online", mail: "y@x.com" }]);
    expect(notChecked).toEqual([{ kind: "mail-attribute-mismatch", side: "onPremises", missing: ["mail"] }]);
  });
});
