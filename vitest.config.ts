import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { inlineForVite } from "./inline-modules.config.ts";

export default defineConfig({
  plugins: [inlineForVite],
  resolve: {
    alias: {
      "dirsync-preflight/node": fileURLToPath(new URL("src/node.ts", import.meta.url)),
      "dirsync-preflight": fileURLToPath(new URL("src/index.ts", import.meta.url)),
    },
  },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    // A module is loaded once, and not for each file again: tests leave nothing behind in what they import.
    isolate: false,
    // Left alone, one processor would be kept free: of two, half.
    maxWorkers: "100%",
    globalSetup: ["test/real-parts.ts"],
    // For test/contract/emptied-kinds.test.ts alone.
    setupFiles: [
      "test/invented-inputs.ts",
      ...(process.env["EMPTY_OWN_KIND"] === "1" ? ["test/contract/empty-own-kind.ts"] : []),
    ],
  },
});
