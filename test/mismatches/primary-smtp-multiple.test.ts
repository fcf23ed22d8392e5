import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const find = async (proxyAddresses: readonly string[], ProxyAddresses = "SMTP:z@x.com") =>
  (
    await analyzeText(ldif({ proxyAddresses }), online({ UserPrincipalName: "z@x.com", ProxyAddresses }), {
      kinds: ["primary-smtp-multiple"],
    })
  ).mismatches;

describe("primary-smtp-multiple", () => {
  it("lists them, sorted", async () => {
    expect(await find(["SMTP:b@x.com", "smtp:c@x.com", "SMTP:a@x.com"])).toMatchObject([
      { side: "onPremises", severity: "error", addresses: ["a@x.com", "b@x.com"] },
    ]);
  });

  it("online, too", async () => {
    expect(await find(["SMTP:a@x.com"], "SMTP:z@x.com;SMTP:y@x.com")).toMatchObject([{ side: "online" }]);
  });

  it("marks of different types are none", async () => {
    expect(await find(["SMTP:a@x.com", "SIP:a@x.com", "X500:/o=x"])).toEqual([]);
  });
});
