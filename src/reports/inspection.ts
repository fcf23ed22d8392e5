import type { Counted, Inspection } from "../formats/reading/inspect-source.ts";
import type { UsedColumn } from "../formats/reading/table-columns.ts";
import { formatProxyAddress } from "../model/address.ts";
import { lineOf } from "../model/place.ts";
import { describeSkipped } from "../model/skip-reason.ts";
import type { User } from "../model/user.ts";
import { countOf, formatNumber } from "../text/count.ts";
import { visible } from "../text/fault.ts";
import { ownValue } from "../text/own-value.ts";
import { padTo, palette, renderHint, sayHintsOnce, type TextStyle, wrap } from "./style.ts";

const LABEL_WIDTH = 14;
const MOST_DOMAINS = 10;
const MOST_ADDRESSES = 5;
const DELIMITER_NAMES: Readonly<Record<string, string>> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "vertical bar",
};

/** Writes what a file was taken for, and what is in it. */
export function renderInspection(inspection: Inspection, style: TextStyle = {}): string {
  const width = style.width ?? 80;
  const colors = palette(style.color ?? false);
  const { summary } = inspection;
  const field = (label: string, text: string): string => {
    const indent = " ".repeat(LABEL_WIDTH);
    return padTo(label, LABEL_WIDTH) + wrap(visible(text), width, indent).slice(LABEL_WIDTH);
  };
  const skipped = summary.skipped.map(({ reason, count }) => describeSkipped(reason, count));
  const lines = [
    colors.bold(visible(summary.name)),
    field("format", `${summary.format}, because ${summary.why}`),
    ...(summary.couldBe === undefined
      ? []
      : [field("", `It could be ${summary.couldBe.join(" or ")} as well; to choose: ${summary.name}:FORMAT`)]),
    ...(summary.isPartial
      ? [field("looked at", "the beginning only; everything below is of that part (--whole reads all of it)")]
      : []),
    field(
      "encoding",
      summary.compression === undefined ? summary.encoding : `${summary.encoding}, ${summary.compression}`,
    ),
    ...(summary.delimiter === undefined
      ? []
      : [field("delimiter", ownValue(DELIMITER_NAMES, summary.delimiter) ?? summary.delimiter)]),
    field("records", formatNumber(summary.records)),
    field("objects", inspection.objectsByType.map(({ name, count }) => nameObjects(name, count)).join(", ") || "none"),
    field("left out", skipped.length === 0 ? "nothing" : skipped.join(", ")),
    ...(summary.refused === 0 ? [] : [field("not read", `${countOf(summary.refused, "record")}; see the problems`)]),
    field("addresses", listCounts(inspection.addressesByType)),
    field("domains", listCounts(inspection.addressesByDomain.slice(0, MOST_DOMAINS))),
    ...(inspection.withoutPrimary === 0
      ? []
      : [
          field(
            "no primary",
            `${countOf(inspection.withoutPrimary, "object")} with SMTP addresses, none marked as primary`,
          ),
        ]),
    field("fields", summary.fields.join(", ")),
    ...renderColumns(inspection, field),
    "",
    colors.bold("First users"),
    ...inspection.firstUsers.map((user) => renderUser(user, width)),
    ...renderDiagnostics(inspection, width, colors),
  ];
  return `${lines.join("\n")}\n`;
}

function renderColumns({ summary }: Inspection, field: (label: string, text: string) => string): readonly string[] {
  const columns = summary.columns ?? [];
  if (columns.length === 0) return [];
  const used = groupByTarget(columns).map(({ names, target }) => `${names.join(" … ")} → ${target}`);
  const unused = columns.flatMap(({ name, field: target }) => (target === undefined ? [name || "(no name)"] : []));
  return [
    field("columns", used.length === 0 ? "none" : used.join(", ")),
    ...(unused.length === 0 ? [] : [field("not used", unused.join(", "))]),
  ];
}

/** Numbered columns that stand side by side and feed one field are told by the first and the last of them. */
function groupByTarget(
  columns: readonly UsedColumn[],
): readonly { readonly names: string[]; readonly target: string }[] {
  const groups: { readonly names: string[]; readonly target: string }[] = [];
  for (const { name, field: target } of columns) {
    if (target === undefined) continue;
    const last = groups.at(-1);
    if (last?.target === target) last.names.splice(1, 1, name);
    else groups.push({ names: [name], target });
  }
  return groups;
}

function renderUser(user: User, width: number): string {
  const addresses = user.proxyAddresses?.map(formatProxyAddress) ?? [];
  const more = addresses.length - MOST_ADDRESSES;
  const shown = [...addresses.slice(0, MOST_ADDRESSES), ...(more > 0 ? [`and ${more} more`] : [])].join(" ");
  const parts = [
    `${lineOf(user.origin)}: ${user.type} ${user.displayName || user.id}`,
    `UPN ${describe(user.userPrincipalName)}`,
    `mail ${describe(user.mail)}`,
    `addresses ${user.proxyAddresses === undefined ? "not exported" : shown || "none"}`,
  ];
  return wrap(visible(parts.join(" · ")), width, "  ");
}

function describe(value: string | undefined): string {
  return value === undefined ? "not exported" : value === "" ? "none" : value;
}

function renderDiagnostics(
  { summary }: Inspection,
  width: number,
  colors: ReturnType<typeof palette>,
): readonly string[] {
  if (summary.diagnostics.length === 0) return ["", "No problems reading it."];
  return [
    "",
    colors.bold("Problems"),
    ...sayHintsOnce(summary.diagnostics).flatMap(({ severity, line, message, hint }) => [
      wrap(
        visible(`${severity}${line === undefined ? "" : `, ${lineOf({ name: summary.name, line })}`}: ${message}`),
        width,
        "  ",
      ),
      ...(hint === undefined ? [] : [colors.dim(renderHint(hint, width, "      "))]),
    ]),
  ];
}

function nameObjects(type: string, count: number): string {
  return type === "unknown"
    ? countOf(count, "object of unknown class", "objects of unknown class")
    : countOf(count, type);
}

function listCounts(counts: readonly Counted[]): string {
  return counts.length === 0 ? "none" : counts.map(({ name, count }) => `${formatNumber(count)} ${name}`).join(", ");
}
