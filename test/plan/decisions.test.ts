import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { type Authority, planRemedies, readDecisions, renderDecisions, UsageError } from "../../src/index.ts";
import { hostileStrings } from "../hostile-strings.ts";
import { analyzeText, ldif, online } from "../reading.ts";
import { inSmall } from "../real-parts.ts";
import { formulasIn } from "../spreadsheet.ts";

const analysis = await analyzeText(
  ldif(
    {
      dn: "CN=Zoë,DC=contoso,DC=com",
      displayName: "Zoë",
      proxyAddresses: ["SMTP:zoe@contoso.com", "smtp:z@contoso.com"],
    },
    {
      dn: "CN=Bob,DC=contoso,DC=com",
      displayName: "Bob",
      proxyAddresses: ["SMTP:bob@contoso.com", "smtp:b@contoso.com"],
    },
  ),
  online(
    {
      UserPrincipalName: "z@contoso.com",
      ObjectId: "o-z",
      DisplayName: "Zoë",
      ProxyAddresses: "SMTP:z@contoso.com;smtp:zoe@contoso.com",
    },
    {
      UserPrincipalName: "b@contoso.com",
      ObjectId: "o-b",
      DisplayName: "Bob",
      ProxyAddresses: "SMTP:b@contoso.com;smtp:bob@contoso.com",
    },
  ),
);
const written = renderDecisions(planRemedies(analysis, { authority: "online" }));
const HEADER = "user,on-premises,online,finding,proposed,decision\n";
const DN = '"CN=Zoë,DC=contoso,DC=com"';
const row = (decision: string, finding = "primary-smtp-change", id = "o-z") =>
  `Zoë,${DN},${id},${finding},online,${decision}\n`;
const read = (data: string | Uint8Array) => readDecisions(data, "decisions.csv", analysis);

describe("renderDecisions", () => {
  it("has a row for each finding that the plan remedies, to be decided", () => {
    const rows: string[][] = parse(written, { bom: true });
    expect(rows).toEqual([
      ["user", "on-premises", "online", "finding", "proposed", "decision"],
      ["Bob", "CN=Bob,DC=contoso,DC=com", "o-b", "primary-smtp-change", "online", ""],
      ["Zoë", "CN=Zoë,DC=contoso,DC=com", "o-z", "primary-smtp-change", "online", ""],
    ]);
  });

  it("takes the proposal where nothing was decided", async () => {
    expect(await read(written)).toEqual(new Map());
  });
});

describe("readDecisions", () => {
  it.each<Authority | "skip">(["online", "on-premises", "skip"])(
    "reads %s, in any case of letters",
    async (decision) => {
      expect(await read(HEADER + row(` ${decision.toUpperCase()} `))).toEqual(new Map([["o-z", decision]]));
    },
  );

  it("reads what Excel saves: semicolons, Windows-1252, UTF-16 with tabs, columns and rows in another order", async () => {
    const expected = new Map([["o-z", "on-premises"]]);
    const semicolons = (HEADER + row("on-premises").replace(DN, "CN=Zoë~DC=contoso~DC=com"))
      .replaceAll(",", ";")
      .replaceAll("~", ",");
    expect(await read(Buffer.from(semicolons, "latin1"))).toEqual(expected);
    const tabs = `user\ton-premises\tonline\tfinding\tproposed\tdecision\r\nZoë\tCN=Zoë,DC=contoso,DC=com\to-z\tprimary-smtp-change\tonline\ton-premises\r\n`;
    expect(await read(Buffer.from(`\ufeff${tabs}`, "utf16le"))).toEqual(expected);
    expect(await read(`Decision,Finding,Online,On-Premises\non-premises,primary-smtp-change,o-z,${DN}\n`)).toEqual(
      expected,
    );
  });

  it.each([
    [
      "an unknown decision",
      HEADER + row("maybe"),
      'decisions.csv:2: the decision "maybe" is not known; use one of: online, on-premises, skip, or nothing',
    ],
    [
      "a decision that is a name of JavaScript's own",
      HEADER + row("__proto__"),
      'decisions.csv:2: the decision "__proto__" is not known; use one of: online, on-premises, skip, or nothing',
    ],
    [
      "an unknown user",
      HEADER + row("online", "primary-smtp-change", "o-x"),
      "decisions.csv:2: there is no finding primary-smtp-change of o-x; the exports are others than when the file was written",
    ],
    [
      "an unknown finding",
      HEADER + row("online") + row("online", "constructor"),
      "decisions.csv:3: there is no finding constructor of o-z; the exports are others than when the file was written",
    ],
    [
      "a contradiction",
      HEADER + row("online") + row("") + row("skip"),
      'decisions.csv:4: "skip" contradicts "online" on line 2 for the same person',
    ],
    [
      "a missing column",
      "user,online,on-premises,finding\n",
      'decisions.csv: the column "decision" is missing; write the file with --write-decisions',
    ],
    ["an empty file", "", 'decisions.csv: the column "on-premises" is missing; write the file with --write-decisions'],
    ["an open quotation", `${HEADER}"Zoë`, /^decisions\.csv:2: /],
  ])("refuses %s, with its line", async (_, text, message) => {
    const error = await read(text).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(message);
  });

  it.each(
    inSmall(
      4,
      hostileStrings.filter((text) => text !== ""),
      1,
    ),
  )("knows a person called %j again in the file that it wrote", async (name) => {
    const text = new TextDecoder().decode(new TextEncoder().encode(name.replaceAll('"', "”"))).replaceAll("\0", "");
    const hostile = await analyzeText(
      ldif({ dn: "CN=x,DC=contoso,DC=com", proxyAddresses: ["SMTP:a@contoso.com", "smtp:b@contoso.com"] }),
      online({
        UserPrincipalName: "b@contoso.com",
        ObjectId: text,
        DisplayName: text,
        ProxyAddresses: "SMTP:b@contoso.com;smtp:a@contoso.com",
      }),
    );
    const file = renderDecisions(planRemedies(hostile, { authority: "online" }));
    const [id = ""] = hostile.mismatches.map(({ online: there }) => there?.id);
    const cells: string[][] = parse(file, { bom: true });
    expect(cells.flat().filter((cell) => /^[\t\r]/.test(cell))).toEqual([]);
    expect(formulasIn(file)).toEqual([]);
    // What cannot be told from white space around a cell is trimmed on both ways.
    const decided = await readDecisions(file.replace(/,""\r\n$/, ',"skip"\r\n'), "d.csv", hostile);
    expect(Array.from(decided)).toEqual([[id.trim(), "skip"]]);
  });
});
