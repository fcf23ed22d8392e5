import { createRequire } from "node:module";
import { Language, type Node, Parser } from "@vscode/tree-sitter-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { type PlanStep, renderActiveDirectoryScript, renderOnlineScript } from "../../src/index.ts";
import { quotePowerShell } from "../../src/plan/powershell.ts";
import { hostileStrings } from "../hostile-strings.ts";
import { inSmall } from "../real-parts.ts";

let parser: Parser;

beforeAll(async () => {
  const require = createRequire(import.meta.url);
  await Parser.init({ locateFile: (name) => require.resolve(`@vscode/tree-sitter-wasm/wasm/${name}`) });
  parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve("@vscode/tree-sitter-wasm/wasm/tree-sitter-powershell.wasm")));
});

function parse(script: string): Node {
  const tree = parser.parse(script);
  if (tree === null) throw new Error("not parsed");
  return tree.rootNode;
}

const textsOf = (root: Node, type: string): readonly string[] =>
  root.descendantsOfType(type).flatMap((node) => node?.text ?? []);

/** What PowerShell makes of the literals that `quotePowerShell` writes (about_Quoting_Rules). */
function evaluate(literal: string): string {
  const inner = literal.startsWith("(") ? literal.slice(1, -1) : literal;
  const parts = inner.match(/'(?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*'|\[string\]\[char\]\d+/g) ?? [];
  expect(parts.join(" + ")).toBe(inner);
  return parts
    .map((part) =>
      part.startsWith("'")
        ? part.slice(1, -1).replace(/(['\u2018-\u201b])\1/g, "$1")
        : String.fromCharCode(Number(/\d+/.exec(part)?.[0])),
    )
    .join("");
}

function stepOf(side: "onPremises" | "online", value: string): PlanStep {
  const id = side === "online" ? `${value}` : `CN=${value},DC=contoso,DC=com`;
  return {
    number: 1,
    side,
    object: {
      id,
      type: "user",
      displayName: value,
      userPrincipalName: `${value}@contoso.com`,
      source: { name: value, record: 1, line: 1 },
    },
    changes: [
      { attribute: "userPrincipalName", before: [`${value}@contoso.com`], after: [`new.${value}@contoso.com`] },
      {
        attribute: "proxyAddresses",
        before: [`SMTP:${value}`, `x500:${value}`],
        after: [`smtp:${value}`, `SMTP:b${value}`],
      },
    ],
    isInterim: false,
    reason: value,
  };
}

const scripts: readonly (readonly [name: string, render: (value: string) => string])[] = [
  ["change-ad.ps1", (value) => renderActiveDirectoryScript([stepOf("onPremises", value)], "change-ad")],
  [
    "change-online.ps1 (Graph)",
    (value) =>
      renderOnlineScript([stepOf("online", value)], {
        dialect: "graph",
        initialDomain: `${value}.onmicrosoft.com`,
        name: "change-online",
      }),
  ],
  [
    "change-online.ps1 (MSOnline)",
    (value) =>
      renderOnlineScript([stepOf("online", value)], {
        dialect: "msol",
        initialDomain: undefined,
        name: "change-online",
      }),
  ],
];

describe("quotePowerShell", () => {
  it.each([
    ["plain", "'plain'"],
    ["", "''"],
    ["O'Neil", "'O''Neil'"],
    ["\u2018x\u2019", "'\u2018\u2018x\u2019\u2019'"],
    ["$(x) `n", "'$(x) `n'"],
    ["a\nb", "('a' + [string][char]10 + 'b')"],
    ["\r\n", "([string][char]13 + [string][char]10)"],
  ])("%j → %s", (text, literal) => {
    expect(quotePowerShell(text)).toBe(literal);
  });

  it.each(hostileStrings)("%j is one expression that means the same text", (text) => {
    const literal = quotePowerShell(text);
    expect(evaluate(literal)).toBe(text);
    expect(literal).not.toMatch(/[\r\n\u2028\u2029]/);
    const root = parse(`$x = ${literal}`);
    expect(root.hasError).toBe(false);
    expect(textsOf(root, "command")).toEqual([]);
  });
});

/** What a script is made of that a value could add to: a text each, by type of node. */
const watched = ["command_name", "variable", "sub_expression", "invokation_expression", "comment", "type_literal"];

/** The nodes that are watched, in their order; the types that literals are written with aside. */
function structureOf(root: Node): readonly string[] {
  const found: string[] = [];
  for (const node of root.descendantsOfType(watched)) {
    if (node === null || /^\[(?:string|char)\]$/.test(node.text)) continue;
    found.push(`${node.type} ${node.text}`);
  }
  return found;
}

describe.each(scripts)("%s", (_, render) => {
  let harmless: readonly string[];
  beforeAll(() => {
    harmless = structureOf(parse(render("ana")));
  });

  it("is PowerShell without an error, asks before it writes, and knows where it belongs", () => {
    const script = render("ana");
    expect(parse(script).hasError).toBe(false);
    expect(script).toContain("SupportsShouldProcess = $true");
    expect(script).toContain("$PSCmdlet.ShouldProcess(");
    expect(script).toContain("changed since the export");
    expect(script).toMatch(/throw \('This was made for the (?:domain|tenant of) '/);
    // Every write stands behind ShouldProcess: there is one, in the function that is called behind it.
    expect(textsOf(parse(script), "command_name").filter((name) => name === "Set-PlannedValue")).toHaveLength(1);
  });

  it.each(inSmall(4, hostileStrings, 2))(
    "with %j everywhere runs the same commands, and means the same values",
    (value) => {
      const script = render(value);
      const root = parse(script);
      expect(root.hasError).toBe(false);
      expect(structureOf(root)).toEqual(harmless);
      const literals = /\bAfter = @\((.*?)\) \}$/gm;
      const values = Array.from(script.matchAll(literals), ([, list = ""]) => list);
      expect(values).toHaveLength(2);
      expect(values[0]).toBe(quotePowerShell(`new.${value}@contoso.com`));
      expect(values[1]).toContain(quotePowerShell(`smtp:${value}`));
    },
  );
});

describe("the scripts", () => {
  it("are made for the domains of the DNs, commas and escapes in names aside", () => {
    const script = renderActiveDirectoryScript([stepOf("onPremises", "Roe\\, Jane\\,DC=evil")], "change-ad");
    expect(script).toContain("foreach ($domain in @('contoso.com'))");
  });

  it("are made for the tenant's initial domain, else for the domains of the sign-in names", () => {
    const of = (initialDomain: string | undefined) =>
      renderOnlineScript([stepOf("online", "ana")], { dialect: "graph", initialDomain, name: "x" });
    expect(of("contoso.onmicrosoft.com")).toContain("foreach ($domain in @('contoso.onmicrosoft.com'))");
    expect(of(undefined)).toContain("foreach ($domain in @('contoso.com'))");
  });

  it("use the cmdlets of their time, and none of another", () => {
    const graph = renderOnlineScript([stepOf("online", "ana")], {
      dialect: "graph",
      initialDomain: undefined,
      name: "x",
    });
    const msol = renderOnlineScript([stepOf("online", "ana")], {
      dialect: "msol",
      initialDomain: undefined,
      name: "x",
    });
    expect(graph).toContain("Update-MgUser");
    expect(graph).not.toContain("Msol");
    expect(msol).toContain("Set-MsolUserPrincipalName");
    expect(msol).not.toMatch(/-Mg[A-Z]/);
  });
});
