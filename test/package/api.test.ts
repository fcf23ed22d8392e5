import { describe, expect, it } from "vitest";
import { reportApi } from "./api-report.ts";

/**
 * The public API, as a file under version control: a change of it is seen in the diff of that file, or fails here. Meant
 * changes are accepted with `npx vitest run test/package/api.test.ts --update`, and told in CHANGELOG.md (docs/api.md,
 * "Versions").
 */
describe.each([
  ["dirsync-preflight", "src/index.ts", "./api-index.txt"],
  ["dirsync-preflight/node", "src/node.ts", "./api-node.txt"],
])("the API of %s", (_, entry, file) => {
  it("is what it was", { timeout: 120_000 }, async () => {
    await expect(reportApi(entry)).toMatchFileSnapshot(file);
  });
});
