import { describe, expect, it } from "vitest";
import { inspectSource, renderInspection } from "../../src/index.ts";
import { contosoFiles } from "../fixtures/write-contoso.ts";

describe("inspect", () => {
  it.each(Object.keys(contosoFiles))("%s", async (name) => {
    const inspection = await inspectSource({ name, data: contosoFiles[name] ?? "" });
    await expect(renderInspection(inspection)).toMatchFileSnapshot(`inspect-${name}.txt`);
  });
});
