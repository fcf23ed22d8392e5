import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Analysis,
  analysisSchema,
  applyChanges,
  hideAccepted,
  type MismatchKind,
  mismatchKinds,
  planRemedies,
  redact,
  type Severity,
  severities,
  streamAnalysis,
  verdict,
} from "../src/index.ts";
import { leavesOpen, toneOf, worstOf } from "../src/verdict.ts";
import { people, settings, toObjects, toRows } from "./invented-people.ts";
import { analyzeText, ldif, online } from "./reading.ts";
import { times } from "./real-parts.ts";

const GUID = "d08f810b-a35c-49a8-a4cd-c6923dfc031e";

/** One person, under two primary addresses and two sign-in names unless they are said to be the same. */
function company({ primary = "ana@contoso.com", upn = "ana@contoso.com", more = "" } = {}) {
  return [
    ldif({
      userPrincipalName: "ana@contoso.com",
      mail: "ana@contoso.com",
      objectGUID: GUID,
      proxyAddresses: ["SMTP:ana@contoso.com"],
      userAccountControl: "512",
    }) + more,
    online({
      UserPrincipalName: upn,
      ProxyAddresses: primary === "ana@contoso.com" ? `SMTP:${primary}` : `SMTP:${primary};smtp:ana@contoso.com`,
      ImmutableId: "",
      BlockCredential: "False",
    }),
  ] as const;
}

const quiet = await analyzeText(...company());
const loud = await analyzeText(...company({ primary: "a.silva@contoso.com", upn: "a.silva@contoso.com" }));

describe("the verdict", () => {
  it("leaves open what is not certain", async () => {
    const masked = company()[0].replace("proxyAddresses: SMTP", "proxyAddresses: SIP");
    expect([quiet, await analyzeText(masked, company()[1])].map(leavesOpen)).toEqual([false, true]);
  });

  it.each<[string, Analysis | Promise<Analysis>, string]>([
    ["where all was checked", quiet, "For the 1 person matched no mail address and no sign-in name changes."],
    [
      "where something changes",
      loud,
      "Mail addresses and sign-in names change. 3 findings of 3 kinds, errors among them.",
    ],
    [
      "where it is not certain",
      analyzeText(company()[0].replace("proxyAddresses: SMTP", "proxyAddresses: SIP"), company()[1]),
      "1 finding of 1 kind, warnings among them, not certain.",
    ],
    [
      "where some of it is not certain",
      analyzeText(
        ldif({
          userPrincipalName: "ana@contoso.com",
          proxyAddresses: ["SMTP:ana@contoso.com", "SMTP:a@contoso.com"],
          userAccountControl: "514",
        }),
        company()[1],
      ),
      "1 person cannot sign in any more. 3 findings of 3 kinds, errors among them, 1 of them not certain. 2 kinds could not be checked: anchor-conflict, mail-attribute-mismatch.",
    ],
    [
      "where somebody cannot sign in any more",
      analyzeText(company()[0].replace("512", "514"), company()[1]),
      "1 person cannot sign in any more. 1 finding of 1 kind, errors among them.",
    ],
    [
      "where only one kind was asked for",
      analyzeText(...company({ primary: "a.silva@contoso.com" }), { kinds: ["upn-change"] }),
      `For the 1 person matched no sign-in name changes. Only 1 of ${mismatchKinds.length} kinds was asked for: upn-change.`,
    ],
    [
      "where aliases were not asked for",
      analyzeText(...company(), { kinds: ["primary-smtp-change"] }),
      `For the 1 person matched no primary mail address changes. Only 1 of ${mismatchKinds.length} kinds was asked for: primary-smtp-change.`,
    ],
    [
      "where only other kinds were asked for",
      analyzeText(...company({ primary: "a.silva@contoso.com" }), { kinds: ["duplicate-upn", "anchor-conflict"] }),
      `Nothing was found; no change of a mail address or a sign-in name was looked for. Only 2 of ${mismatchKinds.length} kinds were asked for: duplicate-upn, anchor-conflict.`,
    ],
    [
      "where all was accepted before",
      hideAccepted(loud, loud),
      "Besides what was accepted, for the 1 person matched no mail address and no sign-in name changes. 3 accepted findings are not listed.",
    ],
    [
      "where nobody is matched",
      analyzeText(ldif({ proxyAddresses: "SMTP:b@contoso.com", objectGUID: GUID }), company()[1], {
        kinds: ["primary-smtp-change"],
      }),
      `Nobody is matched. Only 1 of ${mismatchKinds.length} kinds was asked for: primary-smtp-change.`,
    ],
    [
      "where something could not be read",
      analyzeText(...company({ more: "nonsense\n\n" })),
      "For the 1 person matched no mail address and no sign-in name changes. Not everything in 1 file could be read.",
    ],
    [
      "where letter case changes",
      analyzeText(...company({ primary: "Ana@contoso.com" }), { kinds: ["primary-smtp-change"] }),
      `For the 1 person matched no primary mail address changes but in letter case. 1 finding for information. Only 1 of ${mismatchKinds.length} kinds was asked for: primary-smtp-change.`,
    ],
  ])("says %s", async (_, analysis, text) => {
    expect((await analysis).verdict.text).toBe(text);
  });

  it("names what is hidden, what was not checked, and what nobody can know", async () => {
    const cannotKnow = ["roles", "groups and contacts online", "recycle bin", "federation", "scope", "passwords"];
    const complete = { isComplete: true, hidden: [], notChecked: [], cannotKnow };
    expect(quiet.verdict).toMatchObject(complete);
    const filtered = await analyzeText(...company(), { kinds: ["upn-change"] });
    expect(hideAccepted(filtered, filtered).verdict).toMatchObject({ isComplete: false, hidden: ["kinds"] });
    expect(hideAccepted(loud, loud).verdict).toMatchObject({ isComplete: false, hidden: ["accepted"] });
    const all = mismatchKinds.map(({ kind }) => kind);
    expect((await analyzeText(...company(), { kinds: all })).verdict).toMatchObject(complete);
    const withoutUpn = await analyzeText(ldif({ proxyAddresses: "SMTP:ana@contoso.com" }), company()[1]);
    expect(withoutUpn.verdict).toMatchObject({ isComplete: false, notChecked: expect.arrayContaining(["upn-change"]) });
    expect(withoutUpn.verdict.text).toMatch(
      /^For the 1 person matched no mail address changes\. \d+ kinds could not be checked/,
    );
  });

  it("is the same for every way to an analysis", async () => {
    for (const analysis of [quiet, loud, hideAccepted(loud, { mismatches: loud.mismatches.slice(1) })]) {
      const saved: Analysis = JSON.parse(JSON.stringify(analysis));
      expect(analysisSchema.parse(saved).verdict).toEqual(analysis.verdict);
      const { verdict: _, ...older } = saved;
      const { steps } = planRemedies(analysis, { authority: "online" });
      for (const made of [analysis, saved, redact(analysis, { key: "k" }), applyChanges(analysis, steps)])
        expect(verdict(made)).toEqual(made.verdict);
      expect(verdict(older)).toEqual(analysis.verdict);
    }
    const [ad, users] = company({ primary: "a.silva@contoso.com" });
    for (const kinds of [undefined, ["upn-change"], ["alias-added"]] as const) {
      const options = kinds === undefined ? {} : { kinds };
      const streamed = await streamAnalysis({
        onPremises: [{ name: "ad.ldf", data: ad }],
        online: [{ name: "users.csv", data: users }],
        ...options,
      });
      expect(redact(streamed, { key: "k" }).verdict).toEqual(streamed.verdict);
      expect(streamed.verdict).toEqual((await analyzeText(ad, users, options)).verdict);
    }
  });

  it("counts what was found even where a caller has taken findings out of the list", () => {
    const emptied = { ...loud, mismatches: [] };
    expect(verdict(emptied).text).toBe("Mail addresses and sign-in names change. 3 findings of 3 kinds.");
    expect(toneOf(emptied)).toBe("warning");
  });

  it("says nothing of any company that looking at everything contradicts, and what the exit status says", async () => {
    const kinds = fc.subarray(mismatchKinds.map(({ kind }): MismatchKind => kind));
    await fc.assert(
      fc.asyncProperty(people, people, settings, kinds, fc.nat(), async (here, there, setting, asked, taken) => {
        const [ad, users] = [ldif(...toObjects(here)), online(...toRows(there))];
        const whole = await analyzeText(ad, users, setting);
        const filtered = await analyzeText(ad, users, { ...setting, kinds: asked });
        const accepted = { mismatches: whole.mismatches.slice(0, taken % (whole.mismatches.length + 1)) };
        for (const analysis of [whole, filtered, hideAccepted(whole, accepted)]) {
          expectTrue(analysis, whole, analysis.accepted === undefined ? [] : accepted.mismatches);
          const worst = worstOf(analysis);
          const listed = (severity: Severity) => analysis.mismatches.some((one) => one.severity === severity);
          expect(worst).toBe(severities.find(listed));
          for (const severity of ["error", "warning"] as const)
            expect(analysis.verdict.text.includes(`${severity}s among them`)).toBe(worst === severity);
        }
      }),
      { numRuns: times(300) },
    );
  });
});

/** Holds what a verdict says against all findings, less those that it says were accepted. */
function expectTrue(
  { verdict: { text, isComplete } }: Analysis,
  whole: Analysis,
  accepted: Analysis["mismatches"],
): void {
  const rest = whole.mismatches.filter((one) => !accepted.some((other) => other === one));
  const moved = rest.filter((one) => one.kind === "primary-smtp-change");
  if (/no (?:primary )?mail address/.test(text)) {
    expect(moved.filter((one) => one.kind === "primary-smtp-change" && !one.caseOnly)).toEqual([]);
    if (moved.length > 0) expect(text).toContain("but in letter case");
  }
  if (text.includes("no mail address")) expect(rest.filter(({ kind }) => kind === "alias-removed")).toEqual([]);
  if (text.includes("no sign-in name")) expect(rest.filter(({ kind }) => kind === "upn-change")).toEqual([]);
  // Of who cannot sign in any more nothing is said to stay.
  if (/^(?:For|Besides)\b/.test(text))
    expect(rest.filter(({ kind }) => kind === "sign-in-blocked").length === 0 || /Only|not be checked/.test(text)).toBe(
      true,
    );
  if (isComplete) expect(accepted).toEqual([]);
}
