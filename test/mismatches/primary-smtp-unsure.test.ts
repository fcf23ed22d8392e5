import { describe, expect, it } from "vitest";
import { type AnalyzeOptions, analyze, type Mismatch } from "../../src/index.ts";
import { describeMismatch } from "../../src/mismatches/definition/describe-mismatch.ts";
import { type Attributes, ldif, online } from "../reading.ts";

const KIM: Attributes = { userPrincipalName: "kim.ree@contoso.com", sAMAccountName: "kree", displayName: "Kim Ree" };
const ADDRESSES = "SMTP:kim.ree@contoso.com;smtp:shop@contoso.com;smtp:kree@contoso.onmicrosoft.com";

/** What is said of Kim, who is linked by the sign-in name. */
async function find(own: Attributes, row: Record<string, string> = {}, options: Partial<AnalyzeOptions> = {}) {
  const data = online({
    UserPrincipalName: "kim.ree@contoso.com",
    DisplayName: "Kim Ree",
    ProxyAddresses: ADDRESSES,
    ...row,
  });
  const { mismatches } = await analyze({
    service: "entra-connect",
    onPremises: [
      {
        name: "ad.ldf",
        data: ldif({ ...KIM, ...own }, { userPrincipalName: "a@contoso.com", proxyAddresses: "SMTP:a@contoso.com" }),
      },
    ],
    online: [{ name: "users.csv", data }],
    ...options,
  });
  return mismatches.filter(
    ({ kind, onPremises }) => kind !== "unmatched-on-premises" && onPremises?.displayName === "Kim Ree",
  );
}

const lineOf = (found: readonly Mismatch[]): readonly string[] => found.map(describeMismatch);

describe("primary-smtp-unsure", () => {
  it.each(["X500:/o=Contoso/cn=kree", "SIP:kim.ree@contoso.com"])(
    "%s may mask mail: the primary stays, or not",
    async (value) => {
      const found = await find({ mail: "kim.ree@contoso.com", proxyAddresses: value });
      expect(found).toMatchObject([
        {
          kind: "primary-smtp-unsure",
          severity: "warning",
          unsure: "mail-masked",
          before: "kim.ree@contoso.com",
          possible: ["kree@contoso.onmicrosoft.com", "kim.ree@contoso.com"],
          mayLose: ["shop@contoso.com"],
        },
      ]);
      expect(lineOf(found)[0]).toContain(
        "kim.ree@contoso.com stays, or becomes kree@contoso.onmicrosoft.com; may lose shop@contoso.com (not certain: ",
      );
    },
  );

  it("names what mail makes of it where that is another address", async () => {
    const found = await find({ mail: "kim@contoso.com", proxyAddresses: "X500:/o=Contoso/cn=kree" });
    expect(lineOf(found.filter(({ kind }) => kind === "primary-smtp-unsure"))[0]).toContain(
      "kim.ree@contoso.com becomes kree@contoso.onmicrosoft.com or kim@contoso.com",
    );
  });

  it("takes an address without SMTP: for such a value, with and without mail", async () => {
    for (const mail of [[], ["kim.ree@contoso.com"]]) {
      const found = await find({ proxyAddresses: "kim.ree@contoso.com", mail });
      expect(found.filter(({ kind }) => kind !== "invalid-value")).toMatchObject([{ kind: "primary-smtp-unsure" }]);
    }
  });

  it("of neither mail nor proxyAddresses says what may come in the second cycle", async () => {
    const found = await find({}, { ProxyAddresses: `SMTP:kim@contoso.com;${ADDRESSES.replace("SMTP", "smtp")}` });
    expect(found.filter(({ kind }) => kind !== "upn-smtp-misalignment")).toMatchObject([
      {
        kind: "primary-smtp-unsure",
        unsure: "neither-address",
        before: "kim@contoso.com",
        possible: ["kim@contoso.com", "kim.ree@contoso.com", "kree@contoso.onmicrosoft.com"],
        mayLose: ["kim@contoso.com", "shop@contoso.com"],
      },
    ]);
    expect(lineOf(found).join()).toContain("second cycle");
  });

  it.each<[string, Attributes, Record<string, string>]>([
    [
      "an SMTP address is there",
      { proxyAddresses: ["X500:/o=Contoso/cn=kree", "SMTP:kim.ree@contoso.com", "smtp:shop@contoso.com"] },
      {},
    ],
    [
      "mail alone is there",
      { mail: "kim.ree@contoso.com" },
      { ProxyAddresses: "SMTP:kim.ree@contoso.com;smtp:kree@contoso.onmicrosoft.com" },
    ],
    [
      "the user is synchronized already",
      { mail: "kim.ree@contoso.com", proxyAddresses: "X500:/o=Contoso/cn=kree" },
      { LastDirSyncTime: "2026-11-01T08:00:00Z" },
    ],
    ["the user is synchronized already, without any address", {}, { LastDirSyncTime: "2026-11-01T08:00:00Z" }],
    ["there is no address online", {}, { ProxyAddresses: "" }],
    [
      "online there is nothing else either",
      {},
      {
        UserPrincipalName: "kim.ree@contoso.com",
        ProxyAddresses: "SMTP:kree@contoso.onmicrosoft.com",
        IsLicensed: "False",
      },
    ],
  ])("says nothing where %s", async (_, own, row) => {
    expect((await find(own, row)).filter(({ unsure }) => unsure !== undefined)).toEqual([]);
  });
});

describe("what is not certain", () => {
  const masked = { mail: "kim.ree@contoso.com", proxyAddresses: "X500:/o=Contoso/cn=kree" };

  it("is no error where mail links, if it counts", async () => {
    const found = await find(masked, {}, { service: "dirsync-v2" });
    expect(found).toMatchObject([
      { kind: "unlinked-pair", severity: "warning", unsure: "mail-masked", outcome: "refused" },
    ]);
  });

  it("is certain where mail is nobody's", async () => {
    const found = await find({ ...masked, mail: "kim@fabrikam.com" }, {}, { service: "dirsync-v2" });
    const [pair] = found.filter(({ kind }) => kind === "unlinked-pair");
    expect(pair).toMatchObject({ severity: "error", outcome: "refused" });
    expect(pair).not.toHaveProperty("unsure");
  });

  it("is which of several primaries wins on-premises, and nothing online", async () => {
    const several = await find({ proxyAddresses: ["SMTP:kim.ree@contoso.com", "SMTP:shop@contoso.com"] });
    expect(several.find(({ kind }) => kind === "primary-smtp-multiple")).toHaveProperty("unsure", "several-primaries");
    const there = await find(
      { proxyAddresses: ["SMTP:kim.ree@contoso.com", "smtp:shop@contoso.com"] },
      { ProxyAddresses: ADDRESSES.replace("smtp:shop", "SMTP:shop") },
    );
    expect(there.find(({ kind }) => kind === "primary-smtp-multiple")).not.toHaveProperty("unsure");
  });
});
