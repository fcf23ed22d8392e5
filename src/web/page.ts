import { content as offered } from "inline:page-options";
import { make } from "../reports/html/make-element.ts";
import { mountFindings } from "../reports/html/view.ts";
import { type Background, startBackground } from "./background.ts";
import { makeDownloads, saveFile } from "./downloads.ts";
import { makeFileList } from "./file-list.ts";
import { makeOptionForm } from "./option-form.ts";
import type { AnalysisChoices, Answer, Download } from "./protocol.ts";
import { words } from "./words.ts";

/** The page: it shows and asks; files are read and analyzed by its workers. */

/** An analysis: the worker that makes it, and then keeps it for downloads. */
interface Run {
  readonly worker: Background;
  /** How many answers are awaited: the analysis, or downloads. */
  awaited: number;
  /** What the analysis says of itself, once it is made. */
  headline?: string;
}

mountPage(document.getElementById("page") ?? document.body);

function mountPage(root: HTMLElement): void {
  const analyzeButton = make("button", { type: "button", class: "main" }, words.analyze);
  const cancelButton = make("button", { type: "button", hidden: "" }, words.cancel);
  const bar = make("progress", { hidden: "", "aria-label": words.reading("", 0) });
  const status = make("p", { role: "status" });
  const problem = make("div", { role: "alert" });
  const report = make("div", { id: "report" });
  const choices = makeOptionForm<AnalysisChoices>(offered.analysis);
  const downloads = makeDownloads(requestDownload);
  const controls = make("div", { class: "filter" }, choices.labels, analyzeButton, cancelButton);
  const settingsSection = make("section", { hidden: "", "aria-label": words.settings }, controls);
  const fileList = makeFileList(() => {
    settingsSection.hidden = fileList.isEmpty();
    forgetChanged();
  });
  let run: Run | undefined;
  /** Aborted when what is shown goes. */
  let shown = new AbortController();

  analyzeButton.addEventListener("click", startRun);
  cancelButton.addEventListener("click", cancel);
  // Whatever control of the settings was changed: also one that comes later.
  controls.addEventListener("change", forgetChanged);
  root.append(fileList.element, settingsSection, bar, status, problem, downloads, report);

  function startRun(): void {
    const files = fileList.files();
    forget();
    if (!files.some(({ side }) => side !== "baseline")) {
      status.textContent = words.needsFile;
      return;
    }
    run = { worker: startBackground(hear), awaited: 1 };
    run.worker.ask({ type: "analyze", files, choices: choices.read() });
    showBusy();
  }

  function requestDownload(download: Download): void {
    if (run === undefined) return;
    problem.replaceChildren();
    run.awaited++;
    run.worker.ask(download);
    status.textContent = words.making;
    showBusy();
  }

  /** Ends the worker, whatever it does. What is shown stays, and is right, but nothing can be made of it any more. */
  function cancel(): void {
    run?.worker.stop();
    run = undefined;
    status.textContent = downloads.hidden ? words.cancelled : words.cancelledDownload;
    downloads.hidden = true;
    showBusy();
    analyzeButton.focus();
  }

  /** Takes away what was found in other files, or with other settings, than are shown now. */
  function forgetChanged(): void {
    // Once said it stays until the next analysis: also when the worker then tells what a new file is.
    const says = run !== undefined || report.hasChildNodes() || status.textContent === words.changed;
    forget();
    if (says) status.textContent = words.changed;
  }

  function forget(): void {
    run?.worker.stop();
    run = undefined;
    downloads.hidden = true;
    status.textContent = "";
    problem.replaceChildren();
    report.replaceChildren();
    shown.abort();
    shown = new AbortController();
    showBusy();
  }

  function showBusy(): void {
    const isBusy = run !== undefined && run.awaited > 0;
    analyzeButton.disabled = isBusy || fileList.isLooking();
    cancelButton.hidden = bar.hidden = !isBusy;
    bar.removeAttribute("value");
  }

  function hear(answer: Answer): void {
    if (run === undefined) return;
    if (answer.type === "progress") {
      showProgress(answer);
      return;
    }
    run.awaited--;
    if (answer.type === "analyzed") showReport(answer);
    else if (answer.type === "file") saveFile(answer.name, answer.content);
    else if (answer.type === "failed") showProblem(answer);
    // After everything awaited, the status is again what the analysis says of itself.
    if (run?.awaited === 0) status.textContent = run.headline ?? "";
    showBusy();
  }

  function showProgress({ name, bytesRead, bytesTotal, users }: Extract<Answer, { type: "progress" }>): void {
    bar.max = bytesTotal;
    bar.value = bytesRead;
    status.textContent = bytesRead < bytesTotal ? words.reading(name, users) : words.matching;
  }

  function showReport({ body, headline, data }: Extract<Answer, { type: "analyzed" }>): void {
    if (run !== undefined) run.headline = headline;
    // Everything in the body that comes from a file was escaped where it was written (reports/html/escape.ts).
    report.innerHTML = body;
    const findings = document.getElementById("findings");
    if (findings !== null) mountFindings(findings, data, shown.signal);
    downloads.hidden = false;
  }

  function showProblem({ message, hint }: Extract<Answer, { type: "failed" }>): void {
    problem.replaceChildren(
      make("p", { class: "word-error" }, message),
      hint === "" ? "" : make("pre", { tabindex: "0" }, hint),
    );
  }
}
