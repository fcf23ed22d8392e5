import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { defineConfig, type Options } from "tsup";
import { constantBindings } from "./constant-bindings.config.ts";
import { inlineForEsbuild, renderPage } from "./inline-modules.config.ts";
import { hashOf } from "./src/reports/html/content-policy.ts";
import { analysisJsonSchema } from "./src/reports/json-schema.ts";
import { words } from "./src/web/words.ts";

const shared = {
  target: "node20",
  clean: false,
  sourcemap: false,
  esbuildPlugins: [inlineForEsbuild],
  plugins: [constantBindings],
  // string-width is published as ESM only: bundled, so that `require("dirsync-preflight")` works on every Node 20.
  // ldif writes change records; its record module asks for `fs` and uses it for values that are files, which a plan has not:
  // bundled without it, so that the main entry runs in a browser.
  noExternal: ["string-width", /^ldif/],
  esbuildOptions(options) {
    options.alias = { fs: "./src/plan/no-file-system.ts" };
    options.drop = ["debugger"]; // ldif has one
    // Without the comments and the indentation a sixth of the package less is carried over the network; names stay, for stack traces.
    options.minifyWhitespace = true;
    options.minifySyntax = true;
  },
  // Resolved where the package is used: in Node to csv-parse, in a browser to its browser build (package.json, "imports").
  external: ["#csv-parse"],
} satisfies Options;

const library = { index: "src/index.ts", node: "src/node.ts" };

const scripts: Options[] = [
  {
    ...shared,
    entry: {
      ...library,
      cli: "src/cli/main.ts",
      "reading-thread": "src/node/reading-thread.ts",
      "scanning-thread": "src/node/scanning-thread.ts",
    },
    format: ["esm"],
    splitting: true,
    async onSuccess() {
      writeFileSync("dist/analysis.schema.json", `${JSON.stringify(analysisJsonSchema())}\n`);
      writeFileSync("dist/preflight.html", await renderPage(hashOf, words));
    },
  },
  {
    ...shared,
    entry: library,
    format: ["cjs"],
    // A second copy of all that the ES modules are, for the few who still ask for it: its names are short. The command line and the
    // threads run the ES modules, so stack traces keep theirs.
    esbuildOptions(options) {
      shared.esbuildOptions(options);
      options.minifyIdentifiers = true;
    },
    // `import.meta.url` of the thread's script, which is an ES module in both.
    shims: true,
    // By Rollup: what splits CommonJS otherwise (sucrase) writes `?.` and `??` as calls of functions.
    treeshake: true,
    // One copy of the error classes for "." and "./node", so that `instanceof` holds across them.
    splitting: true,
  },
];

/** The declarations: worked out once, written for both. */
const declarations: Options = { ...shared, entry: library, format: ["esm", "cjs"], dts: { only: true } };

/**
 * Takes the indentation out of the declarations, of which nothing tells when they are written, and the comments out of those for
 * CommonJS: they say the same a second time.
 */
function compactDeclarations(): void {
  for (const name of readdirSync("dist").filter((file) => /\.d\.c?ts$/.test(file))) {
    const path = `dist/${name}`;
    const plain = readFileSync(path, "utf8").replace(/^ +/gm, "");
    writeFileSync(path, name.endsWith(".d.cts") ? plain.replace(/^\/\*\*[\s\S]*?\*\/\n/gm, "") : plain);
  }
}

// `--no-dts` is the quick build: what runs, without its declarations.
export default defineConfig(({ dts }) => {
  if (dts === false) return scripts;
  process.once("exit", compactDeclarations);
  return [...scripts, declarations];
});
