import { authorities } from "../plan/plan.ts";
import { onlineDialects } from "../plan/powershell.ts";
import { make } from "../reports/html/make-element.ts";
import { makeSelect } from "./make-select.ts";
import type { Download } from "./protocol.ts";
import { words } from "./words.ts";

/** Makes the part of the page that gives reports and the plan as files. */
export function makeDownloads(ask: (download: Download) => void): HTMLElement {
  const redact = make("input", { type: "checkbox", id: "redact" });
  const redactKey = crypto.randomUUID();
  const reports = words.formats.map(([format, name]) => {
    const button = make("button", { type: "button", "data-format": format }, name);
    button.addEventListener("click", () => ask({ type: "report", format, redact: redact.checked, redactKey }));
    return button;
  });
  const authority = makeSelect("authority", "online", authorities, (one) => words.authorities[one]);
  const dialect = makeSelect("dialect", "graph", onlineDialects);
  const plan = make("button", { type: "button" }, words.downloadPlan);
  plan.addEventListener("click", () => ask({ type: "plan", authority: authority.read(), dialect: dialect.read() }));
  return make(
    "section",
    { hidden: "", class: "no-print", "aria-label": words.download },
    make("h2", {}, words.download),
    make("p", { class: "buttons" }, reports),
    make("p", {}, make("label", {}, redact, " ", words.redact)),
    make("h2", {}, words.plan),
    make(
      "div",
      { class: "filter" },
      make("label", {}, words.authority, authority.element),
      make("label", {}, words.dialect, dialect.element),
      plan,
    ),
  );
}

/** Gives a file to the browser, as a download. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
