import { mismatchKinds } from "../mismatches/index.ts";
import { UsageError } from "../model/errors.ts";
import { renderExplanation, renderKinds } from "../reports/explanation.ts";
import { terminalStyle } from "./terminal.ts";

/** Runs `explain`; returns the exit status. */
export function runExplain(kind: string | undefined, options: { readonly color: boolean }): number {
  const style = terminalStyle(options);
  if (kind === undefined) {
    process.stdout.write(renderKinds(style));
    return 0;
  }
  const declaration = mismatchKinds.find((candidate) => candidate.kind === kind);
  if (declaration === undefined) {
    const known = mismatchKinds.map((candidate) => candidate.kind).join(", ");
    throw new UsageError(`there is no kind "${kind}"; use one of: ${known}`);
  }
  process.stdout.write(renderExplanation(declaration, style));
  return 0;
}
