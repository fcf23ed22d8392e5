import type { Words } from "./words.ts";

/** What is told of archives and workbooks. */
export const containerWords = {
  "gzip-damaged": {
    severity: "error",
    message: () => "The compressed file is damaged, was cut, or has something behind it; what stands before is read.",
    hint: "Objects behind this place are missing from every result. Get the file again.",
  },
  "parts-passed-over": {
    severity: "warning",
    message: (detail) => `Passed over beside it: ${detail}.`,
    hint: "If people are missing, name the part: FILE:PART, or FILE:PART:FORMAT.",
  },
  "sheet-errors": {
    severity: "error",
    message: (detail) => `Cells of the sheet hold an error of Excel (#N/A, #REF! …) and are read as blank: ${detail}.`,
    hint: "Mend the formulas, or send what the workbook was made from.",
  },
  "sheet-formulas": {
    severity: "error",
    message: (detail) => `Cells of the sheet hold formulas without their results and are read as blank: ${detail}.`,
    hint: "Open the workbook in Excel and save it: Excel writes the results.",
  },
  "sheet-hidden": {
    severity: "info",
    message: () => "The sheet is hidden in the workbook.",
  },
  "sheet-too-wide": {
    severity: "warning",
    message: (detail) => `Cells of the sheet stand right of column 1000 and are not read: ${detail}.`,
  },
  "columns-taken": {
    severity: "info",
    message: (detail) => `The columns are taken as: ${detail}.`,
    hint: "To change it, give it with --columns.",
  },
  "text-before-export": {
    severity: "info",
    message: (detail) => `What stands before the export is passed over: ${detail}.`,
  },
} as const satisfies Readonly<Record<string, Words>>;
