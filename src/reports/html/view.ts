import { ownValue } from "../../text/own-value.ts";
import type { FindingData, ShownFinding } from "./finding-data.ts";
import { make } from "./make-element.ts";

/** A row is 3.5rem high (style.css), whatever it holds: so the place of each is known without drawing it. */
const ROW_HEIGHT = 56;
/** Rows drawn above and below what can be seen. */
const MARGIN = 12;

type Column = "severity" | "kind" | "who" | "what" | "where";
const COLUMNS: readonly Column[] = ["severity", "kind", "who", "what", "where"];
const ARROWS = { none: "", ascending: " ▲", descending: " ▼" } as const;
const SEVERITY_ORDER: Readonly<Record<string, number>> = { error: 0, warning: 1, info: 2 };

/**
 * Puts the table of findings into a page: filters, columns that sort, and rows that are drawn only where they can be seen,
 * so that it stays fluid at any number. For print all rows are drawn, until `signal` says that the table is gone.
 */
export function mountFindings(root: HTMLElement, { words, findings }: FindingData, signal?: AbortSignal): void {
  const indexed = findings.map((finding, index) => ({ finding, index, text: searchText(finding) }));
  let shown = indexed;
  let sorting: { readonly column: Column; readonly descending: boolean } | undefined;
  let whole = false;

  const search = make("input", { type: "search", id: "search", autocomplete: "off" });
  const kind = makeChoice("kind", words.allKinds, unique(findings.map((one) => one.kind)));
  const severity = makeChoice("severity", words.allSeverities, ["error", "warning", "info"], words.severities);
  const domain = makeChoice("domain", words.allDomains, unique(findings.flatMap((one) => one.domains)).sort());
  const reset = make("button", { type: "button" }, words.reset);
  const status = make("p", { role: "status", class: "lead" });
  const body = make("tbody");
  const headers = COLUMNS.map((column) => {
    const button = make(
      "button",
      { type: "button", title: `${words.sortBy} ${words.columns[column]}` },
      words.columns[column],
    );
    const header = make("th", { scope: "col", "aria-sort": "none" }, button);
    button.addEventListener("click", () => {
      sorting = { column, descending: sorting?.column === column && !sorting.descending };
      update();
    });
    return { column, header, button };
  });
  const table = make(
    "table",
    { class: "findings" },
    make("colgroup", {}, ...COLUMNS.map((_, index) => make("col", { class: `c${index + 1}` }))),
    make("thead", {}, make("tr", { "aria-rowindex": "1" }, ...headers.map(({ header }) => header))),
    body,
  );
  const scroll = make(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": root.dataset["label"] ?? "" },
    table,
  );
  const dialog = make("dialog", { "aria-labelledby": "details-title" });

  const label = (text: string, control: HTMLElement) => make("label", {}, text, control);
  root.append(
    make(
      "div",
      { class: "filter", role: "search" },
      label(words.search, search),
      label(words.kind, kind),
      label(words.severity, severity),
      label(words.domain, domain),
      reset,
    ),
    status,
    scroll,
    dialog,
  );

  const isWanted = ({ finding, text }: (typeof indexed)[number]): boolean =>
    (kind.value === "" || finding.kind === kind.value) &&
    (severity.value === "" || finding.severity === severity.value) &&
    (domain.value === "" || finding.domains.includes(domain.value)) &&
    text.includes(search.value.trim().toLowerCase());

  const update = (): void => {
    shown = indexed.filter(isWanted);
    if (sorting !== undefined) {
      const { column, descending } = sorting;
      const sign = descending ? -1 : 1;
      shown = shown.toSorted(
        (one, other) => sign * compare(one.finding, other.finding, column) || one.index - other.index,
      );
    }
    for (const { column, header, button } of headers) {
      const direction = sorting?.column === column ? (sorting.descending ? "descending" : "ascending") : "none";
      header.setAttribute("aria-sort", direction);
      button.textContent = words.columns[column] + ARROWS[direction];
    }
    table.setAttribute("aria-rowcount", String(shown.length + 1));
    const counts = words.shown.replace("{shown}", String(shown.length)).replace("{total}", String(indexed.length));
    status.textContent = shown.length === 0 ? words.noneShown : counts;
    scroll.scrollTop = 0;
    for (const row of drawn.values()) row.remove();
    drawn.clear();
    draw();
  };

  // Rows that stay are left where they are: a button that has the focus keeps it while the table scrolls.
  const drawn = new Map<number, HTMLTableRowElement>();
  const [above, below] = [makeSpace(), makeSpace()];
  body.append(above, below);
  const draw = (): void => {
    const first = whole ? 0 : Math.max(0, Math.floor(scroll.scrollTop / ROW_HEIGHT) - MARGIN);
    const visibleRows = Math.ceil((scroll.clientHeight || 600) / ROW_HEIGHT) + 2 * MARGIN;
    const last = whole ? shown.length : Math.min(shown.length, first + visibleRows);
    for (const [position, row] of drawn) {
      if (position >= first && position < last) continue;
      row.remove();
      drawn.delete(position);
    }
    let next = below;
    for (let position = last - 1; position >= first; position--) {
      const finding = shown[position]?.finding;
      if (finding === undefined) continue;
      const known = drawn.get(position);
      const row = known ?? drawRow(finding, position);
      if (known === undefined) body.insertBefore(row, next);
      drawn.set(position, row);
      next = row;
    }
    setSpace(above, first);
    setSpace(below, shown.length - last);
  };

  const drawRow = (finding: ShownFinding, position: number): HTMLTableRowElement => {
    const who = make(
      "button",
      { type: "button", class: "who", "aria-haspopup": "dialog" },
      finding.who || words.details,
    );
    who.addEventListener("click", () => showDetails(dialog, finding, words));
    const cell = (...content: readonly (Node | string)[]) => make("td", {}, make("div", {}, ...content));
    return make(
      "tr",
      { "aria-rowindex": String(position + 2) },
      cell(make("span", { class: `word-${finding.severity}` }, words.severities[finding.severity])),
      cell(finding.kind),
      cell(who),
      cell(...describeChange(finding)),
      cell(finding.sources),
    );
  };

  for (const control of [kind, severity, domain]) control.addEventListener("change", update);
  search.addEventListener("input", update);
  reset.addEventListener("click", () => {
    for (const control of [search, kind, severity, domain]) control.value = "";
    update();
    search.focus();
  });
  let isAsked = false;
  scroll.addEventListener("scroll", () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      draw();
    });
  });
  const drawWhole = (isWhole: boolean) => (): void => {
    whole = isWhole;
    draw();
  };
  addEventListener("beforeprint", drawWhole(true), { ...(signal && { signal }) });
  addEventListener("afterprint", drawWhole(false), { ...(signal && { signal }) });
  update();
}

/** Stands for rows that are not drawn. */
function makeSpace(): HTMLTableRowElement {
  return make("tr", { class: "space", "aria-hidden": "true" }, make("td", { colspan: String(COLUMNS.length) }));
}

function setSpace(space: HTMLTableRowElement, rows: number): void {
  space.hidden = rows === 0;
  const [cell] = space.cells;
  if (cell !== undefined) cell.style.height = `${rows * ROW_HEIGHT}px`;
}

/** Before and after with the part that changes marked; what else a finding says as it is. */
function describeChange({ before, after, says }: ShownFinding): readonly (Node | string)[] {
  if (before === "" || after === "") return [says];
  const start = commonStart(before, after);
  const end = commonEnd(before.slice(start), after.slice(start));
  const mark = (name: "del" | "ins", text: string): readonly (Node | string)[] => [
    text.slice(0, start),
    make(name, {}, text.slice(start, text.length - end)),
    text.slice(text.length - end),
  ];
  const rest = says.startsWith(`${before} → ${after}`) ? says.slice(`${before} → ${after}`.length) : "";
  return [...mark("del", before), " → ", ...mark("ins", after), rest];
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one[length] === other[length]) length++;
  return length;
}

function commonEnd(one: string, other: string): number {
  let length = 0;
  while (
    length < Math.min(one.length, other.length) &&
    one[one.length - 1 - length] === other[other.length - 1 - length]
  )
    length++;
  return length;
}

function showDetails(dialog: HTMLDialogElement, finding: ShownFinding, words: FindingData["words"]): void {
  const list = make("dl");
  for (const [field, name] of Object.entries(words.fields)) {
    const value = finding[field as keyof ShownFinding];
    if (typeof value === "string" && value !== "") list.append(make("dt", {}, name), make("dd", {}, value));
  }
  const close = make("button", { type: "button" }, words.close);
  close.addEventListener("click", () => dialog.close());
  dialog.replaceChildren(make("h2", { id: "details-title" }, `${finding.kind}: ${finding.who}`), list, close);
  dialog.showModal();
}

function compare(one: ShownFinding, other: ShownFinding, column: Column): number {
  if (column === "severity") return (SEVERITY_ORDER[one.severity] ?? 0) - (SEVERITY_ORDER[other.severity] ?? 0);
  const field = column === "what" ? "says" : column === "where" ? "sources" : column;
  return one[field].localeCompare(other[field], undefined, { numeric: true });
}

function searchText(finding: ShownFinding): string {
  const { domains: _domains, ...texts } = finding;
  return Object.values(texts).join("\n").toLowerCase();
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

function makeChoice(
  id: string,
  all: string,
  values: readonly string[],
  names: Readonly<Record<string, string>> = {},
): HTMLSelectElement {
  const option = (value: string, text: string) => make("option", { value }, text);
  return make(
    "select",
    { id: `filter-${id}` },
    option("", all),
    ...values.map((value) => option(value, ownValue(names, value) ?? value)),
  );
}
