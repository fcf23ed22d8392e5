import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Plugin, transformSync } from "esbuild";
import MarkdownIt from "markdown-it";
import { pageOptions } from "./src/web/page-options.ts";

/**
 * Modules whose content is made while bundling: `inline:style`, `inline:report-script` … (src/inline-modules.d.ts). The
 * HTML report and the page are single files, so their style, their script and their worker must be texts.
 */
const contents: Readonly<Record<string, () => Promise<unknown>>> = {
  style: async () => minifyStyle("src/reports/html/style.css"),
  "report-script": () => bundleScript("src/reports/html/report-script.ts"),
  // Compressed: it is nearly all of the page.
  "worker-script": async () => gzipSync(await bundleScript("src/web/worker.ts"), { level: 9 }).toString("base64"),
  "mismatch-pages": async () => renderPages(),
  "page-options": async () => pageOptions,
};

const PREFIX = "inline:";

async function loadInline(name: string): Promise<string> {
  const make = contents[name];
  if (make === undefined) throw new Error(`there is no module inline:${name}`);
  return `export const content = ${JSON.stringify(await make())};`;
}

/** For esbuild, and so for tsup. Of package.json only the name and the version are carried along (src/model/tool.ts). */
export const inlineForEsbuild: Plugin = {
  name: "inline-modules",
  setup({ onResolve, onLoad }) {
    onLoad({ filter: /[/\\]package\.json$/ }, ({ path }) => {
      if (path !== fileURLToPath(new URL("package.json", import.meta.url))) return undefined;
      const { name, version } = JSON.parse(readFileSync(path, "utf8"));
      return { contents: JSON.stringify({ name, version }), loader: "json" };
    });
    onResolve({ filter: /^inline:/ }, ({ path }) => ({ path: path.slice(PREFIX.length), namespace: "inline" }));
    onLoad({ filter: /.*/, namespace: "inline" }, async ({ path }) => ({
      contents: await loadInline(path),
      loader: "js",
    }));
  },
};

/** A description of a schema: texts, joined. */
const DESCRIPTION = /z\.describe\(\s*"(?:[^"\\]|\\.)*"(?:\s*\+\s*"(?:[^"\\]|\\.)*")*,?\s*\)/g;

/** Takes the descriptions out of schemas: a page publishes none. */
const withoutDescriptions: Plugin = {
  name: "without-descriptions",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(DESCRIPTION, 'z.describe("")'),
      loader: "ts",
    }));
  },
};

/** For Vite, and so for Vitest. */
export const inlineForVite = {
  name: "inline-modules",
  enforce: "pre" as const,
  resolveId: (id: string) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
  load: (id: string) => (id.startsWith(`\0${PREFIX}`) ? loadInline(id.slice(PREFIX.length + 1)) : undefined),
};

/** Bundles a program of the browser into one classic script: a page opened from disk cannot load modules. */
async function bundleScript(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    alias: { fs: fileURLToPath(new URL("src/plan/no-file-system.ts", import.meta.url)) },
    drop: ["debugger"],
    plugins: [inlineForEsbuild, withoutDescriptions],
    logLevel: "error",
  });
  return (result.outputFiles[0]?.text ?? "").trimEnd();
}

/** Makes the page: one file with its style, its script and its worker, whose policy forbids every connection. */
export async function renderPage(hashOf: (text: string) => string, words: PageWords): Promise<string> {
  const script = await bundleScript("src/web/page.ts");
  const css = minifyStyle("src/reports/html/style.css") + minifyStyle("src/web/page.css");
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(css)}; worker-src blob:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${words.title}</title>
<style>${css}</style>
</head>
<body>
<header class="top"><h1>${words.title}</h1><p class="lead">${words.lead}</p><p>${words.promise}</p></header>
<main id="page"></main>
<script>${script}</script>
</body>
</html>
`;
}

type PageWords = Readonly<Record<"language" | "title" | "lead" | "promise", string>>;

function minifyStyle(path: string): string {
  const css = readFileSync(new URL(path, import.meta.url), "utf8");
  return transformSync(css, { loader: "css", minify: true }).code.trimEnd();
}

/** The pages of the kinds as short HTML, without their titles; headings begin at the third level, links are plain text. */
function renderPages(): Readonly<Record<string, string>> {
  const markdown = new MarkdownIt();
  const folder = new URL("docs/mismatches/", import.meta.url);
  const pages = readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => {
      // An invented example says nothing to a customer who reads of his own people.
      const text = readFileSync(new URL(name, folder), "utf8")
        .replace(/^# .*\n/, "")
        .replace(/^## Example\n[\s\S]*?(?=^## )/m, "");
      const html = markdown
        .render(text)
        .replace(/<(\/?)h(\d)>/g, (_, slash, level) => `<${slash}h${Math.min(6, Number(level) + 1)}>`)
        .replace(/<a [^>]*>|<\/a>| class="language-\w+"/g, "")
        // In a text a quotation mark needs no escape.
        .replaceAll("&quot;", '"');
      return [name.slice(0, -".md".length), html];
    });
  return Object.fromEntries(pages);
}
