/**
 * The rooms of `src/` in their order: a file imports from its own room and from those above it. The test of the layers and the
 * linter (`layers.biome.json`) both follow this list.
 */
export const rooms = [
  "text",
  "model",
  "service",
  "formats",
  "directory",
  "match",
  "predict",
  "run",
  "mismatches",
  "causes",
  "options.ts",
  "settings.ts",
  "analysis.ts",
  "live-analysis.ts",
  "verdict.ts",
  "inputs.ts",
  "comparison.ts",
  "explain-user.ts",
  "verify-run.ts",
  "accepted.ts",
  "pseudonyms.ts",
  "redactor.ts",
  "redaction.ts",
  "analyze.ts",
  "plan",
  "reports",
  "index.ts",
  "node",
  "node.ts",
  "cli",
  "web",
  "inline-modules.d.ts",
];

/** The rooms that may import modules of Node. */
export const roomsWithNode: ReadonlySet<string> = new Set(["node", "node.ts", "cli"]);

const isFile = (room: string): boolean => room.endsWith(".ts");

/** What the linter is told of a room: which imports it refuses there. */
function overrideOf(room: string, below: readonly string[]) {
  return {
    includes: [isFile(room) ? `src/${room}` : `src/${room}/**`],
    linter: {
      rules: {
        style: {
          noRestrictedImports: {
            level: "error",
            options: {
              patterns: [
                {
                  group: below.map((other) => (isFile(other) ? `**/../${other}` : `**/../${other}/**`)),
                  message: "A room imports only rooms above it: docs/architecture.md.",
                },
              ],
            },
          },
        },
      },
    },
  };
}

/** The configuration of the linter for the layers. */
export function linterOfLayers(): object {
  const overrides = rooms.flatMap((room, index) => {
    // Every room may have an index.ts of its own: that nobody imports the topmost one only the test can tell.
    const below = rooms.slice(index + 1).filter((other) => other !== "index.ts");
    return isFile(room) || below.length === 0 ? [] : [overrideOf(room, below)];
  });
  return { overrides };
}
