import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { check } from "recheck";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const src = fileURLToPath(new URL("../../src/", import.meta.url));

interface Pattern {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/** Every regular expression in the source; those that are put together while the program runs would not be seen. */
const patterns: Pattern[] = [];
const madeAtRunTime: string[] = [];
for (const path of readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"))) {
  const file = ts.createSourceFile(path, readFileSync(join(src, path), "utf8"), ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    const where = `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      patterns.push({ where, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    if (ts.isIdentifier(node) && node.text === "RegExp" && ts.isNewExpression(node.parent)) madeAtRunTime.push(where);
    ts.forEachChild(node, visit);
  };
  visit(file);
}

describe("regular expressions", () => {
  it("are all written in the source", () => {
    expect(madeAtRunTime).toEqual([]);
    expect(patterns.length).toBeGreaterThan(50);
  });

  it.each(patterns)("$where /$source/$flags: no text makes it slow", { timeout: 60_000 }, async ({ source, flags }) => {
    const found = await check(source, flags, { timeout: 20_000 });
    expect([
      found.status,
      found.status === "vulnerable" ? [found.complexity.summary, found.attack.pattern] : "",
    ]).toEqual(["safe", ""]);
  });

  it("the checker finds what is slow", async () => {
    expect((await check("^(a+)+$", "")).status).toBe("vulnerable");
  });
});
