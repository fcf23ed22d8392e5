import type { Input } from "./analysis.ts";
import { tellSide } from "./directory/tell-side.ts";
import { formats } from "./formats/index.ts";
import { listParts } from "./formats/reading/list-parts.ts";
import type { Source, SourceSummary } from "./formats/reading/source.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import { InputError, UsageError } from "./model/errors.ts";
import type { Side } from "./model/user.ts";
import type { AnalyzeOptions } from "./options.ts";
import { visible } from "./text/fault.ts";

/** The exports of each side; none of a side that was not given. */
export interface GivenSides {
  readonly onPremises: readonly Source[];
  readonly online: readonly Source[];
}

/**
 * Puts exports on the sides: those of `files` on the one that they are of.
 *
 * @throws InputError `side-unknown`, and as reading the beginning of a file does.
 * @throws UsageError if there are none at all.
 */
export async function tellSides(options: AnalyzeOptions): Promise<GivenSides> {
  const { files = [], onPremises = [], online = [] } = options;
  const sides = {
    onPremises: [...(await listAllParts(onPremises, options, "onPremises"))],
    online: [...(await listAllParts(online, options, "online"))],
  };
  for (const part of await listAllParts(files, options)) {
    const { source, side } = await tellSide(part, options.columns);
    if (side === undefined) {
      throw new InputError("side-unknown", {
        source: part.name,
        hint: "Say it: onPremises or online in place of files, on the command line --on-premises FILE or --online FILE.",
      });
    }
    sides[side].push({ ...source, side });
  }
  if (sides.onPremises.length + sides.online.length > 0) return sides;
  throw new UsageError("there is nothing to look at: give exports, as files, onPremises or online");
}

/** Lists the exports in archives and workbooks, too; of those of the other side than the one given none. */
export async function listAllParts(
  sources: readonly Source[],
  { columns = [] }: Pick<AnalyzeOptions, "columns">,
  side?: Side,
): Promise<readonly Source[]> {
  const parts: Source[] = [];
  for (const source of sources) {
    for (const part of await listParts(source, { columns, ...(side && { side }) })) parts.push(part);
  }
  return parts;
}

const OTHER_SIDE = {
  onPremises: "an export of the online service, and was given as on-premises",
  online: "an export of Active Directory, and was given as online",
} as const satisfies Record<Side, string>;

/**
 * Refuses an export that describes the other side, unless its format was named.
 *
 * @throws InputError `sides-swapped`.
 */
export function refuseSwappedSides(sources: readonly Source[], summaries: readonly SourceSummary[], side: Side): void {
  summaries.forEach(({ name, format, why, couldBe = [] }, index) => {
    const usualSide = formats.find((candidate) => candidate.name === format)?.side ?? "either";
    if (usualSide === "either" || usualSide === side || sources[index]?.format !== undefined) return;
    // A format of the side that is meant is named only where the columns could be of it: any other would lose fields.
    const other = couldBe.find((candidate) => formats.find((one) => one.name === candidate)?.side === side);
    throw new InputError("sides-swapped", {
      source: name,
      detail: `it is ${OTHER_SIDE[side]} (${format}: ${why})`,
      hint: `Give it on the other side, or all files without options: their sides are told.${other === undefined ? "" : ` If it is right here, name its format: ${visible(name)}:${other}.`}`,
    });
  });
}

/**
 * Refuses exports without their addresses: nobody can be matched by address then, and everything that would be said is
 * wrong.
 *
 * @throws InputError `lost-collection`, with the command to export again.
 */
export function refuseLostAddresses(summaries: readonly SourceSummary[]): void {
  for (const { name, lostFields, diagnostics, format } of summaries) {
    if (!lostFields.includes("proxyAddresses")) continue;
    const first = diagnostics.find(({ code }) => code === "lost-collection");
    const exportCommand = formats.find((candidate) => candidate.name === format)?.exportCommand ?? "";
    throw new InputError("lost-collection", {
      source: name,
      ...(first?.line === undefined ? {} : { line: first.line }),
      ...(first === undefined ? {} : { detail: first.message }),
      hint: `Export again with:\n  ${exportCommand}`,
    });
  }
}

/** Tells what became of a source; `further` is said first, and who is left out is named where one side is looked at alone. */
export function toInput(
  side: Input["side"],
  summary: SourceSummary,
  { further = [], isAlone = false }: { readonly further?: readonly Diagnostic[]; readonly isAlone?: boolean } = {},
): Input {
  const { name, format, encoding, records, users, skipped } = summary;
  const diagnostics = [...further, ...summary.diagnostics];
  const leftOut = isAlone && summary.leftOut.length > 0 ? { leftOut: [...summary.leftOut] } : {};
  return { side, name, format, encoding, records, users, skipped: [...skipped], ...leftOut, diagnostics };
}
