import { describe, expect, it } from "vitest";
import { DiagnosticLog, diagnose, diagnosticSchema } from "../../src/model/diagnostic.ts";
import { fault } from "../../src/text/fault.ts";

describe("diagnostics", () => {
  it("say what, where and what to do", () => {
    const diagnostic = diagnose("ldif-invalid-base64", { line: 7, detail: "objectGUID" });
    expect(diagnostic).toEqual({
      code: "ldif-invalid-base64",
      severity: "error",
      message: "The value of objectGUID is not valid base64; it is left out.",
      line: 7,
      hint: "The value was damaged or cut; export again.",
    });
    expect(diagnosticSchema.parse(diagnostic)).toEqual(diagnostic);
  });

  it("a million of one code are 21", () => {
    const log = new DiagnosticLog();
    for (let line = 1; line <= 1_000_000; line++) log.add(diagnose("ldif-no-colon", { line, detail: "x" }));
    log.add(diagnose("ldif-no-dn", { line: 3, detail: "mail" }));
    const list = log.list();
    expect(list).toHaveLength(22);
    expect(list.at(-1)?.message).toMatch(/^999980 more like this, the last on line 1000000: /);
  });

  it("carry at most 40 characters of a user's data, and show control characters", () => {
    expect(fault("ldif-no-colon", 1, "x".repeat(500)).detail).toBe(`${"x".repeat(39)}…`);
    expect(fault("ldif-no-colon", 1, "a\u001b[31mb\u202e").detail).toBe("a\\u001b[31mb\\u202e");
  });
});
