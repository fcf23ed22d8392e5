import type { Words } from "./words.ts";

/** What reading tells of tables, their rows and cells. */
export const tableWords = {
  "address-list-cut": {
    severity: "error",
    message: (detail) => `The list of addresses was cut behind ${detail}; the others are missing.`,
    hint: "Format-List and Out-String show the first few of a list only. Export again, straight to a file.",
  },
  "address-list-of-a-limit": {
    severity: "warning",
    message: (detail) => `The list of addresses has exactly ${detail}: where something on the way may have cut it.`,
    hint: "A database column holds 255 characters, a cell of Excel 32,767. Compare the last address with its source.",
  },
  "addresses-partly-lost": {
    severity: "error",
    message: (detail) =>
      `The addresses of ${detail} were lost in the export: what is said of addresses gained or lost there is not certain.`,
    hint: "The lines are named where reading the files is told; export again.",
  },
  "addresses-all-blank": {
    severity: "warning",
    message: (detail) =>
      `The column ${detail} is empty for everybody: it was not asked for, and is taken as not exported.`,
  },
  "addresses-not-split": {
    severity: "error",
    message: (detail) =>
      `The cell holds several addresses, and what parts them is not known: ${detail}. None of them is read.`,
  },
  "columns-of-both-sides": {
    severity: "info",
    message: (detail) => `The file has columns of both sides, ${detail}.`,
    hint: "If it is of the other side, give it there; FILE:FORMAT names the format.",
  },
  "csv-cell-count": {
    severity: "warning",
    message: (detail) => `The row has ${detail}.`,
    hint: "Look at the line: a cell that holds the delimiter must stand in quotation marks.",
  },
  "csv-invalid-closing-quote": {
    severity: "error",
    message: () => "A quotation mark inside a quoted cell is not doubled; the line is left out.",
    hint: "Export again with Export-Csv, which doubles quotation marks, or correct the line.",
  },
  "csv-lost-block": {
    severity: "error",
    message: () => "NUL bytes stand in this line, where a block of the file was lost; the line is left out.",
    hint: "Get the file again; users whose rows stood here are missing from every result.",
  },
  "csv-no-final-newline": {
    severity: "warning",
    message: () => "The file ends without a line end; its last row is read as it is, but may have been cut.",
    hint: "Compare the end of the file with its source.",
  },
  "csv-other-table": {
    severity: "error",
    message: () => "Here begins a table with other columns than those of the file; its rows are left out.",
    hint: "Two files were joined into one. Give each of them by itself.",
  },
  "csv-record-too-long": {
    severity: "error",
    message: () => "A row is longer than 16 MiB; its first line is left out and reading goes on at the next.",
    hint: "Look for a missing quotation mark on this line.",
  },
  "csv-repeated-column": {
    severity: "warning",
    message: (detail) => `The column ${detail} occurs more than once; the first one is used.`,
  },
  "csv-row-of-other-table": {
    severity: "error",
    message: () => "The row belongs to another table that was appended to the file; it is left out.",
    hint: "Two files were joined into one. Give each of them by itself.",
  },
  "csv-second-header": {
    severity: "warning",
    message: () => "The names of the columns stand here once more: files were joined. The rows below are read by them.",
    hint: "Look whether the files were exported at the same time; better give each of them by itself.",
  },
  "csv-stray-line": {
    severity: "info",
    message: (detail) => `The line is no row of the table and is left out: ${detail}`,
  },
  "csv-truncated": {
    severity: "error",
    message: () => "The file was cut in this row; the row is left out.",
    hint: "Export again; users behind this place are missing from every result.",
  },
  "csv-unclosed-quote": {
    severity: "error",
    message: () => "A quotation mark is opened here and never closed; the line is left out.",
    hint: "Look for a missing quotation mark on this line; at the end of a file it means that the file was cut.",
  },
  "file-wrapped": {
    severity: "warning",
    message: (detail) =>
      `Line breaks stood inside ${detail}, and were taken out: the text was copied from a window that wraps lines.`,
    hint: "Use the file as it was exported; elsewhere in a wrapped text blanks may be missing or too many.",
  },
  "lost-collection": {
    severity: "error",
    message: (detail) =>
      `The cell holds the name of a type in place of its values: ${detail}. The values were lost when the file was exported.`,
  },
  "row-not-aligned": {
    severity: "error",
    message: (detail) => `The row has ${detail} and cannot be put in order; it is left out.`,
    hint: "The producer does not quote cells that hold a comma. Correct the line, or export with a command: see docs/formats.md.",
  },
  "row-realigned": {
    severity: "info",
    message: (detail) => `The row has ${detail}; it was put in order by the cells that can be told.`,
    hint: "The producer does not quote cells that hold a comma.",
  },
  "values-not-understood": {
    severity: "warning",
    message: (detail) => `Values were not understood, and count as not exported: ${detail}.`,
  },
} as const satisfies Readonly<Record<string, Words>>;
