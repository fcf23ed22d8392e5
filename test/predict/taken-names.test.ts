import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/index.ts";
import { type Attributes, analyzeByService, ldif, online } from "../reading.ts";

const kim = (number: string, attributes: Attributes = {}): Attributes => ({
  dn: `CN=Kim ${number},DC=contoso,DC=com`,
  displayName: `Kim ${number}`,
  userPrincipalName: `kim${number}@contoso.local`,
  mailNickname: "kim",
  proxyAddresses: `SMTP:kim.${number}@contoso.com`,
  ...attributes,
});
const row = (name: string, more = "") => ({
  UserPrincipalName: `${name}@contoso.com`,
  DisplayName: name,
  IsLicensed: "True",
  ProxyAddresses: `SMTP:${name}@contoso.com${more}`,
});
const home = row("zoe", ";smtp:zoe@contoso.onmicrosoft.com");

async function analyze(objects: readonly Attributes[], rows: readonly ReturnType<typeof row>[], service = "entra") {
  const analysis = await analyzeByService(ldif(...objects), online(home, ...rows), {
    service: service === "entra" ? "entra-connect" : "dirsync-v2",
  });
  const { mismatches } = analysis;
  const after = objects.map((_, index) => analysis.outcomes().ofOnPremises(index).after);
  return { analysis, after, said: mismatches.filter(({ kind }) => /address$|collision$|upn-change|added/.test(kind)) };
}

describe("names that the service makes up", () => {
  it("for two people: one gets it, the other digits, and both are named", async () => {
    const { said, analysis, after } = await analyze([kim("one"), kim("two")], [row("kim.one"), row("kim.two")]);
    expect(said).toMatchObject([
      { kind: "upn-change", after: "kim####@contoso.onmicrosoft.com" },
      { kind: "upn-change", after: "kim####@contoso.onmicrosoft.com" },
      { kind: "alias-added", addresses: ["kim####@contoso.onmicrosoft.com"] },
      { kind: "alias-added", addresses: ["kim####@contoso.onmicrosoft.com"] },
      {
        kind: "duplicate-address",
        severity: "warning",
        address: "kim@contoso.onmicrosoft.com",
        objects: [
          { displayName: "Kim one", attribute: "computed" },
          { displayName: "Kim two", attribute: "computed" },
        ],
      },
    ]);
    expect(after[0]?.userPrincipalName).toBe("kim####@contoso.onmicrosoft.com");
    expect(analysis.outcomes().ofOnPremises(0)).toMatchObject({ outcome: "linked", certainty: "unknown" });
    // Their shared alias is told so, and not as a value that is not accepted besides.
    expect(analysis.mismatches.some((one) => one.kind === "invalid-value" && one.attribute === "mailNickname")).toBe(
      false,
    );
    expect(renderReport(analysis, "text")).toContain("all but one get four digits");
  });

  it("that somebody has online: digits for sure, and the holder is named", async () => {
    const holder = row("lee", ";smtp:KIM@contoso.onmicrosoft.com");
    const { said, analysis } = await analyze([kim("one")], [row("kim.one"), holder]);
    expect(said).toMatchObject([
      { kind: "upn-change", after: "kim####@contoso.onmicrosoft.com" },
      { kind: "alias-added" },
      { kind: "address-collision", severity: "warning", because: "made-up", holder: { displayName: "lee" } },
    ]);
    const outcome = analysis.outcomes().ofOnPremises(0);
    expect(outcome).toMatchObject({ outcome: "linked", certainty: "documented" });
    expect(outcome.rules).toContain("computed-name-taken");
  });

  it("as an address only: for information, also where there is no licence yet", async () => {
    for (const IsLicensed of ["True", "False"]) {
      const person = kim("one", { userPrincipalName: "kim.one@contoso.com" });
      const holder = row("lee", ";smtp:kim@contoso.onmicrosoft.com");
      const { said } = await analyze([person], [{ ...row("kim.one"), IsLicensed }, holder]);
      expect(said.filter(({ kind }) => kind !== "alias-added")).toMatchObject([
        { kind: "address-collision", severity: "info", because: "made-up" },
      ]);
      const added = said.flatMap((one) => (one.kind === "alias-added" ? one.addresses : []));
      expect(added).toEqual(IsLicensed === "True" ? ["kim####@contoso.onmicrosoft.com"] : []);
    }
  });

  it("that somebody brings as sign-in name: those for whom it is made up get digits", async () => {
    const other = kim("two", { userPrincipalName: "kim@contoso.onmicrosoft.com", mailNickname: "k2" });
    const { said, after } = await analyze([kim("one"), other], [row("kim.one"), row("kim.two")]);
    expect(said.filter(({ kind }) => kind === "duplicate-address")).toMatchObject([
      { objects: [{ attribute: "computed" }, { attribute: "userPrincipalName" }] },
    ]);
    expect(after.map((state) => state?.userPrincipalName)).toEqual([
      "kim####@contoso.onmicrosoft.com",
      "kim@contoso.onmicrosoft.com",
    ]);
  });

  it("that the person has already stays, and so does a sign-in name that the service does not touch", async () => {
    const own = row("kim.one", ";smtp:kim@contoso.onmicrosoft.com");
    const { said, after } = await analyze([kim("one")], [own]);
    expect(said).toMatchObject([{ kind: "upn-change", after: "kim@contoso.onmicrosoft.com" }]);
    expect(after[0]?.userPrincipalName).toBe("kim@contoso.onmicrosoft.com");
    const both = [own, row("kim.two", ";smtp:two@contoso.onmicrosoft.com")];
    expect((await analyze([kim("one"), kim("two")], both, "dirsync")).said).toEqual([]);
  });

  it("a sign-in name that is held back is made of its first part and digits", async () => {
    const person = kim("one", { userPrincipalName: "lee@contoso.com" });
    const { after } = await analyze([person], [row("kim.one"), row("lee")]);
    expect(after[0]?.userPrincipalName).toBe("lee####@contoso.onmicrosoft.com");
  });
});
