import { content as offered } from "inline:page-options";
import { make } from "../reports/html/make-element.ts";
import { ownValue } from "../text/own-value.ts";
import { makeOptionForm } from "./option-form.ts";
import type { Download, PlanChoices } from "./protocol.ts";
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
  const choices = makeOptionForm<PlanChoices>(offered.plan, (value) => ownValue(words.authorities, value) ?? value);
  const plan = make("button", { type: "button" }, words.downloadPlan);
  plan.addEventListener("click", () => ask({ type: "plan", choices: choices.read() }));
  return make(
    "section",
    { hidden: "", class: "no-print", "aria-label": words.download },
    make("h2", {}, words.download),
    make("p", { class: "buttons" }, reports),
    make("p", {}, make("label", {}, redact, " ", words.redact)),
    make("h2", {}, words.plan),
    make("div", { class: "filter" }, choices.labels, plan),
  );
}

/** Gives a file to the browser, as a download. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
