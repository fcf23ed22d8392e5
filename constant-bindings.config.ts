import ts from "typescript";

/**
 * Makes `const` of the top-level `var`s that a bundle never assigns again, for tsup. esbuild writes every top-level `const`
 * as `var` when it bundles, and V8 compiles what `const` binds into its machine code, but looks up a `var` at every use:
 * the scanners, which compare each byte with such constants, run up to a fifth faster so.
 */
export const constantBindings = {
  name: "constant-bindings",
  renderChunk(code: string): { code: string } {
    const source = ts.createSourceFile("chunk.js", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
    const assigned = assignedNames(source);
    let result = "";
    let copied = 0;
    for (const statement of source.statements) {
      if (!ts.isVariableStatement(statement) || !isConstant(statement.declarationList, assigned)) continue;
      const start = statement.declarationList.getStart(source);
      result += `${code.slice(copied, start)}const`;
      copied = start + "var".length;
    }
    return { code: result + code.slice(copied) };
  },
};

/** Names that are assigned anywhere, be it another variable of the same name. */
function assignedNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const noteTargets = (target: ts.Node): void => {
    if (ts.isIdentifier(target)) names.add(target.text);
    else if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) {
      ts.forEachChild(target, noteTargets);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) noteTargets(node.left);
    else if (isCount(node)) noteTargets(node.operand);
    else if ((ts.isForInStatement(node) || ts.isForOfStatement(node)) && ts.isExpression(node.initializer)) {
      noteTargets(node.initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** Whether it is `++` or `--`. */
function isCount(node: ts.Node): node is ts.PrefixUnaryExpression | ts.PostfixUnaryExpression {
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return false;
  return node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
}

function isConstant(list: ts.VariableDeclarationList, assigned: ReadonlySet<string>): boolean {
  const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0;
  return isVar && list.declarations.every(({ name, initializer }) => initializer !== undefined && isUnassigned(name));

  function isUnassigned(name: ts.BindingName): boolean {
    if (ts.isIdentifier(name)) return !assigned.has(name.text);
    return name.elements.every((element) => ts.isOmittedExpression(element) || isUnassigned(element.name));
  }
}
