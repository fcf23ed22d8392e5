// Compiled against the package's types, strictly, libraries included.
import {
  type Analysis,
  analyze,
  InputError,
  type Mismatch,
  mismatchSchema,
  renderReport,
  type StreamedAnalysis,
  streamAnalysis,
} from "dirsync-preflight";
import { openFile } from "dirsync-preflight/node";

export async function changes(ad: string, online: string): Promise<readonly string[]> {
  const analysis: Analysis = await analyze({
    onPremises: [openFile(ad)],
    online: [openFile(online)],
    softMatch: "any-smtp",
    concurrency: 1,
  });
  const streamed: StreamedAnalysis = await streamAnalysis({ onPremises: [openFile(ad)], online: [openFile(online)] });
  for (const one of streamed.mismatches) mismatchSchema.parse(one);
  const text: string = renderReport(analysis, "text");
  const html: Promise<string> = renderReport(analysis, "html");
  void [text, html];
  // @ts-expect-error there is no such option
  await analyze({ onPremises: [], online: [], softMatch: "whatever" });
  return analysis.mismatches.flatMap((mismatch: Mismatch) => {
    if (mismatch.kind !== "primary-smtp-change") return [];
    const after: string = mismatch.after; // narrowed by kind
    // @ts-expect-error this kind has no such field
    void mismatch.holder;
    return [`${mismatch.before} → ${after}`];
  });
}

export function lineOf(error: unknown): number | undefined {
  return error instanceof InputError ? error.line : undefined;
}
