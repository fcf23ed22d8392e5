import { readFile } from "node:fs/promises";
import { explainUser } from "../explain-user.ts";
import { type MismatchKindDeclaration, mismatchKinds } from "../mismatches/index.ts";
import { UsageError } from "../model/errors.ts";
import { renderExplanation, renderKinds } from "../reports/explanation.ts";
import { renderStory } from "../reports/story.ts";
import { closestName } from "../text/closest-name.ts";
import { type InputCommandOptions, toAnalyzeOptions } from "./input-options.ts";
import { print } from "./print.ts";
import { terminalStyle } from "./terminal.ts";

/** The options of `explain`, as commander gives them. */
type ExplainCommandOptions = InputCommandOptions & { readonly user?: string };

/** Runs `explain`; returns the exit status. */
export async function runExplain(kind: string | undefined, options: ExplainCommandOptions): Promise<number> {
  const style = terminalStyle(options);
  const { user, onPremises = [], online = [] } = options;
  if (user !== undefined) {
    if (kind !== undefined) throw new UsageError(`explain either a kind (${kind}) or a user (--user ${user})`);
    if (onPremises.length === 0) throw new UsageError("--user needs --on-premises: exports of Active Directory");
    if (online.length === 0) throw new UsageError("--user needs --online: exports of the online service");
    const story = await explainUser(await toAnalyzeOptions({ ...options, onPremises, online }), user);
    await print(renderStory(story, style));
    return 0;
  }
  if (kind === undefined) {
    await print(renderKinds(style));
    return 0;
  }
  const declaration = mismatchKinds.find((candidate) => candidate.kind === kind);
  if (declaration === undefined) {
    const known = mismatchKinds.map((candidate) => candidate.kind);
    const meant = closestName(kind, known);
    const advice = meant === undefined ? `use one of: ${known.join(", ")}` : `did you mean "${meant}"?`;
    throw new UsageError(`there is no kind "${kind}"; ${advice}`);
  }
  await print((await readPage(declaration)) ?? renderExplanation(declaration, style));
  return 0;
}

/** Reads the page of a kind, which the package holds beside the program. */
async function readPage({ kind }: MismatchKindDeclaration): Promise<string | undefined> {
  try {
    return await readFile(new URL(`../docs/mismatches/${kind}.md`, import.meta.url), "utf8");
  } catch {
    return undefined; // bundled without its docs: the short words remain
  }
}
