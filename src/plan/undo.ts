import type { PlanStep } from "./plan.ts";

/** Gives the steps that put everything back: the same steps backwards, each from after to before. */
export function undoSteps(steps: readonly PlanStep[]): readonly PlanStep[] {
  return steps.toReversed().map((step, index) => ({
    ...step,
    number: index + 1,
    changes: step.changes.map(({ attribute, before, after }) => ({ attribute, before: after, after: before })),
    reason: "Puts back what was there before the plan.",
  }));
}
