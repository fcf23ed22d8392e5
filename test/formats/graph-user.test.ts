import { describe, expect, it } from "vitest";
import { readAll } from "../reading.ts";

const ana = {
  id: "15e91f38-3651-425f-810a-56e0fb00287a",
  userPrincipalName: "a@x.com",
  displayName: "Ana",
  mail: "a@x.com",
  proxyAddresses: ["SMTP:a@x.com", "smtp:b@x.com"],
  onPremisesImmutableId: null,
  accountEnabled: true,
  assignedLicenses: [{ skuId: "1" }],
};

describe("Microsoft Graph", () => {
  it.each([
    ["an array", JSON.stringify([ana])],
    ["an array, indented", JSON.stringify([ana], null, 2)],
    [
      "a page",
      JSON.stringify({ "@odata.context": "https://graph.example/$metadata", "@odata.count": 1, value: [ana] }),
    ],
    ["JSON Lines", `${JSON.stringify(ana)}\n`],
    ["one object", JSON.stringify(ana, null, 4)],
    [
      "keys of ConvertTo-Json",
      JSON.stringify([ana]).replace(/"(\w)(\w*)":/g, (_, a, b) => `"${a.toUpperCase()}${b}":`),
    ],
  ])("%s", async (_, text) => {
    const { users, summary } = await readAll(text);
    expect(users).toMatchObject([
      {
        id: ana.id,
        objectId: ana.id,
        userPrincipalName: "a@x.com",
        displayName: "Ana",
        mail: "a@x.com",
        immutableId: "",
        isEnabled: true,
        isLicensed: true,
        proxyAddresses: [
          { address: "a@x.com", primary: true },
          { address: "b@x.com", primary: false },
        ],
      },
    ]);
    expect(summary).toMatchObject({ format: "graph-user", records: 1, diagnostics: [] });
    expect(summary.columns).toContainEqual(expect.objectContaining({ field: "immutableId" }));
  });

  it("is known by id and assignedLicenses where the ImmutableId was not asked for", async () => {
    const { onPremisesImmutableId: _, mail: _mail, accountEnabled: _enabled, ...asked } = ana;
    const { users, summary } = await readAll(JSON.stringify([asked, { ...asked, id: "2", assignedLicenses: [] }]));
    expect(summary.format).toBe("graph-user");
    expect(users).toMatchObject([
      { objectId: ana.id, isLicensed: true },
      { objectId: "2", isLicensed: false },
    ]);
  });

  it.each([
    [["+47 22"], "+47 22"],
    [[], ""],
    ["System.String[]", undefined],
  ])("business phones %j: %j", async (businessPhones, telephoneNumber) => {
    const { users } = await readAll(JSON.stringify([{ ...ana, businessPhones }]));
    expect(users[0]?.telephoneNumber).toBe(telephoneNumber);
  });

  it("a property that was not asked for is absent, one that is null is blank", async () => {
    const { users, summary } = await readAll(
      JSON.stringify([
        { ...ana, mail: null },
        { id: "2", userPrincipalName: "b@x.com" },
      ]),
    );
    expect(users.map(({ mail, proxyAddresses }) => [mail, proxyAddresses?.length])).toEqual([
      ["", 2],
      [undefined, undefined],
    ]);
    expect(summary.fields).toContain("proxyAddresses");
  });

  it("a page of several is named", async () => {
    const { diagnostics } = await readAll(
      JSON.stringify({ value: [ana], "@odata.nextLink": "https://graph.example/next" }),
    );
    expect(diagnostics).toMatchObject([{ code: "json-more-pages" }]);
  });

  it("Get-MgUser: an empty column of addresses was not asked for", async () => {
    const rows = ["a", "b", "c"].map((name) => `${name},${name}@x.com,,\n`).join("");
    const { diagnostics, summary } = await readAll(
      `Id,UserPrincipalName,ProxyAddresses,OnPremisesImmutableId\n${rows}`,
    );
    expect(diagnostics).toMatchObject([{ code: "addresses-all-blank" }]);
    expect(diagnostics[0]?.hint).toContain("Get-MgUser -All -Property");
    expect(summary.fields).not.toContain("proxyAddresses");
  });

  it("too small a -Depth loses the addresses, and is named", async () => {
    const { summary } = await readAll(JSON.stringify([{ ...ana, proxyAddresses: "System.String[]" }]));
    expect(summary.lostFields).toEqual(["proxyAddresses"]);
  });

  it("Windows PowerShell wraps lists", async () => {
    const { users } = await readAll(
      JSON.stringify([{ ...ana, proxyAddresses: { value: ana.proxyAddresses, Count: 2 } }]),
    );
    expect(users[0]?.proxyAddresses).toHaveLength(2);
  });
});
