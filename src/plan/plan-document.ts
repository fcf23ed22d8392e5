import type { ObjectReference } from "../mismatches/definition/object-reference.ts";
import { type Mismatch, mismatchKinds } from "../mismatches/index.ts";
import { tool } from "../model/tool.ts";
import { visible } from "../text/fault.ts";
import type { AttributeChange, Plan, PlanStep } from "./plan.ts";

/** Writes a plan as one JSON document. */
export function renderPlanJson(plan: Plan): string {
  return `${JSON.stringify({ schemaVersion: 1, tool, ...plan }, null, 2)}\n`;
}

/** Writes a plan for people: what each step does, for whom and why, and what is left to a person. */
export function renderPlanMarkdown(plan: Plan): string {
  const { authority, steps, remedied, appearing, undecided } = plan;
  const people = new Set(steps.map(({ side, object }) => `${side} ${object.id}`)).size;
  const lines = [
    "# Plan",
    "",
    authority === "online"
      ? "What people use online stays. Active Directory gets it before the first run."
      : "What Active Directory has stays. The online users get it now, announced, instead of with the first run.",
    "",
    `${steps.length} steps for ${people} people remedy ${remedied.length} findings; ${undecided.length} are left to a person.`,
    "Do the steps in their order: it never puts one address on two objects.",
    "",
    "## Steps",
    "",
    ...(steps.length === 0 ? ["None.", ""] : steps.flatMap(renderStep)),
    ...(appearing.length === 0
      ? []
      : [
          "## What the next analysis will say besides",
          "",
          ...appearing.map(
            (mismatch) => `- **${mismatch.kind}** ${code(subjectOf(mismatch))}: ${text(describe(mismatch))}`,
          ),
          "",
        ]),
    "## Left to a person",
    "",
    ...(undecided.length === 0
      ? ["Nothing.", ""]
      : undecided.flatMap(({ mismatch, reason, choices }) => [
          `- **${mismatch.kind}** ${code(subjectOf(mismatch))}: ${text(describe(mismatch))}. ${text(reason)}`,
          ...choices.map((choice) => `  - ${text(choice)}`),
        ])),
    "",
  ];
  return lines.join("\n");
}

function renderStep({ number, side, object, changes, reason }: PlanStep): readonly string[] {
  const where = side === "online" ? "online" : "Active Directory";
  return [
    `${number}. ${code(nameOf(object))} (${where}, ${code(`${object.source.name}:${object.source.line}`)}). ${reason}`,
    ...changes.flatMap(renderChange),
    "",
  ];
}

function renderChange({ attribute, before, after }: AttributeChange): readonly string[] {
  const gone = before.filter((value) => !after.includes(value));
  const come = after.filter((value) => !before.includes(value));
  return [
    `   - ${attribute}:`,
    ...gone.map((value) => `     - remove ${code(value)}`),
    ...come.map((value) => `     - add ${code(value)}`),
  ];
}

function describe(mismatch: Mismatch): string {
  const declaration = mismatchKinds.find(({ kind }) => kind === mismatch.kind);
  // The declaration is the one of the mismatch's own kind.
  return (declaration?.describe as ((own: Mismatch) => string) | undefined)?.(mismatch) ?? "";
}

function subjectOf({ online, onPremises }: Mismatch): string {
  const reference = online ?? onPremises;
  return reference === undefined ? "" : nameOf(reference);
}

function nameOf({ displayName, userPrincipalName, id }: ObjectReference): string {
  return displayName ?? userPrincipalName ?? id;
}

/** Text of a directory as code: longer a run of backticks around it than any in it. */
function code(value: string): string {
  const inert = visible(value);
  if (inert === "") return "";
  const longest = Math.max(0, ...(inert.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^`|`$/.test(inert) ? " " : "";
  return `${fence}${pad}${inert}${pad}${fence}`;
}

/** Text with everything escaped that Markdown or HTML would act on. */
function text(value: string): string {
  return visible(value).replace(/[\\`*_{}[\]<>#|~&]/g, "\\$&");
}
