import { describe, expect, it } from "vitest";
import { readAll } from "../reading.ts";

describe("Export users of the Microsoft 365 admin center", () => {
  it("addresses are joined by +, which is legal in a local part", async () => {
    const { users } = await readAll(
      "Display name,User principal name,Object Id,Block credential,Licenses,Soft deletion time stamp,Proxy addresses\r\n" +
        "Ana,ana@x.com,1,False,Office 365 E3+Power BI (free),,SMTP:a+b@x.com+smtp:c@x.com+X500:/o=x/cn=a+b\r\n" +
        "Bob,bob@x.com,2,True,Unlicensed,,\r\nCid,cid@x.com,3,True,Unlicensed,2022-03-18 19:49:35Z,\r\n",
    );
    expect(users).toMatchObject([
      {
        isLicensed: true,
        isEnabled: true,
        proxyAddresses: [
          { type: "SMTP", address: "a+b@x.com", primary: true },
          { type: "SMTP", address: "c@x.com", primary: false },
          { type: "X500", address: "/o=x/cn=a+b" },
        ],
      },
      { isLicensed: false, isEnabled: false, proxyAddresses: [] },
    ]);
  });
});
