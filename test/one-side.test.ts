import { describe, expect, it } from "vitest";
import {
  analysisSchema,
  analyze,
  hideAccepted,
  InputError,
  planRemedies,
  type ReportFormat,
  redact,
  renderReport,
  reportFormats,
  type Source,
  streamAnalysis,
  UsageError,
} from "../src/index.ts";
import { leavesOpen, toneOf } from "../src/verdict.ts";
import { ldif, online } from "./reading.ts";

const source = (name: string, data: string): Source => ({ name, data });
const here = source(
  "ad.ldf",
  ldif(
    { dn: "CN=ana,OU=Staff,DC=x", userPrincipalName: "ana@contoso.local", proxyAddresses: "SMTP:ana@contoso.com" },
    {
      dn: "CN=bea,OU=Staff,DC=x",
      userPrincipalName: "bea@contoso.com",
      proxyAddresses: ["SMTP:bea@contoso.com", "smtp:ana@contoso.com"],
    },
    {
      dn: "CN=cid,OU=Sales,DC=x",
      userPrincipalName: "cid@contoso.com",
      proxyAddresses: ["SMTP:cid@contoso.com", "smtp:c d@contoso.com"],
    },
    { dn: "CN=list,OU=Sales,DC=x", objectClass: "group", mail: "list@contoso.com" },
    { dn: "CN=PC,DC=x", objectClass: "computer" },
  ),
);
const there = source(
  "users.csv",
  online(
    { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com" },
    { UserPrincipalName: "bea@contoso.com", ProxyAddresses: "SMTP:b@contoso.com;smtp:ana@contoso.com" },
  ),
);
const clean = source(
  "ad.ldf",
  ldif({ userPrincipalName: "a@contoso.com", mail: "a@contoso.com", proxyAddresses: "SMTP:a@contoso.com" }),
);

describe("one side alone", () => {
  it("is checked for what needs no counterpart: Active Directory", async () => {
    const analysis = await analyze({ onPremises: [here] });
    expect(analysis.alone).toBe("onPremises");
    expect(analysis.mismatches).toMatchObject([
      { kind: "upn-smtp-misalignment", onPremises: { id: "CN=ana,OU=Staff,DC=x" } },
      { kind: "address-discarded", addresses: ["smtp:c d@contoso.com"], reason: "malformed" },
      { kind: "duplicate-address", address: "ana@contoso.com" },
      { kind: "invalid-value", attribute: "userPrincipalName", rule: "not-routable" },
      { kind: "invalid-value", attribute: "proxyAddresses", rule: "white-space" },
    ]);
    expect(analysis.verdict).toMatchObject({
      isComplete: false,
      hidden: ["counterpart"],
      notChecked: [],
      cannotKnow: [],
    });
    expect(analysis.verdict.text).toMatch(/errors among them\. No counterpart was given \(an online export\)/);
    expect(analysis.inputs[0]).toMatchObject({
      skipped: [{ reason: "computer", count: 1 }],
      leftOut: [{ reason: "computer", id: "CN=PC,DC=x" }],
    });
    expect(analysisSchema.parse(JSON.parse(JSON.stringify(analysis)))).toBeDefined();
  });

  it("is checked for what needs no counterpart: the online service", async () => {
    const analysis = await analyze({ online: [there] });
    expect(analysis.mismatches).toMatchObject([
      { kind: "upn-smtp-misalignment", online: { id: "bea@contoso.com" } },
      { kind: "duplicate-address", objects: [{ id: "ana@contoso.com" }, { id: "bea@contoso.com" }] },
    ]);
    expect(analysis.verdict.text).toContain("No counterpart was given (an export of Active Directory)");
  });

  it("says that nothing is wrong no wider than it was looked for", async () => {
    const analysis = await analyze({ onPremises: [clean] });
    expect(analysis.verdict.text).toMatch(/^Nothing is wrong with what was checked\. No counterpart was given/);
    expect([leavesOpen(analysis), toneOf(analysis)]).toEqual([false, "good"]);
  });

  it("counts the kinds that it looks for, and no others", async () => {
    const { summary } = await analyze({ onPremises: [here] });
    const named = Object.keys(summary.byKind);
    expect(named).toContain("invalid-value");
    for (const kind of ["primary-smtp-change", "unmatched-on-premises", "provisioning-error"]) {
      expect(named).not.toContain(kind);
    }
    expect(Object.keys((await analyze({ online: [there] })).summary.byKind)).not.toContain("invalid-value");
  });

  it("is the same as a stream", async () => {
    const held = await analyze({ onPremises: [here] });
    const { mismatches, worst: _, ...streamed } = await streamAnalysis({ onPremises: [here] });
    expect([...mismatches]).toEqual(held.mismatches);
    expect({ ...streamed }).toEqual({ ...held, mismatches: undefined, ...streamed });
  });

  it("assumes that every routed domain will be verified, and says so", async () => {
    const { settings } = await analyze({ onPremises: [here] });
    expect(settings.verifiedDomains).toEqual(["contoso.com"]);
    expect(settings.inferred.find(({ setting }) => setting === "verifiedDomains")?.from).toMatch(/^assumed: /);
    const { mismatches } = await analyze({ onPremises: [clean], verifiedDomains: ["fabrikam.com"] });
    expect(mismatches).toMatchObject([{ kind: "address-discarded" }, { rule: "unverified-domain" }]);
  });

  it("a slip of the hand is no domain to be verified", async () => {
    const slip = { dn: "CN=b,DC=x", userPrincipalName: "b@contoso.con", proxyAddresses: "SMTP:b@contoso.com" };
    const { mismatches } = await analyze({
      onPremises: [source("ad.ldf", `${String(clean.data)}\n${ldif(slip)}`)],
      kinds: ["invalid-value"],
    });
    expect(mismatches).toMatchObject([{ rule: "unverified-domain", suggestion: { value: "b@contoso.com" } }]);
  });

  it("tells what is untidy as information only", async () => {
    const contact = {
      dn: "CN=Dan,DC=x",
      objectClass: "contact",
      mail: "dan@fabrikam.com",
      proxyAddresses: "SMTP:dan@fabrikam.com",
    };
    const others = [
      { dn: "CN=a,DC=x", userPrincipalName: "a@contoso.com", proxyAddresses: "SMTP:a@contoso.com", displayName: "A" },
      {
        dn: "CN=c,DC=x",
        objectClass: "contact",
        mail: "c@x.com",
        displayName: "C",
        mailNickname: "c",
        targetAddress: "SMTP:c@x.com",
      },
    ];
    const text = ldif(contact, ...others);
    const alone = await analyze({ onPremises: [source("ad.ldf", text)], kinds: ["invalid-value"] });
    expect(alone.mismatches).toMatchObject([
      { severity: "info", attribute: "displayName", rule: "blank", suggestion: { value: "Dan" } },
      { severity: "info", attribute: "mailNickname", rule: "blank", suggestion: { value: "dan" } },
      { severity: "info", attribute: "targetAddress", rule: "blank", suggestion: { value: "SMTP:dan@fabrikam.com" } },
    ]);
    const both = await analyze({ onPremises: [source("ad.ldf", text)], online: [there], kinds: ["invalid-value"] });
    expect(both.mismatches).toEqual([]);
  });

  it.each(reportFormats.map((format) => [format] as const))("is reported as %s", async (format: ReportFormat) => {
    const analysis = await analyze({ onPremises: [here] });
    for (const shown of [analysis, redact(analysis, { key: "k" }), hideAccepted(analysis, analysis)]) {
      const report = await renderReport(shown as never, format);
      if (typeof report !== "string") continue;
      // What stands behind is what each kind means, with both sides.
      const [beginning = ""] = report.split(format === "html" ? "What the findings mean" : "\nNext:");
      if (!format.endsWith("json") && format !== "csv")
        expect(beginning).not.toMatch(/undefined|\d matched|first synchronization|soft match/i);
      if (format !== "csv" && format !== "ndjson") expect(report).toContain("No counterpart was given");
    }
  });

  it.each([
    [{ baseline: [there] }, /^baseline: /],
    [{ service: "both" }, /^service: both: /],
    [{ softMatch: "both" }, /^softMatch: both: /],
    [{ kinds: ["invalid-value", "upn-change"] }, /^upn-change: compares the two sides/],
  ] as const)("%j is refused", async (more, message) => {
    const error = await analyze({ onPremises: [here], ...more }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(message);
  });

  it("reads well on a terminal: what many have in common, who is left out, and no more than a few of each kind", async () => {
    const many = Array.from({ length: 30 }, (_, at) => ({
      dn: `CN=u${at},OU=Sales,DC=x`,
      userPrincipalName: `u${at}@contoso.local`,
      proxyAddresses: `SMTP:u${at}@contoso.com`,
    }));
    const computers = Array.from({ length: 12 }, (_, at) => ({ dn: `CN=PC-${at},DC=x`, objectClass: "computer" }));
    const analysis = await analyze({ onPremises: [source("ad.ldf", ldif(...many, ...computers))] });
    expect(analysis.inputs[0]?.leftOut).toHaveLength(10);
    const text = renderReport(analysis, "text") as string;
    expect(text).toContain("Organisational units: Sales (60)");
    expect(text).toContain("30  userPrincipalName: the domain is not routed in the Internet");
    expect(text).toContain("… and 10 more; --output report.html or .xlsx, or --verbose lists all");
    expect(text).toMatch(/ad\.ldf: 12 computer accounts: PC-0 \(line \d+\),[\s\S]*PC-4\s+\(line \d+\) and 7 more/);
    expect(renderReport(redact(analysis, { key: "k" }), "text")).not.toContain("PC-0");
    const both = await analyze({ files: [source("ad.ldf", ldif(...many, ...computers)), there] });
    expect(both.inputs[0]?.leftOut).toBeUndefined();
  });

  it("has no plan", async () => {
    const analysis = await analyze({ onPremises: [here] });
    expect(() => planRemedies(analysis, { authority: "online" })).toThrow(UsageError);
  });
});

describe("files in any order", () => {
  it.each([
    ["one way", [here, there]],
    ["the other way", [there, here]],
  ])("are put on their sides: %s", async (_, files) => {
    const told = await analyze({ files });
    expect({ ...told }).toEqual({ ...(await analyze({ onPremises: [here], online: [there] })) });
  });

  it("stand beside those of which the side is said", async () => {
    const { inputs } = await analyze({ files: [here], online: [there] });
    expect(inputs.map(({ side, name }) => [side, name])).toEqual([
      ["onPremises", "ad.ldf"],
      ["online", "users.csv"],
    ]);
  });

  it("can come once only", async () => {
    async function* chunks(text: string) {
      for (const letter of text.match(/.{1,7}/gs) ?? []) yield new TextEncoder().encode(letter);
    }
    const stream = new Response(String(there.data)).body as ReadableStream<Uint8Array>;
    const files = [
      { name: "users.csv", data: stream },
      { name: "ad.ldf", data: chunks(String(here.data)) },
    ];
    const { summary } = await analyze({ files });
    expect(summary).toMatchObject({ onPremises: 3, online: 2 });
  });

  it.each([
    ["on-premises by a distinguished name", "CN=A,OU=Staff,DC=contoso,DC=com", "", "onPremises"],
    ["online by a name of the service", "CN=a,OU=x,DC=EURPR01A001,DC=PROD,DC=OUTLOOK,DC=COM", "", "online"],
    ["online by the id of the cloud", "", "0f0c5a0e-0000-4000-8000-000000000001", "online"],
  ])("mailboxes are told %s", async (_, name, id, side) => {
    const text = `UserPrincipalName,RecipientTypeDetails,EmailAddresses,DistinguishedName,ExternalDirectoryObjectId\na@contoso.com,UserMailbox,SMTP:a@contoso.com,"${name}",${id}\n`;
    const analysis = await analyze({ files: [source("mailboxes.csv", text)] });
    expect(analysis.alone).toBe(side);
  });

  it("are not guessed at", async () => {
    const text =
      "UserPrincipalName,RecipientTypeDetails,EmailAddresses\na@contoso.com,UserMailbox,SMTP:a@contoso.com\n";
    const error = await analyze({ files: [source("mailboxes.csv", text), here] }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: "side-unknown", source: "mailboxes.csv" });
  });

  it("are needed", async () => {
    await expect(analyze({})).rejects.toThrow(/there is nothing to look at/);
    await expect(analyze({ files: [] })).rejects.toThrow(UsageError);
  });
});
