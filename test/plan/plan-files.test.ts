import { expect, it } from "vitest";
import { type Plan, planRemedies } from "../../src/index.ts";
import { tool } from "../../src/model/tool.ts";
import { renderPlanFilePieces, renderPlanFiles } from "../../src/plan/plan-files.ts";
import { contosoFiles } from "../fixtures/write-contoso.ts";
import { analyzeText } from "../reading.ts";

const contoso = await analyzeText(contosoFiles["ad.ldf"] ?? "", contosoFiles["msolusers.csv"] ?? "");
const options = { dialect: "graph", initialDomain: "contoso.onmicrosoft.com" } as const;

/** A plan with everything of it many times. */
function repeat({ steps, remedied, appearing, undecided, notices, ...plan }: Plan, times: number): Plan {
  const many = <Item>(items: readonly Item[]): readonly Item[] => Array.from({ length: times }, () => items).flat();
  return {
    ...plan,
    steps: many(steps),
    remedied: many(remedied),
    appearing: many(appearing),
    undecided: many(undecided),
    notices: many(notices),
  };
}

it.each(["online", "on-premises"] as const)("plans in which %s is right are written in small pieces", (authority) => {
  const plan = repeat(planRemedies(contoso, { authority }), 200);
  const whole = renderPlanFiles(plan, options);
  expect(whole["plan.json"]).toBe(`${JSON.stringify({ schemaVersion: 1, tool, ...plan }, null, 2)}\n`);
  for (const [name, pieces] of Object.entries(renderPlanFilePieces(plan, options))) {
    const sizes = Array.from(pieces, ({ length }) => length);
    expect([name, sizes.reduce((sum, size) => sum + size, 0)]).toEqual([
      name,
      whole[name as keyof typeof whole]?.length,
    ]);
    expect(Math.max(...sizes)).toBeLessThan(20_000);
    expect(sizes.length).toBeGreaterThan(200);
  }
});
