import pc from "picocolors";
import type { TextStyle } from "../reports/style.ts";

const NARROWEST = 60;
const WIDEST = 140;
const USUAL = 80;

/** How to draw on standard output: its width, and colours unless NO_COLOR, --no-color or a pipe says otherwise. */
export function terminalStyle(
  options: { readonly color: boolean; readonly verbose?: boolean },
  toFile = false,
): TextStyle {
  const columns = toFile ? USUAL : (process.stdout.columns ?? USUAL);
  return {
    width: Math.min(WIDEST, Math.max(NARROWEST, columns)),
    color: options.color && !toFile && pc.isColorSupported && (process.stdout.isTTY || "FORCE_COLOR" in process.env),
    verbose: options.verbose ?? false,
  };
}
