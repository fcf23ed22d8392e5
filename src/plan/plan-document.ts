import { describeMismatch, nameObject } from "../mismatches/definition/describe-mismatch.ts";
import type { Mismatch } from "../mismatches/index.ts";
import { placeOf } from "../model/place.ts";
import { tool } from "../model/tool.ts";
import { appendTo } from "../text/append.ts";
import { countOf, formatNumber } from "../text/count.ts";
import { markdownCode, markdownText } from "../text/markdown.ts";
import { writeJson } from "../text/write-json.ts";
import type { AttributeChange, Plan, PlanStep, Undecided } from "./plan.ts";

/** Writes a plan as one JSON document. */
export function renderPlanJson(plan: Plan): string {
  return [...renderPlanJsonPieces(plan)].join("");
}

/** Writes the document of {@link renderPlanJson} piece by piece. */
export function* renderPlanJsonPieces(plan: Plan): Generator<string> {
  yield* writeJson({ schemaVersion: 1, tool, ...plan });
  yield "\n";
}

/** Writes a plan for people: what each step does, for whom and why, and what is left to a person. */
export function renderPlanMarkdown(plan: Plan): string {
  return [...renderPlanMarkdownPieces(plan)].join("");
}

/** Writes the document of {@link renderPlanMarkdown} line by line. */
export function* renderPlanMarkdownPieces(plan: Plan): Generator<string> {
  let isFirst = true;
  for (const line of renderLines(plan)) {
    yield isFirst ? line : `\n${line}`;
    isFirst = false;
  }
}

function* renderLines(plan: Plan): Generator<string> {
  const { authority, steps, appearing, undecided } = plan;
  yield* [
    "# Plan",
    "",
    authority === "online"
      ? "What people use online stays. Active Directory gets it before the first run."
      : "What Active Directory has stays. The online users get it now, announced, instead of with the first run.",
    "",
  ];
  if (steps.length === 0) {
    yield* ["Nothing is to be done: no finding is one that a plan remedies.", ""];
  } else {
    yield* [summarizePlan(plan), "Do the steps in their order: it never puts one address on two objects.", ""];
    yield* [...renderHowTo(plan), "## Steps", ""];
    for (const step of steps) yield* renderStep(step);
  }
  if (appearing.length > 0) {
    yield* ["## What the next analysis will say besides", ""];
    for (const mismatch of appearing) yield `- ${mismatch.kind}: ${introduce(mismatch)}`;
    yield "";
  }
  if (undecided.length > 0) {
    yield* ["## Left to a person", ""];
    yield* renderUndecided(undecided);
  }
}

/** What is left to a person, kind by kind, with what can be done about each. */
function* renderUndecided(undecided: Plan["undecided"]): Generator<string> {
  const kinds = new Map<string, Undecided[]>();
  for (const entry of undecided) appendTo(kinds, entry.mismatch.kind, entry);
  for (const [kind, entries] of kinds) {
    yield* [`### ${kind}`, "", ...(entries[0]?.choices ?? []).map(markdownText), ""];
    for (const { mismatch, reason } of entries) yield `- ${introduce(mismatch)} — ${markdownText(reason)}`;
    yield "";
  }
}

/** How to apply it, for the sides on which something is to be done. */
function renderHowTo({ steps }: Plan): readonly string[] {
  const has = (wanted: PlanStep["side"]): boolean => steps.some(({ side }) => side === wanted);
  return [
    "## How to apply it",
    "",
    ...(has("onPremises")
      ? [
          "In Active Directory, one of the two:",
          "",
          "- `.\\change-ad.ps1 -WhatIf`, then `.\\change-ad.ps1`. What was changed since the export is left out and named. Back: `.\\undo-ad.ps1`.",
          "- `ldifde -i -f change-ad.ldf` (or `ldapmodify`, `ldbmodify`). A record whose old values are no longer there is refused. Back: `undo-ad.ldf`.",
          "",
        ]
      : []),
    ...(has("online")
      ? [
          "Online: `.\\change-online.ps1 -WhatIf`, then `.\\change-online.ps1`, before synchronization is activated: afterwards the service refuses changes of synchronized users. Tell the people in `notify.csv` first. Back: `.\\undo-online.ps1`.",
          "",
        ]
      : []),
    "Then export again and analyze again: `analyze … --format json --outcomes --output prediction.json` keeps what is predicted. After the run, `verify --prediction prediction.json --after users-after.csv` tells whether it was right.",
    "",
  ];
}

/** Says in one sentence how much a plan remedies, and how much it leaves. */
export function summarizePlan({ steps, remedied, undecided }: Plan): string {
  const people = new Set(steps.map(({ side, object }) => `${side} ${object.id}`)).size;
  const doing = `${countOf(steps.length, "step", "steps")} for ${countOf(people, "person", "people")}`;
  const verb = steps.length === 1 ? "remedies" : "remedy";
  const left = `${formatNumber(undecided.length)} ${undecided.length === 1 ? "is" : "are"} left to a person`;
  return `${doing} ${verb} ${countOf(remedied.length, "finding", "findings")}; ${left}.`;
}

/** Names whom a finding is about, and what it says. */
function introduce(mismatch: Mismatch): string {
  const reference = mismatch.online ?? mismatch.onPremises;
  const subject = reference === undefined ? "" : `${markdownCode(nameObject(reference))}: `;
  return `${subject}${markdownCode(describeMismatch(mismatch))}`;
}

function renderStep({ number, side, object, changes, reason }: PlanStep): readonly string[] {
  const where = side === "online" ? "online" : "Active Directory";
  return [
    `${number}. ${markdownCode(nameObject(object))} (${where}, ${markdownCode(placeOf(object.source))}). ${reason}`,
    ...changes.flatMap(renderChange),
    "",
  ];
}

function renderChange({ attribute, before, after }: AttributeChange): readonly string[] {
  const gone = before.filter((value) => !after.includes(value));
  const come = after.filter((value) => !before.includes(value));
  return [
    `   - ${attribute}:`,
    ...gone.map((value) => `     - remove ${markdownCode(value)}`),
    ...come.map((value) => `     - add ${markdownCode(value)}`),
  ];
}
