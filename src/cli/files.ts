import { randomUUID } from "node:crypto";
import { realpathSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Source } from "../formats/reading/source.ts";
import { UsageError } from "../model/errors.ts";
import { fileSize, openFile } from "../node.ts";

/** Opens the files that options name, under the shortest names that tell them apart. */
export async function openFiles(paths: readonly string[], others: readonly string[] = []): Promise<Source[]> {
  const all = [...paths, ...others];
  if (all.filter((path) => path === "-").length > 1) throw new UsageError("- (standard input) can be given only once");
  return Promise.all(
    paths.map(async (path) => {
      if (path === "-") return { name: "standard input", data: process.stdin as AsyncIterable<Uint8Array> };
      const size = await fileSize(path);
      const source = openFile(path, { name: shortName(path, all) });
      return size === undefined ? source : { ...source, size };
    }),
  );
}

function shortName(path: string, all: readonly string[]): string {
  const name = basename(path);
  return all.filter((other) => basename(other) === name).length === 1 ? name : path;
}

/**
 * Writes a file whole or not at all: beside its place first, then moved there.
 *
 * @throws UsageError if the file is one of the inputs, or cannot be written.
 */
export async function writeWhole(path: string, content: string, inputs: readonly string[]): Promise<void> {
  if (inputs.some((input) => isSameFile(input, path))) {
    throw new UsageError(`--output ${path} is one of the inputs; name another file`);
  }
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
  try {
    const file = await open(draft, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`--output ${path} cannot be written: ${reason}`, { cause });
  }
}

function isSameFile(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false; // one of them does not exist
  }
}

/** Writes to standard output and waits until it is out. */
export function print(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()));
}
