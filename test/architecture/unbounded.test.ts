import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What stands in src although it looks like what must not, as `file: text`, and why it may. */
const ALLOWED: ReadonlyMap<string, string> = new Map([
  // Keys.
  ["text/own-value.ts: record[name]", "it is asked before whether the name is the record's own"],
  ["reports/xlsx.ts: value in Object.prototype", "the names of the prototype are what is looked for"],
  ["redactor.ts: option.def.shape[def.discriminator]", "a name of our own schema"],
  // Arguments: the elements of a page, which are bounded by its columns, buttons and chosen files.
  ["reports/html/view.ts: make", "columns, headers and the choices of a filter"],
  ["reports/html/view.ts: cell", "what one cell says of a change"],
  // Recursion.
  ["redactor.ts: compile", "our own schema is as deep as it is written"],
]);

const config = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
const { fileNames, options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
const isOwn = (path: string) => path.startsWith(`${root}src/`);

/** A file that breaks each rule. */
const SAMPLE = `
export const get = (of: Record<string, number>, name: string) => of[name] ?? ("a" in of ? 1 : name in of);
export const most = (all: number[]) => [Math.max(...all), Math.min.apply(null, all), [...all], { ...all }];
export const add = (m: Map<string, number[]>) => m.set("a", [...(m.get("a") ?? []), 1]).set("b", [1]);
export function f(n: number): number {
  const g = (m: number): number => (m > 0 ? g(m - 1) : 0);
  return n > 1 ? f(n - 1) : g(n);
}
`;
const samplePath = `${root}src/sample-of-what-must-not-be.ts`;

function makeProgram(): ts.Program {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (path, ...others) =>
    path === samplePath
      ? ts.createSourceFile(path, SAMPLE, ts.ScriptTarget.Latest, true)
      : getSourceFile.call(host, path, ...others);
  return ts.createProgram([...fileNames.filter(isOwn), samplePath], options, host);
}

const program = makeProgram();
const checker = program.getTypeChecker();

/** Walks the syntax of a file, and lists what a rule finds in it. */
function findIn(file: ts.SourceFile, rule: Rule): readonly string[] {
  const found: string[] = [];
  const name = file.fileName.replace(`${root}src/`, "");
  const visit = (node: ts.Node): void => {
    const text = rule(node);
    const isAllowed = [text, text?.split("(", 1)[0]].some((part) => ALLOWED.has(`${name}: ${part}`));
    if (text !== undefined && !isAllowed) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${name}:${line + 1}: ${text.slice(0, 100)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Gives the text of a node that is not to be. */
type Rule = (node: ts.Node) => string | undefined;

/** Whether a key may be any text: what is typed as one of several names was compared with them. */
function isAnyText(type: ts.Type): boolean {
  const flags = ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral | ts.TypeFlags.Any | ts.TypeFlags.Unknown;
  return type.isUnion() ? type.types.some(isAnyText) : (type.flags & flags) !== 0;
}

const keyedByText: Rule = (node) => {
  if (ts.isElementAccessExpression(node) && isAnyText(checker.getTypeAtLocation(node.argumentExpression)))
    return node.getText();
  const isIn = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword;
  return isIn && !ts.isStringLiteral(node.left) && isAnyText(checker.getTypeAtLocation(node.left))
    ? node.getText()
    : undefined;
};

const manyArguments: Rule = (node) => {
  if (ts.isSpreadElement(node) && (ts.isCallExpression(node.parent) || ts.isNewExpression(node.parent)))
    return node.parent.getText();
  const isApply = ts.isPropertyAccessExpression(node) && node.name.text === "apply";
  return isApply ? node.parent.getText() : undefined;
};

/** `lists.set(key, [...(lists.get(key) ?? []), value])`. */
const copiedForEach: Rule = (node) => {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const [, value] = node.arguments;
  const isCopy =
    node.expression.name.text === "set" &&
    value !== undefined &&
    ts.isArrayLiteralExpression(value) &&
    value.elements.some((element) => ts.isSpreadElement(element) && element.getText().includes(".get("));
  return isCopy ? node.getText() : undefined;
};

const recursion: Rule = (node) => {
  if (!ts.isIdentifier(node) && !ts.isPrivateIdentifier(node)) return undefined;
  for (let outer: ts.Node = node.parent; !ts.isSourceFile(outer); outer = outer.parent) {
    const isNamesake = isFunction(outer) && outer.name?.getText() === node.text && outer.name !== node;
    if (isNamesake && checker.getSymbolAtLocation(node)?.valueDeclaration === outer) return node.text;
  }
  return undefined;
};

function isFunction(node: ts.Node): node is ts.NamedDeclaration {
  const value = ts.isVariableDeclaration(node) ? node.initializer : undefined;
  const isValue = value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value));
  return isValue || ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node);
}

describe("what is as large as the input, and what the input names", () => {
  it.each([
    ["no object is asked for a name of the input: use a Map, ownValue or Object.hasOwn", keyedByText, [2, 2]],
    [
      "no list is spread into arguments, of which a call takes some 100,000: use appendAll, largest",
      manyArguments,
      [3, 3],
    ],
    ["no list is copied for each value that is added to it: use appendTo", copiedForEach, [4]],
    ["no function calls itself: input is as deep as somebody likes", recursion, [6, 7]],
  ] as const)("%s", { timeout: 120_000 }, (_, rule, lines) => {
    const found = program.getSourceFiles().flatMap((file) => (isOwn(file.fileName) ? findIn(file, rule) : []));
    const [inSample, inSource] = [true, false].map((isSample) =>
      found.filter((one) => one.startsWith(samplePath.replace(`${root}src/`, "")) === isSample),
    );
    expect(inSource).toEqual([]);
    expect(inSample?.map((one) => Number(one.split(":")[1]))).toEqual(lines);
  });
});
