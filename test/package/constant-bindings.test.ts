import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { constantBindings } from "../../constant-bindings.config.ts";

const render = (code: string) => constantBindings.renderChunk(code).code;

describe("top-level variables of a bundle", () => {
  it("become constants if nothing is ever assigned to them again", () => {
    expect(render("var a = 1;\nvar [b, , { c, d: [e] }] = f();\nvar g = class {}, h = a.i = 2;\n")).toBe(
      "const a = 1;\nconst [b, , { c, d: [e] }] = f();\nconst g = class {}, h = a.i = 2;\n",
    );
  });

  it("are written apart from those that are assigned again", () => {
    expect(render("var a = 1, b = 2; b += a;")).toBe("const a = 1;var b = 2; b += a;");
    expect(render("var a = 1, b, c = 3, d = 4;b = a;")).toBe("const a = 1;var b;const c = 3, d = 4;b = a;");
  });

  it.each([
    "var a = 1; a = 2;",
    "var a = 1; function f() { a ??= 2; }",
    "var a = 1; f(() => a++);",
    "var a = 1; --a;",
    "var [a, { b }] = f(); b = 1;",
    "var a = 1; [, { b: a }] = f();",
    "var a = 1; ({ a } = f());",
    "var a = 1; ({ ...a } = f());",
    "var a = 1; for (a of f());",
    "var a = 1; for (a in f());",
    "var a;",
    "let a = 1;",
    "const a = 1;",
    "function f() { var a = 1; }",
    "const a = `\nvar b = 1;\n`;",
  ])("stay as they are: %s", (code) => {
    expect(render(code)).toBe(code);
  });

  it("are constants in what is published", () => {
    const folder = new URL("../../dist/", import.meta.url);
    const chunks = readdirSync(folder).filter((name) => name.endsWith(".js"));
    const code = chunks.map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n");
    // Published without white space, many declarations stand in one line: those of the topmost level begin a statement.
    expect(code.match(/(?:^|[;}])var [A-Z_]{2,}\d*=\d+[,;]/gm)).toBeNull();
    expect(code.match(/(?:const |,)NEWLINE\d*=10\b/g)?.length).toBeGreaterThan(1);
  });
});
