import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const tests = fileURLToPath(new URL("../", import.meta.url));

/**
 * Lists the faults that are seeded, which stand beside the tests that are to notice them: `test/<room>/faults.json` has, for
 * files of `src/<room>/`, pieces that occur once in them, and what to put in their place.
 */
export function listFaults() {
  return readdirSync(tests, { recursive: true, encoding: "utf8" })
    .filter((path) => /(?:^|[\\/])faults\.json$/.test(path))
    .sort()
    .flatMap((path) => {
      const room = dirname(path).replaceAll("\\", "/");
      const files = Object.entries(JSON.parse(readFileSync(join(tests, path), "utf8")));
      return files.flatMap(([name, faults]) =>
        faults.map(({ from, to }) => ({ room, file: room === "." ? name : `${room}/${name}`, from, to })),
      );
    });
}
