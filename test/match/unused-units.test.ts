import { describe, expect, it } from "vitest";
import { type Attributes, analyzeText, ldif, online } from "../reading.ts";

const person = (name: string, unit: string, domain = "contoso.com"): Attributes => ({
  dn: `CN=${name},OU=${unit},DC=contoso,DC=com`,
  userPrincipalName: `${name}@${domain}`,
  mail: `${name}@${domain}`,
  proxyAddresses: `SMTP:${name}@${domain}`,
});
const row = (name: string) => ({
  UserPrincipalName: `${name}@contoso.com`,
  ProxyAddresses: `SMTP:${name}@contoso.com`,
});

async function unitsSaid(objects: readonly Attributes[], options = {}) {
  const { inputs } = await analyzeText(ldif(...objects), online(row("ana"), row("bo")), options);
  return inputs[0]?.diagnostics.filter(({ code }) => code === "units-of-nobody-online").map(({ message }) => message);
}

describe("organisational units of which nobody is online", () => {
  const staff = [person("ana", "Staff"), person("bo", "Staff")];

  it("are told with their people and suffixes, once, where no scope is named", async () => {
    const others = [person("cleo", "Adatum", "adatum.com"), person("dan", "Adatum", "adatum.com")];
    expect(await unitsSaid([...staff, ...others])).toEqual([
      "2 people on-premises lie in 1 organisational unit of which nobody is online: OU=Adatum,DC=contoso,DC=com. " +
        "Of 1 suffix of sign-in names nobody is online: adatum.com.",
    ]);
    expect(await unitsSaid([...staff, ...others], { includeOu: ["DC=contoso,DC=com"] })).toEqual([]);
  });

  it("that nothing of another company's suffix arrives is not said for each of them", async () => {
    const others = [person("cleo", "Adatum", "adatum.com"), person("dan", "Adatum", "adatum.com")];
    const kindsOf = async (objects: readonly Attributes[], options = {}) => {
      const { mismatches } = await analyzeText(ldif(...staff, ...objects), online(row("ana"), row("bo")), options);
      return mismatches.map(({ kind }) => kind);
    };
    expect(await kindsOf(others)).toEqual(["unmatched-on-premises", "unmatched-on-premises"]);
    const all = ["address-discarded", "unmatched-on-premises", "invalid-value"];
    expect(await kindsOf(others.slice(0, 1), { includeOu: ["DC=contoso,DC=com"] })).toEqual(all);
    // A suffix of the own network is nobody else's, and what is wrong besides is said all the same.
    expect(new Set(await kindsOf([person("cleo", "Branch", "contoso.local")]))).toEqual(new Set(all));
    const bad = { ...person("cleo", "Adatum", "adatum.com"), mailNickname: "c leo" };
    expect(await kindsOf([bad])).toEqual(["unmatched-on-premises", "invalid-value"]);
  });

  it("are not those of which somebody is online", async () => {
    expect(await unitsSaid([...staff, person("cleo", "Staff")])).toEqual([]);
  });

  it("are no matter where few people lie in them", async () => {
    const many = Array.from({ length: 40 }, (_, index) => person(`user${index}`, "Staff"));
    expect(await unitsSaid([...staff, ...many, person("service", "Service Accounts")])).toEqual([]);
  });
});
