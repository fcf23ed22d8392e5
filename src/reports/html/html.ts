import { content as pages } from "inline:mismatch-pages";
import { content as script } from "inline:report-script";
import { content as css } from "inline:style";
import type { Analysis } from "../../analysis.ts";
import { describeSkipped } from "../../model/skip-reason.ts";
import { describeSettings } from "../../settings.ts";
import { formatNumber } from "../../text/count.ts";
import { largest } from "../../text/largest.ts";
import { toneOf, uncheckedIn, verdict } from "../../verdict.ts";
import { cautionsOf, MARKS } from "../before-reading.ts";
import { domainsOf, type Tally, tally, unitOf } from "../statistics.ts";
import { english, kindsFound, type ReportWords } from "../words.ts";
import { hashOf } from "./content-policy.ts";
import { escapeHtml, escapeJson } from "./escape.ts";
import { findingData } from "./finding-data.ts";

const MOST_BARS = 12;

/**
 * Writes an analysis as one HTML file that needs nothing else: numbers and pictures, a table to sort and to filter, what
 * each kind means, the files and the settings. Its Content-Security-Policy allows its own script and style, and no
 * connection.
 */
export function renderHtml(analysis: Analysis, words: ReportWords = english): string {
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(css)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${escapeHtml(words.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(words.title(analysis))}</title>
<style>${css}</style>
</head>
<body>
<header class="top"><h1>${escapeHtml(words.title(analysis))}</h1><p class="lead">${escapeHtml(words.headline(analysis))}</p></header>
<main>
${renderReportBody(analysis, words)}
</main>
<footer>${escapeHtml(words.madeBy(analysis.tool.name, analysis.tool.version))}</footer>
<script type="application/json" id="data">${escapeJson(findingData(analysis, words))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Writes what stands between title and footer; the element `findings` is left to the script. */
export function renderReportBody(analysis: Analysis, words: ReportWords = english): string {
  const { mismatches } = analysis;
  const found = kindsFound(mismatches);
  return [
    renderCautions(analysis, words),
    `<p class="verdict ${toneOf(analysis)}"><b>${MARKS[toneOf(analysis)]}</b> ${escapeHtml(words.verdict(analysis))}</p>`,
    paragraph(words.service(analysis)),
    mismatches.length === 0 ? "" : renderCards(analysis, words),
    mismatches.length === 0 ? "" : renderPictures(analysis, words),
    mismatches.length === 0
      ? ""
      : `<section><h2>${escapeHtml(words.findings)}</h2>
<noscript><p>${escapeHtml(words.needsScript)}</p></noscript>
<div id="findings" data-label="${escapeHtml(words.findings)}"></div></section>`,
    found.length === 0 ? "" : renderMeaning(found, words),
    renderNotChecked(analysis, words),
    paragraph(words.cannotKnow(verdict(analysis).cannotKnow)),
    renderFiles(analysis, words),
    renderSettings(analysis, words),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function paragraph(text: string): string {
  return text === "" ? "" : `<p>${escapeHtml(text)}</p>`;
}

/** What concerns whole files, and may change what the findings are worth. */
function renderCautions(analysis: Analysis, words: ReportWords): string {
  const items = cautionsOf(analysis).map(
    ({ name, severity, message, hint }) =>
      `<li class="${severity}"><span class="word-${severity}">${escapeHtml(words.table.severities[severity])}</span> <code>${escapeHtml(name)}</code> ${escapeHtml(message)}${
        hint === undefined ? "" : `<br>${renderLines(hint)}`
      }</li>`,
  );
  if (items.length === 0) return "";
  return `<section class="before"><h2>${escapeHtml(words.beforeReading)}</h2><ul>${items.join("")}</ul></section>`;
}

function renderCards({ mismatches }: Analysis, words: ReportWords): string {
  const cards = (["error", "warning", "info"] as const).map((severity) => {
    const count = mismatches.filter((mismatch) => mismatch.severity === severity).length;
    return `<li class="${severity}"><b>${formatNumber(count)}</b>${escapeHtml(words.table.severities[severity])}</li>`;
  });
  return `<ul class="cards">${cards.join("")}</ul>`;
}

function renderPictures({ mismatches }: Analysis, words: ReportWords): string {
  const kinds = kindsFound(mismatches).map(({ declaration, severity, count }) => ({
    name: words.kindTitle(declaration, count, severity).replace(/^\d+ /, ""),
    count,
    severity,
  }));
  // A new account is no change of anybody's address.
  const changes = mismatches.filter(({ severity }) => severity !== "info");
  const domains = tally(changes.flatMap(domainsOf), MOST_BARS, words.rest);
  const units = tally(changes.map(unitOf), MOST_BARS, words.rest);
  return `<section class="pictures">${[
    renderBars(words.byKind, kinds),
    renderBars(words.byDomain, domains),
    renderBars(words.byUnit, units),
  ].join("\n")}</section>`;
}

/** A bar is drawn as SVG beside its number, so that it is read in print, in grey and by a screen reader. */
function renderBars(title: string, bars: readonly (Tally & { readonly severity?: string })[]): string {
  if (bars.length === 0) return "";
  const most = largest(bars.map(({ count }) => count));
  const rows = bars.map(
    ({ name, count, severity = "" }) =>
      `<tr class="${severity}"><th scope="row">${escapeHtml(name)}</th><td><svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none"><rect width="${((100 * count) / most).toFixed(2)}" height="10"></rect></svg></td><td>${formatNumber(count)}</td></tr>`,
  );
  return `<table class="bars"><caption>${escapeHtml(title)}</caption><tbody>${rows.join("")}</tbody></table>`;
}

function renderMeaning(found: ReturnType<typeof kindsFound>, words: ReportWords): string {
  const declarations = [...new Set(found.map(({ declaration }) => declaration))];
  const blocks = declarations.map(
    (declaration) => `<details><summary><code>${declaration.kind}</code></summary>
<p>${escapeHtml(words.kindExplanation(declaration))}</p>
<p><strong>${escapeHtml(words.advice)}:</strong> ${escapeHtml(words.kindAdvice(declaration))}</p>
${pages[declaration.kind] ?? ""}</details>`,
  );
  return `<section><h2>${escapeHtml(words.meaning)}</h2>${blocks.join("\n")}</section>`;
}

function renderNotChecked(analysis: Analysis, words: ReportWords): string {
  const notChecked = uncheckedIn(analysis);
  if (notChecked.length === 0) return "";
  const items = notChecked.map(
    ({ kind, side, missing }) => `<li>${escapeHtml(words.notChecked(kind, words.sides[side], missing))}</li>`,
  );
  return `<section><h2>${escapeHtml(words.notCheckedTitle)}</h2><ul>${items.join("")}</ul></section>`;
}

function renderFiles({ inputs }: Analysis, words: ReportWords): string {
  const rows = inputs.map(({ side, name, format, encoding, records, users, skipped }) => [
    words.sides[side],
    name,
    format,
    encoding,
    formatNumber(records),
    formatNumber(users),
    skipped.map(({ reason, count }) => describeSkipped(reason, count)).join(", "),
  ]);
  const problems = inputs.flatMap(({ name, diagnostics }) =>
    diagnostics.map(({ severity, line, message, hint }) => [
      words.table.severities[severity],
      name,
      line === undefined ? "" : String(line),
      message,
      { hint: hint ?? "" },
    ]),
  );
  return `<section><h2>${escapeHtml(words.files)}</h2>${renderTable(words.fileColumns, rows)}</section>${
    problems.length === 0
      ? ""
      : `\n<section><h2>${escapeHtml(words.problems)}</h2>${renderTable(words.problemColumns, problems)}</section>`
  }`;
}

function renderSettings({ settings, alone }: Analysis, words: ReportWords): string {
  const items = describeSettings(settings, alone).map(({ name, value, from }) => {
    const ground = from === undefined ? "" : ` (${escapeHtml(words.inferred(from))})`;
    return `<dt>${escapeHtml(words.settingNames[name])}</dt><dd>${escapeHtml(value)}${ground}</dd>`;
  });
  return `<section><h2>${escapeHtml(words.settings)}</h2><dl>${items.join("")}</dl></section>`;
}

/** Writes a hint, whose lines that begin with spaces are commands. */
function renderLines(hint: string): string {
  return hint
    .split("\n")
    .map((line) => (line.startsWith(" ") ? `<code>${escapeHtml(line.trim())}</code>` : escapeHtml(line)))
    .join("<br>");
}

function renderTable(
  header: readonly string[],
  rows: readonly (readonly (string | { readonly hint: string })[])[],
): string {
  const heads = header.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = rows.map((row) => {
    const cells = row.map((cell) => `<td>${typeof cell === "string" ? escapeHtml(cell) : renderLines(cell.hint)}</td>`);
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<div class="wide"><table class="plain"><thead><tr>${heads}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}
