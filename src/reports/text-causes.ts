import type { Analysis } from "../analysis.ts";
import { formatNumber } from "../text/count.ts";
import { visible } from "../text/fault.ts";
import { largest } from "../text/largest.ts";
import { MARKS } from "./before-reading.ts";
import { sayCauses } from "./causes.ts";
import { sayEffects } from "./people.ts";
import { type Page, wrap } from "./style.ts";

/** What happens to how many: everybody is counted once. */
export function renderEffects(analysis: Analysis, { colors }: Page): string {
  const effects = sayEffects(analysis);
  if (effects.length === 0) return "";
  const numberWidth = largest(effects.map(({ count }) => formatNumber(count).length));
  const lines = effects.map(({ count, what }) => `  ${formatNumber(count).padStart(numberWidth)}  ${what}`);
  return [colors.bold("People, each counted once, by the worst that happens"), ...lines].join("\n");
}

/** What the findings come from: for each, what it is, whom it concerns, how bad that is and what cures it. */
export function renderCauses(analysis: Analysis, { width, colors }: Page): string {
  const paint = { error: colors.red, warning: colors.yellow, info: colors.blue };
  const said = sayCauses(analysis).map(({ cause, title, whom }) =>
    [
      paint[cause.severity](colors.bold(wrap(`${MARKS[cause.severity]} ${visible(title)}`, width, ""))),
      wrap(cause.harm, width, "    "),
      colors.dim(wrap(visible(whom), width, "    ")),
      wrap(`→ ${visible(cause.remedy)}`, width, "    "),
    ].join("\n"),
  );
  return said.length === 0 ? "" : [colors.bold("What the findings come from"), ...said].join("\n\n");
}
