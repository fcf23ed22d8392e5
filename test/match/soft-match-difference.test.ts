import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const compare = async (ad: Parameters<typeof ldif>, users: Parameters<typeof online>) =>
  (await analyzeText(ldif(...ad), online(...users), { softMatch: "both" })).softMatchDependent;

describe("whose fate depends on the rule of matching", () => {
  const ana = { dn: "CN=a", userPrincipalName: "a@x.com", proxyAddresses: ["SMTP:a@x.com", "smtp:b@x.com"] };

  it("an alias that is taken online: matched, or a collision", async () => {
    expect(await compare([ana], [{ UserPrincipalName: "z@x.com", ProxyAddresses: "SMTP:b@x.com" }])).toMatchObject([
      { onPremises: { id: "CN=a" }, online: { id: "z@x.com" }, anySmtp: "matched", primarySmtp: "address-collision" },
    ]);
  });

  it("an alias that makes it ambiguous: the primary alone decides", async () => {
    expect(
      await compare(
        [ana],
        [
          { UserPrincipalName: "a@x.com", ProxyAddresses: "SMTP:a@x.com" },
          { UserPrincipalName: "b@x.com", ProxyAddresses: "SMTP:b@x.com" },
        ],
      ),
    ).toMatchObject([{ anySmtp: "ambiguous", primarySmtp: "matched", online: { id: "a@x.com" } }]);
  });

  it("nobody where the rules agree, and nothing is said where only one was asked for", async () => {
    const users = [{ UserPrincipalName: "a@x.com", ProxyAddresses: "SMTP:a@x.com" }];
    expect(await compare([ana], users)).toEqual([]);
    expect(await compare([ana], [{ UserPrincipalName: "z@x.com", ProxyAddresses: "SMTP:z@x.com" }])).toEqual([]);
    const { softMatchDependent } = await analyzeText(ldif(ana), online(...users), { softMatch: "primary-smtp" });
    expect(softMatchDependent).toBeUndefined();
  });
});
