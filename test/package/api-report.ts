import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));
const FLAGS = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

/** A longer type is told by its beginning and its hash: that it changes is seen, and the list stays one that people read. */
const LONGEST = 300;

function write(checker: ts.TypeChecker, type: ts.Type, place: ts.Node, flags = FLAGS): string {
  const text = checker.typeToString(type, place, flags);
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, 100)} … (${text.length} characters, ${createHash("sha256").update(text).digest("hex").slice(0, 16)})`;
}

/**
 * Lists what an entry exports, a declaration each, sorted by name: functions by their signatures, types by their members,
 * schemas by what they let through. What does not change here does not break a program that is compiled against it.
 */
export function reportApi(entry: string): string {
  const configPath = `${root}tsconfig.json`;
  const { config } = ts.readConfigFile(configPath, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(
    [`${root}${entry}`, `${root}src/inline-modules.d.ts`, `${root}src/plan/ldif-record.d.ts`],
    options,
  );
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(`${root}${entry}`);
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${entry} is no module`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) =>
      describe(
        checker,
        (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol,
        symbol.name,
      ),
    )
    .sort()
    .join("\n");
}

function describe(checker: ts.TypeChecker, symbol: ts.Symbol, name: string): string {
  const place = symbol.declarations?.[0];
  if (place === undefined) throw new Error(`${name} is declared nowhere`);
  if ((symbol.flags & ts.SymbolFlags.Function) !== 0) {
    const signatures = checker.getTypeOfSymbolAtLocation(symbol, place).getCallSignatures();
    return signatures
      .map((signature) => `function ${name}${checker.signatureToString(signature, place, FLAGS)}\n`)
      .join("");
  }
  if ((symbol.flags & ts.SymbolFlags.Class) !== 0) {
    const [construct] = checker.getTypeOfSymbolAtLocation(symbol, place).getConstructSignatures();
    const made = construct === undefined ? "" : `  new${checker.signatureToString(construct, place, FLAGS)}\n`;
    return `class ${name}\n${made}${membersOf(checker, checker.getDeclaredTypeOfSymbol(symbol), place)}`;
  }
  if ((symbol.flags & ts.SymbolFlags.Variable) !== 0) {
    const type = checker.getTypeOfSymbolAtLocation(symbol, place);
    const output = schemaOutput(checker, type, place);
    return output === undefined
      ? `const ${name}: ${write(checker, type, place)}\n`
      : `schema ${name}\n${expand(checker, output, place)}`;
  }
  return `type ${name}\n${expand(checker, checker.getDeclaredTypeOfSymbol(symbol), place)}`;
}

/** What a zod schema lets through. */
function schemaOutput(checker: ts.TypeChecker, type: ts.Type, place: ts.Node): ts.Type | undefined {
  const internals = type.getProperty("_zod");
  const output =
    internals === undefined ? undefined : checker.getTypeOfSymbolAtLocation(internals, place).getProperty("output");
  return output === undefined ? undefined : checker.getTypeOfSymbolAtLocation(output, place);
}

/** An object's members, a line each; of a union each variant; anything else as it is written. */
function expand(checker: ts.TypeChecker, type: ts.Type, place: ts.Node): string {
  if (type.isUnion() && type.types.every((one) => (one.flags & ts.TypeFlags.Object) !== 0)) {
    return type.types.map((one) => `  |\n${membersOf(checker, one, place)}`).join("");
  }
  const isObject = (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
  return isObject && type.getCallSignatures().length === 0
    ? membersOf(checker, type, place)
    : `  = ${write(checker, type, place, FLAGS | ts.TypeFormatFlags.InTypeAlias)}\n`;
}

function membersOf(checker: ts.TypeChecker, type: ts.Type, place: ts.Node): string {
  return checker
    .getPropertiesOfType(type)
    .filter(
      ({ name, valueDeclaration }) =>
        !name.startsWith("__@") && valueDeclaration?.getSourceFile().hasNoDefaultLib !== true,
    )
    .map((property) => {
      const optional = (property.flags & ts.SymbolFlags.Optional) === 0 ? "" : "?";
      const text = write(checker, checker.getTypeOfSymbolAtLocation(property, place), place);
      return `  ${property.name}${optional}: ${text}\n`;
    })
    .sort()
    .join("");
}
