import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { linterOfLayers, rooms, roomsWithNode } from "./rooms.ts";

const src = fileURLToPath(new URL("../../src/", import.meta.url));

const NETWORK_MODULES =
  /^(?:node:)?(?:http|https|http2|net|tls|dns|dgram|inspector|undici|ws|axios|got|node-fetch)(?:\/|$)/;
const NETWORK_GLOBALS = new Set([
  "fetch",
  "WebSocket",
  "XMLHttpRequest",
  "EventSource",
  "WebTransport",
  "RTCPeerConnection",
  "sendBeacon",
]);
const DYNAMIC_CODE = new Set(["eval", "Function"]);

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly imports: readonly string[];
  readonly names: ReadonlySet<string>;
}

/** Reads every import, export … from, import() and require of a file, and every name that it uses. */
function readSource(path: string): SourceFile {
  const file = ts.createSourceFile(path, readFileSync(join(src, path), "utf8"), ts.ScriptTarget.Latest, true);
  const imports: string[] = [];
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      imports.push(node.moduleSpecifier.text);
    }
    if (
      ts.isCallExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === "require")
    ) {
      const [argument] = node.arguments;
      imports.push(argument !== undefined && ts.isStringLiteral(argument) ? argument.text : "?");
    }
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { path, room: path.split("/")[0] ?? "", imports, names };
}

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => readSource(path.replaceAll("\\", "/")));

function roomOf(file: SourceFile, specifier: string): string {
  const path = relative(src, resolve(src, dirname(file.path), specifier)).replaceAll("\\", "/");
  return path.split("/")[0] ?? "";
}

describe("the layers", () => {
  it("every file has its room", () => {
    expect(files.filter(({ room }) => !rooms.includes(room)).map(({ path }) => path)).toEqual([]);
  });

  it("a room imports only rooms above it, and its own", () => {
    const wrong = files.flatMap((file) =>
      file.imports
        .filter((specifier) => specifier.startsWith("."))
        .map((specifier) => [roomOf(file, specifier), specifier] as const)
        .filter(([room]) => room !== ".." && room !== "package.json" && rooms.indexOf(room) > rooms.indexOf(file.room))
        .map(([, specifier]) => `${file.path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it("the linter follows the same list", async () => {
    const linter = `${JSON.stringify(linterOfLayers(), null, 2)}\n`;
    await expect(linter).toMatchFileSnapshot("./layers.biome.json");
  });

  it("only node.ts and cli/ import modules of Node", () => {
    const wrong = files.flatMap(({ path, room, imports }) =>
      imports
        .filter((specifier) => /^node:/.test(specifier) && !roomsWithNode.has(room))
        .map((specifier) => `${path}: ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it("no file imports a network module, uses a global of the network, or makes code from text", () => {
    const wrong = files.flatMap(({ path, imports, names }) => [
      ...imports
        .filter((specifier) => NETWORK_MODULES.test(specifier) || specifier === "?")
        .map((specifier) => `${path}: ${specifier}`),
      ...[...names]
        .filter((name) => NETWORK_GLOBALS.has(name) || DYNAMIC_CODE.has(name))
        .map((name) => `${path}: ${name}`),
    ]);
    expect(wrong).toEqual([]);
  });

  it("no file imports in a circle", () => {
    const graph = new Map(
      files.map((file) => [
        file.path,
        file.imports
          .filter((specifier) => specifier.startsWith("."))
          .map((specifier) => relative(src, resolve(src, dirname(file.path), specifier)).replaceAll("\\", "/")),
      ]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
      if (done.has(path) || trail.includes(path)) return;
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });

  it("no file is so long that nobody finds anything in it", () => {
    const long = files.filter(({ path }) => readFileSync(join(src, path), "utf8").split("\n").length > 400);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
