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

  it("are not those of which somebody is online", async () => {
    expect(await unitsSaid([...staff, person("cleo", "Staff")])).toEqual([]);
  });

  it("are no matter where few people lie in them", async () => {
    const many = Array.from({ length: 40 }, (_, index) => person(`user${index}`, "Staff"));
    expect(await unitsSaid([...staff, ...many, person("service", "Service Accounts")])).toEqual([]);
  });
});
