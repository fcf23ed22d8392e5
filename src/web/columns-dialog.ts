import { formatColumnChoice } from "../formats/reading/column-choice.ts";
import { make } from "../reports/html/make-element.ts";
import { appendTo } from "../text/append.ts";
import { makeSelect } from "./make-select.ts";
import type { ColumnsAsked } from "./protocol.ts";
import { words } from "./words.ts";

/** Shows the first rows of a table, asks for each column what it is for, and gives the choice. */
export function askForColumns(
  dialog: HTMLDialogElement,
  { header, rows, fields, offered, source }: ColumnsAsked,
  whenChosen: (choice: readonly string[]) => void,
): void {
  const selects = header.map((name, index) => {
    const select = makeSelect(
      `column-${index}`,
      fields[index] ?? "",
      ["", ...offered],
      (field) => field || words.notUsed,
    );
    select.element.setAttribute("aria-label", words.useOf(name));
    return select;
  });
  const apply = make("button", { type: "button", class: "main" }, words.useColumns);
  apply.addEventListener("click", () => {
    const chosen = new Map<string, string[]>();
    selects.forEach((select, index) => {
      const field = select.read();
      if (field !== "") appendTo(chosen, field, header[index] ?? "");
    });
    dialog.close();
    whenChosen(chosen.size === 0 ? [] : [formatColumnChoice({ source, fields: chosen })]);
  });
  const close = make("button", { type: "button" }, words.close);
  close.addEventListener("click", () => dialog.close());
  const table = make(
    "table",
    { class: "plain" },
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        header.map((name) => make("th", { scope: "col" }, name)),
      ),
      make(
        "tr",
        {},
        selects.map(({ element }) => make("td", {}, element)),
      ),
    ),
    make(
      "tbody",
      {},
      rows.map((row) =>
        make(
          "tr",
          {},
          header.map((_, index) => make("td", {}, row[index] ?? "")),
        ),
      ),
    ),
  );
  dialog.replaceChildren(make("div", { class: "wide", tabindex: "0" }, table), apply, " ", close);
  dialog.showModal();
}
