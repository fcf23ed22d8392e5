import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, it } from "vitest";
import { targets } from "./targets.ts";

/** Inputs of a target: those that once broke it (found), and those that reach much of it (corpus). */
function inputsOf(kind: "found" | "corpus", name: string): readonly (readonly [file: string, bytes: Uint8Array])[] {
  const folder = new URL(`${kind}/${name}/`, import.meta.url);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((file) => [`${kind}/${file}`, Uint8Array.from(readFileSync(new URL(file, folder)))]);
}

describe.each(Object.entries(targets))("the fuzzed part %s", (name, { check }) => {
  const inputs = [...inputsOf("found", name), ...inputsOf("corpus", name)];

  it.each(inputs)("holds for %s", async (_, bytes) => {
    await check(bytes);
  });

  it("holds for nothing at all, and for a byte of any value", async () => {
    for (let byte = -1; byte < 256; byte++) await check(byte < 0 ? new Uint8Array(0) : Uint8Array.of(byte));
  });
});
