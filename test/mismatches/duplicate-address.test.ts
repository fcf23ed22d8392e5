import { describe, expect, it } from "vitest";
import { describeMismatch } from "../../src/mismatches/definition/describe-mismatch.ts";
import { analyzeText, ldif, online } from "../reading.ts";

const kinds = ["duplicate-address"] as const;
const nobody = online({ UserPrincipalName: "z@contoso.com", ProxyAddresses: "SMTP:z@contoso.com" });

async function find(...objects: Parameters<typeof ldif>) {
  return (await analyzeText(ldif(...objects), nobody, { kinds })).mismatches;
}

describe("duplicate-address", () => {
  it.each([
    ["X500", "X500:/o=Contoso/cn=Same", "x500:/o=contoso/cn=same", "error"],
    ["EUM", "eum:12;phone-context=a", "eum:12;phone-context=a", "error"],
    ["X400, which does not arrive", "X400:C=US;P=Contoso;S=Same", "x400:c=us;p=contoso;s=same", "warning"],
    ["no type", "same", "same", "error"],
  ])("values of %s are unique among users, groups and contacts", async (_, value, address, severity) => {
    const found = await find(
      { dn: "CN=a", proxyAddresses: ["SMTP:a@contoso.com", value] },
      { dn: "CN=b", objectClass: "group", proxyAddresses: ["SMTP:b@contoso.com", value.toUpperCase()] },
      { dn: "CN=c", objectClass: "contact", proxyAddresses: ["SMTP:c@contoso.com", value] },
      { dn: "CN=d", proxyAddresses: ["SMTP:d@contoso.com", `${value}2`] },
    );
    expect(found).toMatchObject([{ address, severity, objects: [{ id: "CN=a" }, { id: "CN=b" }, { id: "CN=c" }] }]);
    expect(found[0] && "objects" in found[0] && found[0].objects).toHaveLength(3);
  });

  it("mail that is no address is shared all the same", async () => {
    const found = await find(
      { dn: "CN=a", mail: "a b@contoso.com", proxyAddresses: "SMTP:a@contoso.com" },
      { dn: "CN=b", mail: "A b@contoso.com", proxyAddresses: "SMTP:b@contoso.com" },
    );
    expect(found).toMatchObject([
      { address: "a b@contoso.com", objects: [{ attribute: "mail" }, { attribute: "mail" }] },
    ]);
  });

  it("names all who claim an address: users, groups and contacts, in any case of letters", async () => {
    const found = await find(
      { dn: "CN=u", proxyAddresses: "SMTP:X@contoso.com" },
      { dn: "CN=g", objectClass: "group", proxyAddresses: "smtp:x@contoso.com" },
      { dn: "CN=c", objectClass: "contact", mail: "x@Contoso.com" },
    );
    expect(found).toMatchObject([
      {
        address: "x@contoso.com",
        objects: [
          { id: "CN=c", type: "contact", attribute: "mail" },
          { id: "CN=g", type: "group", attribute: "proxyAddresses" },
          { id: "CN=u", type: "user", attribute: "proxyAddresses" },
        ],
      },
    ]);
  });

  it("a sign-in name that is another's address costs mail", async () => {
    const found = await find(
      { dn: "CN=a", userPrincipalName: "x@contoso.com", proxyAddresses: "SMTP:a@contoso.com" },
      { dn: "CN=b", proxyAddresses: "SMTP:x@contoso.com" },
    );
    expect(found).toMatchObject([
      { address: "x@contoso.com", objects: [{ attribute: "userPrincipalName" }, { attribute: "proxyAddresses" }] },
    ]);
  });

  it.each([
    [
      "one object claims it in three attributes",
      [
        {
          userPrincipalName: "a@contoso.com",
          mail: "a@contoso.com",
          proxyAddresses: ["SMTP:a@contoso.com", "smtp:A@contoso.com"],
        },
      ],
    ],
    [
      "only sign-in names are equal, which is another kind's",
      [
        { dn: "CN=a", userPrincipalName: "a@contoso.com", proxyAddresses: "SMTP:x@contoso.com" },
        { dn: "CN=b", userPrincipalName: "a@contoso.com" },
      ],
    ],
    [
      "values of two types are alike",
      [
        { dn: "CN=a", proxyAddresses: ["SIP:a@contoso.com", "EUM:a@contoso.com"] },
        { dn: "CN=b", proxyAddresses: "SMTP:a@contoso.com" },
      ],
    ],
    [
      "both attributes of one person have the SIP address",
      [{ dn: "CN=a", proxyAddresses: "SIP:a@contoso.com", "msRTCSIP-PrimaryUserAddress": "sip:A@contoso.com" }],
    ],
  ])("nothing is found where %s", async (_, objects) => {
    expect(await find(...objects)).toEqual([]);
  });

  it("a value that is no address is a duplicate too, and told once", async () => {
    const [one, two, three] = ["smtp:sales(team)@x.com", "SMTP:Sales(Team)@x.com", "smtp:other(x)@x.com"].map(
      (proxyAddresses, index) => ({ dn: `CN=${index},DC=x`, proxyAddresses }),
    );
    const { mismatches } = await analyzeText(
      ldif(one ?? {}, two ?? {}, three ?? {}),
      online({ UserPrincipalName: "z@x.com" }),
      { kinds: ["duplicate-address"] },
    );
    expect(mismatches).toMatchObject([
      { address: "sales(team)@x.com", objects: [{ id: "CN=0,DC=x" }, { id: "CN=1,DC=x" }] },
    ]);
  });

  it("a target address is unique too: of a contact, and of a user who has a mailNickname", async () => {
    const target = { targetAddress: "SMTP:Kim@y.com", proxyAddresses: "SMTP:fwd@contoso.com" };
    const kim = { dn: "CN=b,DC=x", displayName: "Kim", proxyAddresses: ["SMTP:kim@contoso.com", "smtp:kim@y.com"] };
    const contact = { dn: "CN=a,DC=x", displayName: "Kim", objectClass: "contact", ...target };
    const [found] = await find(contact, kim);
    expect(found).toMatchObject({
      address: "kim@y.com",
      objects: [
        { id: "CN=a,DC=x", attribute: "targetAddress" },
        { id: "CN=b,DC=x", attribute: "proxyAddresses" },
      ],
    });
    // Who is called alike is told apart.
    expect(found && describeMismatch(found)).toBe("kim@y.com: contact CN=a,DC=x (as targetAddress), CN=b,DC=x");
    const user = { dn: "CN=a,DC=x", ...target };
    expect(await find(user, kim)).toEqual([]);
    expect(await find({ ...user, mailNickname: "fwd" }, kim)).toHaveLength(1);
    const other = {
      dn: "CN=c,DC=x",
      objectClass: "contact",
      targetAddress: "smtp:kim@y.com",
      proxyAddresses: "SMTP:c@x.com",
    };
    expect(await find(contact, other)).toMatchObject([{ objects: [{ id: "CN=a,DC=x" }, { id: "CN=c,DC=x" }] }]);
  });

  it("one's own routing address as target is no duplicate", async () => {
    const remote = (name: string) => ({
      dn: `CN=${name},DC=x`,
      mailNickname: name,
      targetAddress: `SMTP:${name}@x.mail.onmicrosoft.com`,
      proxyAddresses: [`SMTP:${name}@x.com`, `smtp:${name}@x.mail.onmicrosoft.com`],
    });
    expect(await find(remote("a"), remote("b"))).toEqual([]);
  });

  it("a chat address of two, whichever attribute has it, and in any case; of those who share the mail address it is said once", async () => {
    const found = await find(
      {
        dn: "CN=a",
        proxyAddresses: ["SMTP:a@contoso.com", "SIP:Chat@contoso.com"],
        "msRTCSIP-PrimaryUserAddress": "sip:chat@contoso.com",
      },
      { dn: "CN=b", proxyAddresses: ["SMTP:b@contoso.com"], "msRTCSIP-PrimaryUserAddress": "sip:chat@contoso.com" },
      { dn: "CN=c", proxyAddresses: ["SMTP:c@contoso.com", "sip:c@contoso.com", "smtp:d@contoso.com"] },
      {
        dn: "CN=d",
        objectClass: "contact",
        mail: "d@contoso.com",
        proxyAddresses: ["SMTP:d@contoso.com", "SIP:d@contoso.com"],
      },
      { dn: "CN=e", proxyAddresses: ["SMTP:e@contoso.com", "SIP:d@contoso.com"] },
      { dn: "CN=f", proxyAddresses: ["SMTP:f@contoso.com", "smtp:g@contoso.com", "SIP:g@contoso.com"] },
      { dn: "CN=g", proxyAddresses: ["SMTP:g@contoso.com", "SIP:g@contoso.com"] },
    );
    expect(found.filter((one) => "address" in one && one.address.startsWith("sip:"))).toMatchObject([
      {
        address: "sip:chat@contoso.com",
        objects: [
          { id: "CN=a", attribute: "proxyAddresses" },
          { id: "CN=b", attribute: "sipAddress" },
        ],
      },
      { address: "sip:d@contoso.com", objects: [{ id: "CN=d" }, { id: "CN=e" }] },
    ]);
    expect(found.length).toBe(4);
  });
});
