import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import readExcelFile from "read-excel-file/node";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod/mini";
import { toAnalyzeOptions } from "../../src/cli/input-options.ts";
import { attributeOf } from "../../src/cli/row-options.ts";
import {
  type AnalyzeOptions,
  analyze,
  matchUsers,
  planRemedies,
  readUsers,
  renderReport,
  type Settings,
  type Source,
  settingsSchema,
  UsageError,
} from "../../src/index.ts";
import { choicesOf, type OptionRow, type OptionRows } from "../../src/model/option.ts";
import { type OptionName, optionRows, options } from "../../src/options.ts";
import { planOptions } from "../../src/plan/plan.ts";
import { scriptOptions } from "../../src/plan/powershell.ts";
import { pageOptions } from "../../src/web/page-options.ts";
import { commandOf, replaceTable, writeOptionsTable } from "./options-table.ts";

const onPremises: Source = {
  name: "ad.ldf",
  data: "dn: CN=a,DC=x\nobjectClass: user\nproxyAddresses: SMTP:a@contoso.com\n",
};
const online: Source = {
  name: "users.csv",
  data: "UserPrincipalName,ProxyAddresses\na@contoso.com,SMTP:a@contoso.com\n",
};
const sides = { onPremises: [onPremises], online: [online] };

/** For each option a value that is not its default, and one that it cannot have. */
const samples: { readonly [Name in OptionName]: readonly [right: Required<AnalyzeOptions>[Name], wrong: unknown] } = {
  files: [[{ ...onPremises, name: "more.ldf" }], [{ name: "ad.ldf" }]],
  onPremises: [[onPremises], { name: "ad.ldf", data: "" }],
  online: [[online], [{ name: "users.csv" }]],
  baseline: [[online], "users.csv"],
  service: ["entra-connect", "entra"],
  softMatch: ["primary-smtp", "any"],
  upnSoftMatch: [true, "true"],
  blockSoftMatch: [true, "yes"],
  blockHardMatch: [true, 1],
  admins: [["admin@contoso.com"], "admin@contoso.com"],
  sourceAnchor: ["employeeID", "employee ID"],
  upnSource: ["mail", ["mail"]],
  includeOu: [["OU=Sales,DC=x"], ["Sales"]],
  excludeOu: [["OU=Old,DC=x"], "OU=Old,DC=x"],
  includeSystemObjects: [true, 1],
  columns: [["userPrincipalName=Login"], "userPrincipalName=Login"],
  lacksProxyAddresses: [true, 1],
  concurrency: [1, 1.5],
  signal: [new AbortController().signal, {}],
  onProgress: [() => undefined, "progress"],
  upnFlow: ["always", "never"],
  verifiedDomains: [["contoso.com"], "contoso.com"],
  initialDomain: ["contoso.onmicrosoft.com", null],
  kinds: [["upn-change"], ["upn-changed"]],
  outcomes: [true, "yes"],
  onPhase: [() => undefined, true],
};

const rows: readonly { readonly name: OptionName; readonly row: OptionRow }[] = optionRows.map(([name, row]) => ({
  name,
  row,
}));
const analyzeCommand = commandOf("analyze");
const byFlag = rows.filter(({ row }) => row.flag !== undefined);
const settings = rows.filter(({ row }) => row.setting !== undefined);

/** Analyzes with options of which TypeScript knows nothing. */
const analyzeWith = (given: object) => analyze({ ...sides, ...given });
const messageOf = async (result: Promise<unknown>): Promise<string> => {
  const error: unknown = await result.then(
    () => "no error",
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message;
};

describe("every option is one row", () => {
  it("of which the type follows", () => {
    expectTypeOf<keyof AnalyzeOptions>().toEqualTypeOf<OptionName>();
    expectTypeOf<AnalyzeOptions["softMatch"]>().toEqualTypeOf<"any-smtp" | "primary-smtp" | "both" | undefined>();
    expectTypeOf<AnalyzeOptions["kinds"]>().not.toEqualTypeOf<readonly string[] | undefined>();
    expectTypeOf<AnalyzeOptions["onPremises"]>().toEqualTypeOf<readonly Source[] | undefined>();
    expectTypeOf<Settings["upnSource"]>().toEqualTypeOf<string>();
  });

  it.each(rows)("$name is checked: its values are taken, any other is refused by name", async ({ name, row }) => {
    const [right, wrong] = samples[name];
    await expect(analyzeWith({ [name]: right })).resolves.toBeDefined();
    const without = analyzeWith({ [name]: undefined });
    if (row.isRequired) expect(await messageOf(without)).toMatch(/: expected .*, got undefined$/);
    else await expect(without).resolves.toBeDefined();
    const message = await messageOf(analyzeWith({ [name]: wrong }));
    expect(message).toMatch(new RegExp(`^${name}(\\[0\\])?: expected (a|an|one|the|true) .*, got `));
  });

  it.each(rows)("$name has a sentence, and a default that it can have", ({ row }) => {
    expect(row.about).toMatch(/^[a-z].*[^.\s]$/);
    if (row.default !== undefined) expect(z.safeParse(row.schema, row.default).success).toBe(true);
    expect(row.default === undefined || row.otherwise === undefined).toBe(true);
  });

  it.each(byFlag)("$name is an option of the command line, in its own words", ({ row }) => {
    const option = analyzeCommand.options.find(({ flags }) => flags === row.flag);
    expect(option?.description.startsWith(row.about)).toBe(true);
    if (typeof row.default === "string") expect(option?.description).toContain(`(default: ${row.default})`);
    expect(option?.argChoices).toEqual(choicesOf(row.schema));
    expect(option?.mandatory).toBe(row.isRequired ?? false);
  });

  it("and the command line hands over all that it was given", async () => {
    const files = { onPremises: [path("ad.ldf")], online: [path("users.csv")], baseline: [path("users.csv")] };
    const comparing = byFlag.filter(({ name }) => !(name in files));
    expect(comparing.map(({ name }) => name)).toContain("kinds");
    const given = comparing.map(({ name, row }) => [attributeOf(row), samples[name][0]] as const);
    const made = await toAnalyzeOptions({ ...files, ...Object.fromEntries(given), color: false });
    expect(made).toMatchObject(Object.fromEntries(comparing.map(({ name }) => [name, samples[name][0]])));
    expect([made.onPremises, made.online, made.baseline].map((sources) => sources?.length)).toEqual([1, 1, 1]);
  });

  it.each(settings)("$name is a setting: what was given, or what holds without", async ({ name, row }) => {
    expect(Object.keys(settingsSchema.shape)).toContain(name);
    const [usual, given] = [await analyzeWith({}), await analyzeWith({ [name]: samples[name][0] })];
    expect(given.settings).toMatchObject({ [name]: samples[name][0] });
    expect(given.settings).not.toEqual(usual.settings);
    // What is told is told from the exports.
    if (row.default !== undefined && row.default !== "told")
      expect(usual.settings).toMatchObject({ [name]: row.default });
    if (row.label === undefined) return;
    const value = String(samples[name][0]);
    expect(await renderReport(given, "html")).toContain(`<dt>${row.label}</dt><dd>${value}`);
    const [summary] = await readExcelFile(Buffer.from(await renderReport(given, "xlsx")));
    const cells = summary?.data.find(([what]) => String(what).toLowerCase() === row.label?.toLowerCase());
    expect(String(cells?.[1])).toBe(value);
  });

  it("and every setting but what was inferred has one", () => {
    expect(Object.keys(settingsSchema.shape)).toEqual([...settings.map(({ name }) => name), "inferred"]);
  });

  it("of which the page offers what says so, what holds without it first", () => {
    const offered = Object.entries({ ...options, ...planOptions, ...scriptOptions } as OptionRows).filter(
      ([, { page }]) => page !== undefined,
    );
    const made = [...pageOptions.analysis, ...pageOptions.plan];
    expect(made.map(({ name }) => name)).toEqual(offered.map(([name]) => name));
    for (const [index, [name, { schema, label, page, default: usual = page?.[0] }]] of offered.entries()) {
      expect(made[index]).toEqual({ name, label, values: page });
      expect(page?.[0]).toBe(usual);
      for (const value of page ?? []) expect(z.safeParse(schema, value).success).toBe(true);
    }
  });
});

describe("whoever has no TypeScript is told", () => {
  it("in the same words whatever language zod was told to speak", async () => {
    const { localeError } = z.config();
    z.config(z.locales.de());
    try {
      expect(await messageOf(analyzeWith({ upnSoftMatch: 1 }))).toBe("upnSoftMatch: expected true or false, got 1");
    } finally {
      z.config({ localeError });
    }
  });

  it.each([
    [{ sourceAnchorr: "mail" }, 'sourceAnchorr: no such option; did you mean "sourceAnchor"?'],
    [{ softmatch: "both" }, 'softmatch: no such option; did you mean "softMatch"?'],
    [{ maxBytes: 1 }, "maxBytes: no such option"],
    [{ ["x\u001b".repeat(100)]: 1 }, /^(x\\u001b){19}x…: no such option$/],
    [{ upnFlow: 3 }, 'upnFlow: expected one of "always", "unlicensed-only", got 3'],
    [{ verifiedDomains: ["contoso.com", undefined] }, "verifiedDomains[1]: expected a text, got undefined"],
    [{ onPremises: [] }, "onPremises: expected at least one export of Active Directory, got an empty list"],
    [{ online: [online, null] }, "online[1]: expected a source: { name, data }, got null"],
    [{ concurrency: Number.NaN }, "concurrency: expected a whole number from 1 on, got NaN"],
    [{ onProgress: {} }, "onProgress: expected a function, got an object"],
  ])("%j", async (given, message) => {
    const told = await messageOf(analyzeWith(given));
    if (typeof message === "string") expect(told).toBe(message);
    else expect(told).toMatch(message);
  });

  it("which kind was meant", async () => {
    const told = await messageOf(analyzeWith({ kinds: ["primry-smtp-change"] }));
    expect(told).toMatch(/^kinds\[0\]: expected one of "primary-smtp-change", "primary-smtp-unsure", /);
    expect(told).toMatch(/, got "primry-smtp-change" \(did you mean "primary-smtp-change"\?\)$/);
  });

  it("by every function that takes options", async () => {
    const unknown = { "soft-match": "both" } as object;
    const analysis = await analyze(sides);
    const { onPremises: left, online: right } = analysis.comparison.directories;
    expect(await messageOf(readUsers(onPremises, unknown).next())).toBe("soft-match: no such option");
    expect(() => matchUsers(left, right, unknown)).toThrow("soft-match: no such option");
    const authority = { authority: "both" as "online" };
    expect(() => planRemedies(analysis, authority)).toThrow(
      'authority: expected one of "online", "on-premises", got "both"',
    );
    for (const nothing of [null, [], "softMatch"] as unknown as AnalyzeOptions[])
      expect(await messageOf(analyze(nothing))).toMatch(/^the options: expected an object, got /);
  });
});

describe("docs/cli.md", () => {
  it("has the options of the command line, in their own words", async () => {
    const page = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");
    const known = new Set(analyzeCommand.options.map(({ flags }) => flags));
    const ofPlan = commandOf("plan").options.filter(({ flags }) => !known.has(flags));
    const sections = [
      ["analyze", analyzeCommand.options],
      ["plan", ofPlan],
      ["verify", commandOf("verify").options],
    ] as const;
    const written = sections.reduce(
      (text, [heading, all]) => replaceTable(text, heading, writeOptionsTable(all)),
      page,
    );
    for (const { row } of byFlag) expect(written).toContain(row.about.replaceAll("|", "\\|").split(/--|NO_/)[0]);
    await expect(written).toMatchFileSnapshot("../../docs/cli.md");
  });
});

function path(name: string): string {
  return fileURLToPath(
    new URL(`../../examples/contoso/${name === "ad.ldf" ? name : "msolusers.csv"}`, import.meta.url),
  );
}
