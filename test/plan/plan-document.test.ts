import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { type Authority, authorities, planRemedies, renderPlanJson, renderPlanMarkdown } from "../../src/index.ts";
import { companyOf } from "../hostile-company.ts";
import { hostileStrings } from "../hostile-strings.ts";
import { analyzeText, ldif, online } from "../reading.ts";
import { inSmall } from "../real-parts.ts";

/** As forgiving as any reader of Markdown: HTML passes, addresses become links. */
const markdown = new MarkdownIt({ html: true, linkify: true });

/** Names that are no other finding of their own: too long for the service, a mark of conflicts. */
const names = hostileStrings.filter((text) => text.trim() !== "" && text.length < 256 && !text.includes("CNF:"));

/** The page that Markdown makes, without what stands between its marks. */
function skeletonOf(text: string): string {
  return markdown.render(text).replace(/>[^<]*</g, "><");
}

describe("renderPlanMarkdown", () => {
  it("says what each step does, for whom, why, and what is left to a person", async () => {
    const analysis = await companyOf("Ana");
    expect(renderPlanMarkdown(planRemedies(analysis, { authority: "online" }))).toBe(`# Plan

What people use online stays. Active Directory gets it before the first run.

1 step for 1 person remedies 2 findings; 1 is left to a person.
Do the steps in their order: it never puts one address on two objects.

## How to apply it

In Active Directory, one of the two:

- \`.\\change-ad.ps1 -WhatIf\`, then \`.\\change-ad.ps1\`. What was changed since the export is left out and named. Back: \`.\\undo-ad.ps1\`.
- \`ldifde -i -f change-ad.ldf\` (or \`ldapmodify\`, \`ldbmodify\`). A record whose old values are no longer there is refused. Back: \`undo-ad.ldf\`.

Then export again and analyze again: \`analyze … --format json --outcomes --output prediction.json\` keeps what is predicted. After the run, \`verify --prediction prediction.json --after users-after.csv\` tells whether it was right.

## Steps

1. \`Ana\` (Active Directory, \`ad.ldf:1\`). Active Directory gets the addresses and the sign-in name that the person uses online.
   - proxyAddresses:
     - remove \`SMTP:ana@contoso.com\`
     - remove \`smtp:a@contoso.com\`
     - add \`SMTP:a@contoso.com\`
     - add \`smtp:ana@contoso.com\`
     - add \`smtp:old@contoso.com\`

## Left to a person

### duplicate-address

Leave the address with one object and remove it from the others, before the run; where the name is made up, give each person a mailNickname of its own.

- \`both@contoso.com: CN=2Ana,DC=contoso,DC=com, CN=3Ana,DC=contoso,DC=com\` — it needs a person who knows the people
`);
  });

  it("says so where there is nothing to do", async () => {
    const analysis = await analyzeText(
      ldif({ proxyAddresses: "SMTP:a@contoso.com" }),
      online({ UserPrincipalName: "a@contoso.com", ProxyAddresses: "SMTP:a@contoso.com" }),
    );
    const text = renderPlanMarkdown(planRemedies(analysis, { authority: "online" }));
    expect(text).toContain("Nothing is to be done: no finding is one that a plan remedies.");
  });

  const pageOf = async (name: string, authority: Authority) =>
    renderPlanMarkdown(planRemedies(await companyOf(name), { authority }));
  const plain = new Map(authorities.map((authority) => [authority, pageOf("Ana", authority).then(skeletonOf)]));
  it.each(authorities.flatMap((authority, turn) => inSmall(4, names, turn).map((text) => [authority, text] as const)))(
    "%s, with %j as a name: the same page, but for its words",
    async (authority, name) => {
      const hostile = await pageOf(name, authority);
      expect(skeletonOf(hostile)).toBe(await plain.get(authority));
      expect(hostile).not.toMatch(/[^\P{Cc}\n]/u);
    },
  );
});

describe("renderPlanJson", () => {
  it("is one JSON document with the tool's name and everything that the plan holds", async () => {
    const plan = planRemedies(await companyOf("Ana"), { authority: "online" });
    const document = JSON.parse(renderPlanJson(plan));
    expect(document).toMatchObject({ schemaVersion: 1, tool: { name: "dirsync-preflight" }, authority: "online" });
    expect(document.steps).toEqual(JSON.parse(JSON.stringify(plan.steps)));
  });
});
