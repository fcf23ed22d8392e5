import { describe, expect, it } from "vitest";
import { analyzeText, ldif, online } from "../reading.ts";

const find = async (...objects: Parameters<typeof ldif>) =>
  (await analyzeText(ldif(...objects), online({ UserPrincipalName: "z@x.com" }), { kinds: ["duplicate-upn"] }))
    .mismatches;

describe("duplicate-upn", () => {
  it("names all users that have it, in order, in any case of letters", async () => {
    expect(
      await find(
        { dn: "CN=c", userPrincipalName: "A@x.com" },
        { dn: "CN=b", userPrincipalName: "a@X.com" },
        { dn: "CN=d", userPrincipalName: "d@x.com" },
      ),
    ).toMatchObject([{ severity: "error", userPrincipalName: "a@x.com", objects: [{ id: "CN=b" }, { id: "CN=c" }] }]);
  });

  it("an address that is another's sign-in name is a duplicate address, not this", async () => {
    expect(
      await find(
        { dn: "CN=a", userPrincipalName: "a@x.com" },
        { dn: "CN=b", userPrincipalName: "b@x.com", proxyAddresses: "SMTP:a@x.com" },
      ),
    ).toEqual([]);
  });

  it("what is no person signs in nowhere", async () => {
    expect(
      await find(
        { dn: "CN=a", userPrincipalName: "a@x.com" },
        { dn: "CN=b", objectClass: ["top", "person", "organizationalPerson", "contact"], userPrincipalName: "a@x.com" },
      ),
    ).toEqual([]);
  });

  it("no name is no duplicate", async () => {
    expect(
      await find(
        { dn: "CN=a", sAMAccountName: "a" },
        { dn: "CN=b", sAMAccountName: "b" },
        { dn: "CN=c", userPrincipalName: "c@x.com" },
      ),
    ).toEqual([]);
  });
});
