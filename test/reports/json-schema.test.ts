import { describe, expect, it } from "vitest";
import { analysisJsonSchema, mismatchKinds } from "../../src/index.ts";

describe("the JSON Schema", () => {
  it("describes every kind, in the order of the list", () => {
    const schema = JSON.parse(JSON.stringify(analysisJsonSchema()));
    const kinds = schema.properties.mismatches.items.oneOf.map(
      (one: { properties: { kind: { const: string } } }) => one.properties.kind.const,
    );
    expect(kinds).toEqual(mismatchKinds.map(({ kind }) => kind));
    expect(schema.$schema).toContain("2020-12");
  });
});
