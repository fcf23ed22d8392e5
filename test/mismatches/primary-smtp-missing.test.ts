import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const find = async (proxyAddresses: readonly string[], ProxyAddresses = "SMTP:z@x.com") =>
  (
    await analyzeText(ldif({ proxyAddresses }), online({ UserPrincipalName: "z@x.com", ProxyAddresses }), {
      kinds: ["primary-smtp-missing"],
    })
  ).mismatches;

describe("primary-smtp-missing", () => {
  it.each([
    ["no mark", ["smtp:a@x.com", "smtp:b@x.com"], 1],
    ["mixed letters are no mark", ["Smtp:a@x.com"], 1],
    ["one mark", ["SMTP:a@x.com", "smtp:b@x.com"], 0],
    ["no SMTP address", ["X500:/o=x"], 0],
    ["a mark of another type does not count", ["SIP:a@x.com", "smtp:a@x.com"], 1],
  ])("%s", async (_, addresses, count) => expect(await find(addresses)).toHaveLength(count));

  it("online, too", async () => {
    expect(await find(["SMTP:a@x.com"], "smtp:z@x.com")).toMatchObject([{ side: "online", severity: "warning" }]);
  });
});
