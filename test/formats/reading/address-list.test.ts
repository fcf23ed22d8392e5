import { describe, expect, it } from "vitest";
import { splitAddresses } from "../../../src/formats/reading/address-list.ts";
import { isLostCollection } from "../../../src/formats/reading/lost-collection.ts";

type Case = readonly [what: string, cell: string, addresses: readonly string[]];

describe("joined addresses", () => {
  const cases: readonly Case[] = [
    ["semicolon", "SMTP:a@x.com;smtp:b@x.com", ["SMTP:a@x.com", "smtp:b@x.com"]],
    ["comma", "SMTP:a@x.com,smtp:b@x.com", ["SMTP:a@x.com", "smtp:b@x.com"]],
    ["comma and space", "SMTP:a@x.com, smtp:b@x.com", ["SMTP:a@x.com", "smtp:b@x.com"]],
    ["vertical bar", "SMTP:a@x.com|smtp:b@x.com", ["SMTP:a@x.com", "smtp:b@x.com"]],
    ["space", "SMTP:a@x.com smtp:b@x.com", ["SMTP:a@x.com", "smtp:b@x.com"]],
    ["line break", "SMTP:a@x.com\r\nsmtp:b@x.com", ["SMTP:a@x.com", "smtp:b@x.com"]],
    ["plus, which is legal in a local part", "SMTP:a+b@x.com+smtp:c@x.com", ["SMTP:a+b@x.com", "smtp:c@x.com"]],
    [
      "X.400 holds semicolons and spaces",
      "X400:C=US;A= ;P=Org;S=Roe;;SMTP:a@x.com",
      ["X400:C=US;A= ;P=Org;S=Roe;", "SMTP:a@x.com"],
    ],
    [
      "X.400 with a domain-defined attribute",
      "X400:C=US;DDA:SMTP=a(a)x.com;;SMTP:a@x.com",
      ["X400:C=US;DDA:SMTP=a(a)x.com;", "SMTP:a@x.com"],
    ],
    [
      "X.500 with spaces, joined by spaces",
      "SMTP:a@x.com X500:/o=Org/ou=First Group/cn=a smtp:b@x.com",
      ["SMTP:a@x.com", "X500:/o=Org/ou=First Group/cn=a", "smtp:b@x.com"],
    ],
    [
      "EUM holds a semicolon",
      "EUM:1001;phone-context=p.x.com;SMTP:a@x.com",
      ["EUM:1001;phone-context=p.x.com", "SMTP:a@x.com"],
    ],
    ["cc:Mail holds a comma", "CCMAIL:Roe, Jane at PO, SMTP:a@x.com", ["CCMAIL:Roe, Jane at PO", "SMTP:a@x.com"]],
    ["X.400 before a line break", "X400:C=US;A= ;\r\nSMTP:a@x.com", ["X400:C=US;A= ;", "SMTP:a@x.com"]],
    ["X.400 before a space", "X400:C=US;A= ; SMTP:a@x.com", ["X400:C=US;A= ;", "SMTP:a@x.com"]],
    ["X.400 before semicolon and space", "X400:C=US;A= ;; SMTP:a@x.com", ["X400:C=US;A= ;", "SMTP:a@x.com"]],
    ["semicolon and line break", "SMTP:a@x.com;\r\nsmtp:b@x.com", ["SMTP:a@x.com", "smtp:b@x.com"]],
    ["=EX", "=EX:/o=a;SMTP:a@x.com", ["=EX:/o=a", "SMTP:a@x.com"]],
    ["one address", "SMTP:a@x.com", ["SMTP:a@x.com"]],
    ["one X.400 address", "X400:C=US;A= ;P=Org;", ["X400:C=US;A= ;P=Org;"]],
    ["no prefixes", "a@x.com; b@x.com", ["a@x.com", "b@x.com"]],
    ["number sign, as SharePoint joins", "SMTP:a@x.com;#smtp:b@x.com", ["SMTP:a@x.com", "smtp:b@x.com"]],
    ...["#", "/", "&", "~", "^", " / ", "||", " - ", "<br>", "\\n"].map(
      (separator): Case => [
        `${separator}`,
        ["SMTP:a@x.com", "X500:/o=Org/ou=First Group/cn=a", "smtp:b@x.com"].join(separator),
        ["SMTP:a@x.com", "X500:/o=Org/ou=First Group/cn=a", "smtp:b@x.com"],
      ],
    ),
    ["no prefixes, and number signs", "a@x.com#b@x.com", ["a@x.com", "b@x.com"]],
    ["a guest's name is one", "a_y.com#EXT#@x.onmicrosoft.com", ["a_y.com#EXT#@x.onmicrosoft.com"]],
    ["names before addresses in angle brackets", "Ana <a@x.com>; Bo <b@x.com>", ["a@x.com", "b@x.com"]],
    ["a list of JSON", '["SMTP:a@x.com","smtp:b@x.com"]', ["SMTP:a@x.com", "smtp:b@x.com"]],
    ["a list of Python", `['SMTP:a@x.com', "smtp:o'b@x.com"]`, ["SMTP:a@x.com", "smtp:o'b@x.com"]],
    ["bytes of Python", "[b'SMTP:a@x.com', b'smtp:b@x.com']", ["SMTP:a@x.com", "smtp:b@x.com"]],
    ["an empty list", "[]", []],
    ["texts in quotation marks", '"SMTP:a@x.com","smtp:b@x.com"', ["SMTP:a@x.com", "smtp:b@x.com"]],
    [
      "objects of Exchange",
      '[{"SmtpAddress":"a@x.com","ProxyAddressString":"SMTP:a@x.com"},{"ProxyAddressString":"smtp:b@x.com"}]',
      ["SMTP:a@x.com", "smtp:b@x.com"],
    ],
    [
      "the same as PowerShell shows them",
      "@{SmtpAddress=a@x.com; ProxyAddressString=SMTP:a@x.com; Prefix=SMTP} @{ProxyAddressString=smtp:b@x.com}",
      ["SMTP:a@x.com", "smtp:b@x.com"],
    ],
    ["nothing", "  ", []],
  ];
  it.each(cases)("%s", (_, cell, addresses) => {
    expect(splitAddresses(cell)).toEqual(addresses);
  });
});

describe("names of types in place of values", () => {
  it.each([
    "System.Collections.Generic.List`1[System.String]",
    "System.String[]",
    "System.Object[]",
    "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection",
    "Microsoft.Exchange.Data.ProxyAddressCollection",
  ])("%s", (cell) => expect(isLostCollection(cell)).toBe(true));

  it.each(["SMTP:a@microsoft.com", "", "System"])("%j is none", (cell) => expect(isLostCollection(cell)).toBe(false));
});
