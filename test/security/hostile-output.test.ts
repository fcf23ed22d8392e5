import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Language, Parser } from "@vscode/tree-sitter-wasm";
import { parse } from "csv-parse/sync";
import { strFromU8, unzipSync } from "fflate";
import MarkdownIt from "markdown-it";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  explainUser,
  inspectSource,
  type LiveAnalysis,
  type Plan,
  planRemedies,
  renderDecisions,
  renderInspection,
  renderReport,
  renderStory,
} from "../../src/index.ts";
import { renderPlanFiles } from "../../src/plan/plan-files.ts";
import { readLdif } from "../../src/text/ldif.ts";
import { chooseFiles, openFromDisk, startBrowser } from "../browser/browser.ts";
import { companyOf as analyzeCompany } from "../hostile-company.ts";
import { hostileStrings } from "../hostile-strings.ts";
import { ldif, online } from "../reading.ts";
import { hasBrowser, inSmall } from "../real-parts.ts";
import { formulasIn } from "../spreadsheet.ts";

/**
 * One table: every way out of the program, and what a reader of it does. Whatever a name is, that must be the same as for a
 * harmless name of its kind.
 */

const require = createRequire(import.meta.url);
let parser: Parser;
beforeAll(async () => {
  await Parser.init({ locateFile: (name) => require.resolve(`@vscode/tree-sitter-wasm/wasm/${name}`) });
  parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve("@vscode/tree-sitter-wasm/wasm/tree-sitter-powershell.wasm")));
});

/** Each company is analyzed once, for all ways out. */
const companies = new Map<string, Promise<LiveAnalysis>>();
function companyOf(name: string): Promise<LiveAnalysis> {
  const known = companies.get(name) ?? analyzeCompany(name);
  companies.set(name, known);
  return known;
}

/** Each plan is made once, for both dialects. */
const plans = { online: new WeakMap<LiveAnalysis, Plan>(), "on-premises": new WeakMap<LiveAnalysis, Plan>() };
function planOf(analysis: LiveAnalysis, authority: keyof typeof plans): Plan {
  const known = plans[authority].get(analysis) ?? planRemedies(analysis, { authority });
  plans[authority].set(analysis, known);
  return known;
}

/** What a terminal obeys, or cannot be seen. */
function onTerminal(text: string): unknown {
  return text.match(/[^\P{Cc}\n]|[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu) ?? [];
}

/** The shape of JSON: keys and kinds of values. */
function asJson(text: string): unknown {
  const shape = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shape);
    if (typeof value !== "object" || value === null) return typeof value;
    return Object.entries(value).map(([key, own]) => [key, shape(own)]);
  };
  return shape(JSON.parse(text));
}

/** Rows and cells, and the cells that a spreadsheet would take for a formula, with whatever separator. */
function inSpreadsheet(text: string): unknown {
  const rows: string[][] = parse(text.replace(/^\ufeff/, ""), { relax_column_count: true });
  return [rows.map((row) => row.length), rows.flat().filter((cell) => /^[\t\r]/.test(cell)), formulasIn(text)];
}

function inWorkbook(bytes: Uint8Array): unknown {
  const files = Object.entries(unzipSync(bytes)).filter(([path]) => path.includes("sheet"));
  return files.map(([path, content]) => {
    const xml = strFromU8(content);
    return [
      path,
      xml.match(/<[a-z?/][\w:]*/gi),
      xml.match(/<f[ >]/g) ?? [],
      xml.match(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g) ?? [],
    ];
  });
}

const markdown = new MarkdownIt({ html: true, linkify: true });
/** The marks that Markdown makes of a page. */
function asMarkdown(text: string): unknown {
  return markdown.render(text).match(/<[^>]*>/g);
}

/** The elements of a page, and its scripts that are no data. */
function inBrowser(text: string): unknown {
  const withoutData = text.replace(/(<script type="application\/json"[^>]*>)[^<]*(<\/script>)/g, "$1$2");
  return [withoutData.replace(/label="[^"]*"|'sha256-[^']*'/g, "").match(/<[a-z!/][^>]*>/gi), onTerminal(text)];
}

/** The records of an LDIF file: names of attributes, and what is no record. */
async function asLdif(text: string): Promise<unknown> {
  const items = [];
  // Written as changes, which a reader of users passes over: read here as additions.
  const bytes = new TextEncoder().encode(
    text.replaceAll("changetype: modify", "changetype: add").replace(/^-\n/gm, ""),
  );
  for await (const batch of readLdif([bytes] as never)) items.push(...batch);
  return items.map((item) => (item.type === "record" ? item.attributes.map(({ name }) => name) : item.code));
}

/** The commands of a script, and what its grammar finds wrong. */
function inPowerShell(text: string): unknown {
  const root = parser.parse(text)?.rootNode;
  const nodes = root?.descendantsOfType(["command_name", "variable", "member_name"]) ?? [];
  return [root?.hasError, nodes.map((node) => [node?.type, node?.text])];
}

type Read = (content: string) => unknown;
const planReaders: Readonly<Record<string, Read>> = {
  "plan.md": asMarkdown,
  "plan.json": asJson,
  "notify.csv": inSpreadsheet,
  "change-ad.ldf": asLdif,
  "undo-ad.ldf": asLdif,
  "change-ad.ps1": inPowerShell,
  "undo-ad.ps1": inPowerShell,
  "change-online.ps1": inPowerShell,
  "undo-online.ps1": inPowerShell,
};

/** Every way out, and what a reader makes of it. */
const channels: Readonly<Record<string, (analysis: LiveAnalysis, name: string) => unknown>> = {
  text: (analysis) => onTerminal(renderReport(analysis, "text")),
  "text, wide and in colours": (analysis) =>
    // Colours are the only thing that a terminal is told.
    onTerminal(renderReport(analysis, "text", { color: true, width: 200 }).replace(/\u001b\[\d+m/g, "")),
  json: (analysis) => asJson(renderReport(analysis, "json")),
  ndjson: (analysis) => renderReport(analysis, "ndjson").trimEnd().split("\n").map(asJson),
  csv: (analysis) => inSpreadsheet(renderReport(analysis, "csv")),
  markdown: (analysis) => asMarkdown(renderReport(analysis, "markdown")),
  html: async (analysis) => inBrowser(await renderReport(analysis, "html")),
  xlsx: async (analysis) => inWorkbook(await renderReport(analysis, "xlsx")),
  "decisions.csv": (analysis) => inSpreadsheet(renderDecisions(planOf(analysis, "online"))),
  ...Object.fromEntries(
    (["online", "on-premises"] as const).flatMap((authority) =>
      (["graph", "msol"] as const).map((dialect) => [
        `plan, ${authority} is right, ${dialect}`,
        async (analysis: LiveAnalysis) => {
          const files = renderPlanFiles(planOf(analysis, authority), {
            dialect,
            initialDomain: "contoso.onmicrosoft.com",
          });
          return Promise.all(
            Object.entries(files).map(async ([file, text]) => [file, await planReaders[file]?.(text ?? "")]),
          );
        },
      ]),
    ),
  ),
  inspect: async (_, name) => {
    const data = `dn: CN=a,DC=contoso,DC=com\nobjectClass: user\n${name.replaceAll(/[\r\n]/g, " ")}\nmail: a@contoso.com\n`;
    return onTerminal(renderInspection(await inspectSource({ name, data })));
  },
  explain: async (_, name) => {
    const sources = {
      onPremises: [{ name, data: ldif({ displayName: "Ana", proxyAddresses: "SMTP:ana@contoso.com" }) }],
      online: [
        {
          name: "users.csv",
          data: online({
            UserPrincipalName: "a@contoso.com",
            DisplayName: name.replaceAll('"', '""').replaceAll("\0", "\u0001"),
            ProxyAddresses: "SMTP:a@contoso.com;smtp:ana@contoso.com",
          }),
        },
      ],
    };
    return onTerminal(renderStory(await explainUser(sources, "ana@contoso.com")));
  },
};

/** A harmless name of the same kind: what is too long, blank or the mark of a conflict is a finding of its own. */
function harmless(name: string): string {
  const text = new TextDecoder().decode(new TextEncoder().encode(name));
  if (text.length > 255) return "x".repeat(text.length);
  if (text.trim() === "") return /^ *$/.test(text) ? text : "\t";
  return text.includes("CNF:") ? "x\\0ACNF:x" : "Ana";
}

it("there are two hundred hostile strings, and no two are the same", () => {
  expect(hostileStrings.length).toBeGreaterThanOrEqual(200);
  expect(new Set(hostileStrings).size).toBe(hostileStrings.length);
});

describe.each(Object.entries(channels).map(([name, read], index) => [name, read, index] as const))(
  "%s",
  (_, read, index) => {
    const known = new Map<string, Promise<unknown>>();
    const expected = (name: string): Promise<unknown> => {
      const found = known.get(name) ?? companyOf(name).then((analysis) => read(analysis, name));
      known.set(name, found);
      return found;
    };

    it("says the same to its reader, whatever the names are", { timeout: 300_000 }, async () => {
      // In small each way out is tried with other strings: what is companies' own is shared by all.
      for (const name of inSmall(8, hostileStrings, index)) {
        expect(await read(await companyOf(name), name), JSON.stringify(name)).toEqual(await expected(harmless(name)));
      }
    });
  },
);

describe.skipIf(!hasBrowser)("the page", () => {
  const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-hostile-page-"));
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it("shows all of them as text", { timeout: 120_000 }, async () => {
    const page = fileURLToPath(new URL("../../dist/preflight.html", import.meta.url));
    const { page: opened, requests, complaints, close } = await openFromDisk(browser, page);
    const dialogs: string[] = [];
    opened.on("dialog", (dialog) => dialogs.push(dialog.message()));
    const names = hostileStrings.filter((text) => text.trim() !== "");
    const base64 = (text: string) => Buffer.from(text).toString("base64");
    const files = {
      "ad.ldf": names
        .map(
          (name, index) =>
            `dn:: ${base64(`CN=${index} ${name.replaceAll(/[,+\\"<>;=\0\r\n]/g, " ")},DC=contoso,DC=com`)}\nobjectClass: user\ndisplayName:: ${base64(name)}\nproxyAddresses: SMTP:u${index}@contoso.com\nproxyAddresses: smtp:a${index}@contoso.com\n`,
        )
        .join("\n"),
      "users.csv": `UserPrincipalName,DisplayName,ProxyAddresses\n${names
        .map(
          (name, index) =>
            `a${index}@contoso.com,"${name.replaceAll('"', '""')}",SMTP:a${index}@contoso.com;smtp:u${index}@contoso.com\n`,
        )
        .join("")}`,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    await chooseFiles(
      opened,
      Object.keys(files).map((name) => join(folder, name)),
    );
    for (const name of Object.keys(files)) {
      await opened.getByRole("button", { name: `Inspect ${name}` }).click();
      await opened.keyboard.press("Escape");
    }
    await opened.getByRole("button", { name: "Analyze" }).click();
    await opened.locator(".findings").waitFor();
    await opened.getByLabel("Kind").selectOption("primary-smtp-change");
    let shown = "";
    for (let position = 0; position <= 1; position += 0.05) {
      await opened.locator(".scroll").evaluate((element, share) => {
        element.scrollTop = share * element.scrollHeight;
      }, position);
      await opened.waitForTimeout(30);
      shown += await opened.locator(".findings").textContent();
    }
    await opened.getByRole("searchbox", { name: "Search" }).fill("onerror");
    await opened.locator(".who").first().click();
    expect(shown).toContain("<script>alert(1)</script>");
    expect(shown).toContain("\\u001b[2J");
    const strangers =
      "main script, main img, main iframe, main svg[onload], main style, main form, main base, main meta, main math, main template, main a[href^=http]";
    expect(await opened.locator(strangers).count()).toBe(0);
    expect([dialogs, complaints, requests]).toEqual([[], [], []]);
    await close();
  });
});
