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
      if (!ts.isVariableStatement(statement)) continue;
      const written = writeBindings(statement, source, assigned);
      if (written === undefined) continue;
      result += code.slice(copied, statement.getStart(source)) + written;
      copied = statement.end;
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

/** Writes a statement anew, as several where some of its variables are constant and others are not; `undefined` if none is. */
function writeBindings(
  { declarationList, modifiers }: ts.VariableStatement,
  source: ts.SourceFile,
  assigned: ReadonlySet<string>,
): string | undefined {
  const { declarations, flags } = declarationList;
  if (modifiers !== undefined || (flags & ts.NodeFlags.BlockScoped) !== 0) return undefined;
  const areConstant = declarations.map((declaration) => isConstant(declaration, assigned));
  if (!areConstant.includes(true)) return undefined;
  let written = "";
  declarations.forEach((declaration, index) => {
    const isConst = areConstant[index] === true;
    const goesOn = index > 0 && isConst === areConstant[index - 1];
    const before = index === 0 ? "" : goesOn ? "," : ";";
    const text = goesOn ? source.text.slice(declaration.pos, declaration.end) : declaration.getText(source);
    written += before + (goesOn ? "" : isConst ? "const " : "var ") + text;
  });
  return `${written};`;
}

function isConstant({ name, initializer }: ts.VariableDeclaration, assigned: ReadonlySet<string>): boolean {
  return initializer !== undefined && isUnassigned(name);

  function isUnassigned(binding: ts.BindingName): boolean {
    if (ts.isIdentifier(binding)) return !assigned.has(binding.text);
    return binding.elements.every((element) => ts.isOmittedExpression(element) || isUnassigned(element.name));
  }
}
