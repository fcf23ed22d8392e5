import { type MismatchKindDeclaration, mismatchKinds } from "../mismatches/index.ts";
import { palette, type TextStyle, wrap } from "./style.ts";

/** Writes what a kind of mismatch means and what to do about it. */
export function renderExplanation(
  declaration: MismatchKindDeclaration,
  { width = 80, color = false }: TextStyle = {},
): string {
  const colors = palette(color);
  return [
    `${colors.bold(declaration.kind)}  (${declaration.severity})`,
    "",
    wrap(declaration.explanation, width, ""),
    "",
    wrap(`What to do: ${declaration.advice}`, width, ""),
    "",
    colors.dim(`More, with an example: docs/mismatches/${declaration.kind}.md in the package.`),
    "",
  ].join("\n");
}

/** Lists all kinds, a line each. */
export function renderKinds({ width = 80, color = false }: TextStyle = {}): string {
  const colors = palette(color);
  const blocks = mismatchKinds.map(({ kind, severity, explanation }) =>
    [`${colors.bold(kind)}  (${severity})`, wrap(explanation, width, "  ")].join("\n"),
  );
  return `${blocks.join("\n\n")}\n`;
}
