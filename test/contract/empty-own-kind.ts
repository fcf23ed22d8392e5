import { basename } from "node:path";
import { afterAll, expect } from "vitest";
import { mismatchKinds } from "../../src/mismatches/index.ts";

/**
 * Takes away what the kind of a test file finds, before its tests run: of `alias-added.test.ts`, all of `alias-added`. Only for
 * the contract test, which sees whether the file notices.
 */
const kind = basename(expect.getState().testPath ?? "", ".test.ts");
const declaration: { find: unknown } | undefined = mismatchKinds.find((one) => one.kind === kind);
if (declaration !== undefined) {
  const { find } = declaration;
  declaration.find = () => [];
  afterAll(() => {
    declaration.find = find;
  });
}
