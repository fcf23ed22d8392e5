import pc from "picocolors";
import stringWidth from "string-width";
import type { Diagnostic } from "../model/diagnostic.ts";
import { visible } from "../text/fault.ts";

/** How a report for a terminal is drawn. */
export interface TextStyle {
  /** Columns available; default 80. */
  readonly width?: number;
  /** Whether to use colours; default false. */
  readonly color?: boolean;
  /** List everything: all mismatches of a kind, and remarks on reading. */
  readonly verbose?: boolean;
}

/** How wide a report is, whether it lists everything, and its colours. */
export interface Page {
  readonly width: number;
  readonly verbose: boolean;
  /** How many findings of a kind are listed. */
  readonly most: number;
  readonly colors: ReturnType<typeof palette>;
}

/** The colours of a terminal, or none. Each line ends without one: it may be the last that is shown. */
export function palette(color: boolean) {
  const { blue, bold, dim, green, red, yellow } = pc.createColors(color);
  const byLine = (paint: (text: string) => string) => (text: string) => text.split("\n").map(paint).join("\n");
  return {
    blue: byLine(blue),
    bold: byLine(bold),
    dim: byLine(dim),
    green: byLine(green),
    red: byLine(red),
    yellow: byLine(yellow),
  };
}

/** Pads text to a width in columns; Chinese, Japanese and Korean letters take two. */
export function padTo(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** Gives the columns that text takes on a terminal. ASCII, most of all reports, is a hundred times quicker by itself. */
export function widthOf(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text);
}

/** Shortens text to a width in columns. */
export function shortenTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (widthOf(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Breaks a sentence into lines of at most `width` columns, each beginning with `indent`. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  let lineWidth = indent.length;
  for (const word of text.split(" ")) {
    const wordWidth = widthOf(word);
    if (line === indent) lineWidth += wordWidth;
    else if (lineWidth + 1 + wordWidth > width) {
      lines.push(line);
      line = indent;
      lineWidth = indent.length + wordWidth;
    } else {
      line += " ";
      lineWidth += 1 + wordWidth;
    }
    line += word;
  }
  return [...lines, line].join("\n");
}

/** Writes a hint under what it is about; its lines that begin with spaces are commands, and stay whole to be copied. */
export function renderHint(hint: string, width: number, indent: string): string {
  return hint
    .split("\n")
    .map((line) => (line.startsWith(" ") ? indent + visible(line) : wrap(visible(line), width, indent)))
    .join("\n");
}

/** Leaves a hint out where the one before said the same: a command is given once. */
export function sayHintsOnce(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const last = new Map(diagnostics.map((diagnostic, index) => [diagnostic.hint, index]));
  return diagnostics.map((diagnostic, index) => {
    const { hint, ...bare } = diagnostic;
    return hint?.includes("\n") === true && last.get(hint) !== index ? bare : diagnostic;
  });
}
