import { describe, expect, it } from "vitest";
import { analysisJsonSchema, mismatchKinds } from "../../src/index.ts";

describe("the JSON Schema", () => {
  it("describes every kind, in the order of the list", () => {
    const schema = JSON.parse(JSON.stringify(analysisJsonSchema()));
    const resolve = (one: { $ref?: string }) => schema.$defs[one.$ref?.split("/").at(-1) ?? ""] ?? one;
    const kinds = resolve(schema.properties.mismatches.items).oneOf.map(
      (one: { $ref?: string }) => resolve(resolve(one).properties.kind).const,
    );
    expect(kinds).toEqual(mismatchKinds.map(({ kind }) => kind));
    expect(schema.$schema).toContain("2020-12");
  });
});
