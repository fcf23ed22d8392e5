import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What a program of Node can reach a network with, or start others that do. */
const NETWORK = /^(?:node:)?(?:http|https|http2|net|tls|dns|dgram|inspector|cluster|child_process|wasi|quic)(?:\/|$)/;
const GLOBALS = /(?<![\w$.])(?:fetch|WebSocket|XMLHttpRequest|EventSource|WebTransport|RTCPeerConnection)\s*\(/;

/** commander can start programs for subcommands that are files of their own; there are none, and `.ci/run` forbids it to start any. */
const KNOWN = "node_modules/commander/lib/command.js node:child_process";

/** Bundles an entry with everything that it loads, wherever it comes from; gives each module, and each of Node's that it asks for. */
async function modulesOf(entry: string, platform: "node" | "browser") {
  const { metafile, outputFiles } = await build({
    entryPoints: [`${root}dist/${entry}`],
    bundle: true,
    write: false,
    metafile: true,
    minifySyntax: true,
    platform,
    format: "esm",
    splitting: true,
    outdir: "out",
    external: platform === "node" ? [] : ["node:*"],
    logLevel: "error",
  });
  const asked = Object.entries(metafile.inputs).flatMap(([path, { imports }]) =>
    imports.filter(({ external }) => external).map((one) => ({ path, specifier: one.path })),
  );
  return { paths: Object.keys(metafile.inputs), asked, text: outputFiles.map((file) => file.text).join("\n") };
}

describe.each([
  ["cli.js", "node"],
  ["index.js", "node"],
  ["index.cjs", "node"],
  ["node.js", "node"],
  ["reading-thread.js", "node"],
  ["index.js", "browser"],
] as const)("what %s loads, for %s", (entry, platform) => {
  it("asks for no module of a network, its own and those of every package included", async () => {
    const { paths, asked, text } = await modulesOf(entry, platform);
    const suspicious = asked.filter(({ specifier }) => NETWORK.test(specifier));
    expect(suspicious.map(({ path, specifier }) => `${path} ${specifier}`).filter((one) => one !== KNOWN)).toEqual([]);
    expect(asked.filter(({ specifier }) => !builtinModules.includes(specifier.replace(/^node:/, "")))).toEqual([]);
    expect(GLOBALS.exec(text)?.[0]).toBeUndefined();
    if (platform === "browser") expect(asked).toEqual([]);
    // All packages are seen that the program depends on, where it needs them.
    const packages = new Set(paths.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
    for (const name of packages) expect(Object.keys(manifest.dependencies)).toContain(name);
    if (entry === "cli.js") expect([...packages].sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });
});

it("the check finds what it looks for", () => {
  expect(["node:https", "net", "dns/promises", "child_process"].every((name) => NETWORK.test(name))).toBe(true);
  expect(["node:fs", "node:path", "stream"].some((name) => NETWORK.test(name))).toBe(false);
  expect(GLOBALS.test("await fetch(url)")).toBe(true);
});
