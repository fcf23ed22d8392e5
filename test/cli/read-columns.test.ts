import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readColumns } from "../../src/cli/read-columns.ts";
import { UsageError } from "../../src/model/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-columns-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: unknown): string {
  const path = join(folder, "columns.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

describe("--columns", () => {
  it("is a choice as it is", () => {
    expect(readColumns(["userPrincipalName=Login"])).toEqual(["userPrincipalName=Login"]);
  });

  it("is a file of one choice, or of one for each source", () => {
    expect(readColumns([file({ userPrincipalName: "Login", smtpAddresses: ["A, B", "C"] })])).toEqual([
      'userPrincipalName=Login, smtpAddresses="A, B"+C',
    ]);
    expect(readColumns([file({ "users.csv": { mail: "Mail" }, 'b "2".csv': { mail: ["M"] } })])).toEqual([
      '"users.csv": mail=Mail',
      '"b ""2"".csv": mail=M',
    ]);
  });

  it.each(["{", "[]", "{}", { mail: 1 }, { mail: [] }, { a: { mail: "x" }, b: "y" }, "null"])(
    "cannot be a file of %j",
    (content) => {
      const read = () => readColumns([file(content)]);
      if (["[]", "{}", "null"].includes(String(content))) expect(read).toThrow("expected");
      else expect(read).toThrow(UsageError);
    },
  );
});
