import { describe, expect, it } from "vitest";
import { ldif, readAll } from "../../reading.ts";

const codes = async (text: string) => (await readAll(text)).summary.diagnostics.map(({ code }) => code);
const msol = (count: number, row: (index: number) => string) =>
  `UserPrincipalName,ProxyAddresses,IsLicensed\n${Array.from({ length: count }, (_, index) => `${row(index)}\n`).join("")}`;

describe("what an export lacks is said before it misleads", () => {
  it.each([
    [
      "an AD export without proxyAddresses",
      ldif({ objectGUID: "d08f810b-a35c-49a8-a4cd-c6923dfc031e" }),
      ["no-addresses"],
    ],
    [
      "one in which people have mail, and nothing of Exchange: nobody has any",
      ldif({ objectGUID: "d08f810b-a35c-49a8-a4cd-c6923dfc031e", mail: "a@x.com" }),
      ["nobody-has-addresses"],
    ],
    [
      "one of a company with Exchange",
      ldif({ objectGUID: "d08f810b-a35c-49a8-a4cd-c6923dfc031e", mail: "a@x.com", mailNickname: "a" }),
      ["no-addresses"],
    ],
    ["an AD export without objectGUID", ldif({ proxyAddresses: "SMTP:a@x.com" }), ["no-object-guid"]],
    ["an online export without addresses", "UserPrincipalName,IsLicensed\na@x.com,True\n", ["no-addresses"]],
    [
      "500 users of Get-MsolUser",
      msol(500, (index) => `${index}@x.com,SMTP:${index}@x.com,True`),
      ["number-of-a-limit"],
    ],
    ["501 users of Get-MsolUser", msol(501, (index) => `${index}@x.com,SMTP:${index}@x.com,True`), []],
    [
      "a column of addresses that is empty for all",
      msol(3, (index) => `${index}@x.com,,True`),
      ["addresses-all-blank"],
    ],
    ["one that is empty for two users", msol(2, (index) => `${index}@x.com,,True`), []],
    [
      "three users without a primary",
      msol(3, (index) => `${index}@x.com,smtp:${index}@x.com,True`),
      ["no-primary-marks"],
    ],
    [
      "three objects of a raw export: what is not there was not lost",
      ldif(
        ...["1", "2", "3"].map((id) => ({
          dn: `CN=${id}`,
          objectGUID: id.repeat(16),
          proxyAddresses: `smtp:${id}@x.com`,
        })),
      ),
      ["nobody-has-a-primary"],
    ],
    [
      "the same of csvde",
      `DN,objectClass,objectGUID,proxyAddresses\n${["1", "2", "3"].map((id) => `CN=${id},user,X'${id.repeat(32)}',smtp:${id}@x.com\n`).join("")}`,
      ["nobody-has-a-primary"],
    ],
    ["two users without one", msol(2, (index) => `${index}@x.com,smtp:${index}@x.com,True`), []],
    [
      "addresses without prefixes",
      msol(3, (index) => `${index}@x.com,${index}@x.com|a${index}@x.com,True`),
      ["no-primary-marks"],
    ],
  ])("%s", async (_, text, expected) => expect(await codes(text)).toEqual(expected));

  it("each with the exact command that gives the full export", async () => {
    const { summary } = await readAll("UserPrincipalName,IsLicensed\na@x.com,True\n");
    expect(summary.diagnostics[0]?.hint).toMatch(
      /^Export again with:\n {2}Get-MsolUser -All \| Select-Object .*Export-Csv/,
    );
  });

  it("an empty column on-premises may be true: a company without Exchange", async () => {
    expect(await codes("DN,objectClass,objectGUID,proxyAddresses\nCN=a,user,,\nCN=b,user,,\nCN=c,user,,\n")).toEqual(
      [],
    );
  });
});
