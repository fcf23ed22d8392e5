import { content as workerScript } from "inline:worker-script";
import { authorities } from "../plan/plan.ts";
import { make } from "../reports/html/make-element.ts";
import { mountFindings } from "../reports/html/view.ts";
import type { ReportFormat } from "../reports/index.ts";
import type { Answer, FileSide, PageSettings, Request } from "./protocol.ts";
import { words } from "./words.ts";

/** The page: it shows and asks; files are read and analyzed by its worker. */

/** A file that was chosen, and what is known of it. */
interface Chosen {
  readonly id: number;
  readonly file: File;
  side: FileSide | undefined;
  takenFor: string;
  inspection: string;
}

const worker = new Worker(URL.createObjectURL(new Blob([workerScript], { type: "text/javascript" })));
const chosen = new Map<number, Chosen>();
let nextId = 1;

const input = make("input", { type: "file", multiple: "", id: "choose" });
const drop = make(
  "div",
  { class: "drop" },
  make("p", {}, words.drop, " ", make("label", { for: "choose" }, words.choose), " ", input),
);
const rows = make("tbody");
const files = make(
  "section",
  { hidden: "", "aria-label": words.files },
  make("h2", {}, words.files),
  make(
    "div",
    { class: "wide" },
    make(
      "table",
      { class: "plain" },
      make(
        "thead",
        {},
        make("tr", {}, ...words.columns.map((name) => (name === "" ? make("td") : make("th", { scope: "col" }, name)))),
      ),
      rows,
    ),
  ),
);
const softMatch = makeSelect("soft-match", { "any-smtp": "any-smtp", "primary-smtp": "primary-smtp" });
const sourceAnchor = makeSelect("source-anchor", {
  objectGUID: "objectGUID",
  "mS-DS-ConsistencyGuid": "mS-DS-ConsistencyGuid",
});
const upnFlow = makeSelect("upn-flow", { always: "always", "unlicensed-only": "unlicensed-only" });
const analyzeButton = make("button", { type: "button", class: "main" }, words.analyze);
const cancelButton = make("button", { type: "button", hidden: "" }, words.cancel);
const bar = make("progress", { hidden: "", "aria-label": words.reading("", 0) });
const status = make("p", { role: "status" });
const problem = make("div", { role: "alert" });
const settings = make(
  "section",
  { hidden: "", "aria-label": words.settings },
  make(
    "div",
    { class: "filter" },
    make("label", {}, words.softMatch, softMatch),
    make("label", {}, words.sourceAnchor, sourceAnchor),
    make("label", {}, words.upnFlow, upnFlow),
    analyzeButton,
    cancelButton,
  ),
);
const downloads = makeDownloads();
const report = make("div", { id: "report" });
const dialog = make("dialog", { "aria-label": words.inspect });

document.getElementById("page")?.append(drop, files, settings, bar, status, problem, downloads, report, dialog);

function ask(request: Request): void {
  worker.postMessage(request);
}

// --- files -----------------------------------------------------------------------------------------------------------

function takeFiles(list: Iterable<File>): void {
  for (const file of list) {
    const one: Chosen = { id: nextId++, file, side: undefined, takenFor: words.looking, inspection: "" };
    chosen.set(one.id, one);
    ask({ type: "inspect", id: one.id, file, whole: false });
  }
  showFiles();
}

function showFiles(): void {
  files.hidden = settings.hidden = chosen.size === 0;
  rows.replaceChildren(...[...chosen.values()].map(showFile));
}

function showFile(one: Chosen): HTMLTableRowElement {
  const { id, file } = one;
  const side = makeSelect(`side-${id}`, { "": "", ...words.sides });
  side.setAttribute("aria-label", words.sideOf(file.name));
  side.value = one.side ?? "";
  side.addEventListener("change", () => {
    one.side = side.value === "" ? undefined : (side.value as FileSide);
  });
  const inspect = make("button", { type: "button", "aria-label": words.inspectFile(file.name) }, words.inspect);
  inspect.disabled = one.inspection === "";
  inspect.addEventListener("click", () => {
    const close = make("button", { type: "button" }, words.close);
    close.addEventListener("click", () => dialog.close());
    dialog.replaceChildren(make("pre", { tabindex: "0" }, one.inspection), close);
    dialog.showModal();
  });
  const remove = make("button", { type: "button", "aria-label": words.removeFile(file.name) }, words.remove);
  remove.addEventListener("click", () => {
    chosen.delete(id);
    showFiles();
  });
  const cells = [file.name, words.bytes(file.size), one.takenFor, side].map((content) => make("td", {}, content));
  return make("tr", {}, ...cells, make("td", {}, inspect, " ", remove));
}

input.addEventListener("change", () => {
  takeFiles(input.files ?? []);
  input.value = "";
});
addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
addEventListener("dragleave", () => drop.classList.remove("over"));
addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  takeFiles(event.dataTransfer?.files ?? []);
});

// --- analysis --------------------------------------------------------------------------------------------------------

analyzeButton.addEventListener("click", () => {
  const own = [...chosen.values()].flatMap(({ file, side }) => (side === undefined ? [] : [{ file, side }]));
  problem.replaceChildren();
  if (!own.some(({ side }) => side === "onPremises") || !own.some(({ side }) => side === "online")) {
    status.textContent = words.needsBoth;
    return;
  }
  report.replaceChildren();
  downloads.hidden = true;
  setBusy(true);
  ask({ type: "analyze", files: own, settings: readSettings() });
});
cancelButton.addEventListener("click", () => ask({ type: "cancel" }));

function readSettings(): PageSettings {
  return {
    softMatch: softMatch.value as PageSettings["softMatch"],
    sourceAnchor: sourceAnchor.value as PageSettings["sourceAnchor"],
    upnFlow: upnFlow.value as PageSettings["upnFlow"],
  };
}

function setBusy(isBusy: boolean): void {
  analyzeButton.disabled = isBusy;
  cancelButton.hidden = bar.hidden = !isBusy;
  bar.removeAttribute("value");
  if (isBusy) status.textContent = "";
}

worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
  switch (data.type) {
    case "inspected":
      return noteInspection(data.id, data.format, data.text, data.side);
    case "not-inspected":
      return noteInspection(data.id, words.notReadable, `${data.message}\n\n${data.hint}`, undefined);
    case "progress":
      return showProgress(data);
    case "analyzed":
      return showReport(data);
    case "file":
      return save(data.name, data.content);
    case "cancelled":
      setBusy(false);
      status.textContent = words.cancelled;
      return;
    case "failed":
      setBusy(false);
      return showProblem(data.message, data.hint);
  }
});
worker.addEventListener("error", ({ message }) => {
  setBusy(false);
  showProblem(message, "");
});

function noteInspection(
  id: number,
  takenFor: string,
  text: string,
  side: "onPremises" | "online" | "either" | undefined,
): void {
  const one = chosen.get(id);
  if (one === undefined) return;
  one.takenFor = takenFor;
  one.inspection = text;
  one.side ??= side === "either" ? undefined : side;
  showFiles();
}

function showProgress({ name, bytesRead, bytesTotal, users }: Extract<Answer, { type: "progress" }>): void {
  bar.max = bytesTotal;
  bar.value = bytesRead;
  status.textContent = bytesRead < bytesTotal ? words.reading(name, users) : words.matching;
}

function showReport({ body, headline, data }: Extract<Answer, { type: "analyzed" }>): void {
  setBusy(false);
  status.textContent = headline;
  // Everything in the body that comes from a file was escaped where it was written (reports/html/escape.ts).
  report.innerHTML = body;
  const root = document.getElementById("findings");
  if (root !== null) mountFindings(root, data);
  downloads.hidden = false;
}

function showProblem(message: string, hint: string): void {
  status.textContent = "";
  problem.replaceChildren(
    make("p", { class: "word-error" }, message),
    ...(hint === "" ? [] : [make("pre", { tabindex: "0" }, hint)]),
  );
}

// --- downloads -------------------------------------------------------------------------------------------------------

function makeDownloads(): HTMLElement {
  const redact = make("input", { type: "checkbox", id: "redact" });
  const key = crypto.randomUUID();
  const buttons = Object.entries(words.formats).map(([format, name]) => {
    const button = make("button", { type: "button", "data-format": format }, name);
    button.addEventListener("click", () =>
      ask({ type: "report", format: format as ReportFormat, redact: redact.checked, redactKey: key }),
    );
    return button;
  });
  const authority = makeSelect(
    "authority",
    Object.fromEntries(authorities.map((one) => [one, words.authorities[one]])),
  );
  const dialect = makeSelect("dialect", { graph: "graph", msol: "msol" });
  const plan = make("button", { type: "button" }, words.downloadPlan);
  plan.addEventListener("click", () =>
    ask({
      type: "plan",
      authority: authority.value as (typeof authorities)[number],
      dialect: dialect.value as "graph" | "msol",
    }),
  );
  return make(
    "section",
    { hidden: "", class: "no-print", "aria-label": words.download },
    make("h2", {}, words.download),
    make("p", { class: "buttons" }, ...buttons),
    make("p", {}, make("label", {}, redact, " ", words.redact)),
    make("h2", {}, words.plan),
    make(
      "div",
      { class: "filter" },
      make("label", {}, words.authority, authority),
      make("label", {}, words.dialect, dialect),
      plan,
    ),
  );
}

function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function makeSelect(id: string, options: Readonly<Record<string, string>>): HTMLSelectElement {
  return make("select", { id }, ...Object.entries(options).map(([value, name]) => make("option", { value }, name)));
}
