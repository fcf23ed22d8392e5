import { make } from "../reports/html/make-element.ts";
import { type Background, startBackground } from "./background.ts";
import { askForColumns } from "./columns-dialog.ts";
import { makeSelect } from "./make-select.ts";
import { type Answer, type ChosenFile, type ColumnsAsked, type FileSide, fileSides } from "./protocol.ts";
import { words } from "./words.ts";

/** A file that was chosen, and what is known of it. */
interface Listed {
  readonly id: number;
  readonly file: File;
  side: FileSide | undefined;
  /** What its columns are for, where somebody said so. */
  columns: readonly string[];
  /** Its first rows, if it is a table. */
  table?: ColumnsAsked | undefined;
  /** What it was taken for; absent while the worker looks at it. */
  takenFor?: string;
  inspection: string;
}

/** The part of the page that takes files, and says what each is. */
export interface FileList {
  readonly element: HTMLElement;
  /** The files that have a side. */
  readonly files: () => readonly ChosenFile[];
  readonly isEmpty: () => boolean;
  /** Whether a file is still being looked at, so that its side may not be known yet. */
  readonly isLooking: () => boolean;
}

/** Makes the list of files. `whenChanged` is called whenever a file comes or goes, or its side changes. */
export function makeFileList(whenChanged: () => void): FileList {
  const listed = new Map<number, Listed>();
  let nextId = 1;
  let inspector: Background | undefined;

  const input = make("input", { type: "file", multiple: "", id: "choose" });
  const drop = make(
    "div",
    { class: "drop" },
    make("p", {}, words.drop, " ", make("label", { for: "choose" }, words.choose), " ", input),
  );
  const rows = make("tbody");
  const table = makeTable(rows);
  const dialog = make("dialog", { "aria-label": words.inspect });

  const update = (): void => {
    table.hidden = listed.size === 0;
    rows.replaceChildren();
    for (const one of listed.values()) rows.append(makeRow(one));
    whenChanged();
  };

  const take = (files: Iterable<File>): void => {
    inspector ??= startBackground(hear);
    for (const file of files) {
      const one: Listed = { id: nextId++, file, side: undefined, columns: [], inspection: "" };
      listed.set(one.id, one);
      inspector.ask({ type: "inspect", id: one.id, file, columns: [] });
    }
    update();
  };

  const hear = (answer: Answer): void => {
    if (answer.type === "inspected") {
      const { id, format, side, text, table } = answer;
      note(listed.get(id), format, text, table, side === "either" ? undefined : side);
    } else if (answer.type === "not-inspected") {
      note(listed.get(answer.id), words.notReadable, `${answer.message}\n\n${answer.hint}`, answer.table);
    } else if (answer.type === "failed") {
      for (const one of listed.values()) if (one.takenFor === undefined) note(one, words.notReadable, answer.message);
    }
  };

  const note = (
    one: Listed | undefined,
    takenFor: string,
    inspection: string,
    table?: ColumnsAsked,
    side?: FileSide,
  ): void => {
    if (one === undefined) return;
    one.takenFor = takenFor;
    one.table = table;
    one.inspection = inspection;
    one.side ??= side;
    update();
  };

  const makeRow = (one: Listed): HTMLTableRowElement => {
    const { id, file, takenFor } = one;
    const side = makeSelect<FileSide | "">(`side-${id}`, one.side ?? "", ["", ...fileSides], (value) =>
      value === "" ? "" : words.sides[value],
    );
    side.element.setAttribute("aria-label", words.sideOf(file.name));
    side.element.addEventListener("change", () => {
      one.side = side.read() || undefined;
      whenChanged();
    });
    const inspect = make("button", { type: "button", "aria-label": words.inspectFile(file.name) }, words.inspect);
    inspect.disabled = takenFor === undefined;
    inspect.addEventListener("click", () => showInspection(dialog, one.inspection));
    const columns = make("button", { type: "button", "aria-label": words.columnsOf(file.name) }, words.columnsButton);
    columns.hidden = one.table === undefined;
    columns.addEventListener("click", () => {
      if (one.table !== undefined) askForColumns(dialog, one.table, (choice) => lookAgain(one, choice));
    });
    const remove = make("button", { type: "button", "aria-label": words.removeFile(file.name) }, words.remove);
    remove.addEventListener("click", () => {
      listed.delete(id);
      update();
    });
    const cells = [file.name, words.bytes(file.size), takenFor ?? words.looking, side.element].map((cell) =>
      make("td", {}, cell),
    );
    return make("tr", {}, cells, make("td", {}, inspect, " ", columns, " ", remove));
  };

  const lookAgain = (one: Listed, choice: readonly string[]): void => {
    one.columns = choice;
    delete one.takenFor;
    inspector?.ask({ type: "inspect", id: one.id, file: one.file, columns: choice });
    update();
  };

  input.addEventListener("change", () => {
    take(input.files ?? []);
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
    take(event.dataTransfer?.files ?? []);
  });

  return {
    element: make("div", {}, drop, table, dialog),
    files: () =>
      [...listed.values()].flatMap(({ file, side, columns }) => (side === undefined ? [] : [{ file, side, columns }])),
    isEmpty: () => listed.size === 0,
    isLooking: () => [...listed.values()].some(({ takenFor }) => takenFor === undefined),
  };
}

function makeTable(rows: HTMLElement): HTMLElement {
  const headers = words.columns.map((name) => (name === "" ? make("td") : make("th", { scope: "col" }, name)));
  const table = make("table", { class: "plain" }, make("thead", {}, make("tr", {}, headers)), rows);
  return make(
    "section",
    { hidden: "", "aria-label": words.files },
    make("h2", {}, words.files),
    make("div", { class: "wide" }, table),
  );
}

function showInspection(dialog: HTMLDialogElement, text: string): void {
  const close = make("button", { type: "button" }, words.close);
  close.addEventListener("click", () => dialog.close());
  dialog.replaceChildren(make("pre", { tabindex: "0" }, text), close);
  dialog.showModal();
}
