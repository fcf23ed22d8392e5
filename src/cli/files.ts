import { randomUUID } from "node:crypto";
import { existsSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { formats } from "../formats/index.ts";
import type { Source } from "../formats/reading/source.ts";
import { UsageError } from "../model/errors.ts";
import { fileSize, openFile } from "../node.ts";

/** A file as it is named on the command line: `FILE` or `FILE:FORMAT`. */
interface NamedFile {
  readonly path: string;
  readonly format?: string;
}

/** Opens the files that options name, under the shortest names that tell them apart. */
export async function openFiles(
  names: readonly string[],
  { others = [], encoding }: { readonly others?: readonly string[]; readonly encoding?: string | undefined } = {},
): Promise<Source[]> {
  const files = names.map(takeName);
  const paths = [...files, ...others.map(takeName)].map(({ path }) => path);
  if (paths.filter((path) => path === "-").length > 1)
    throw new UsageError("- (standard input) can be given only once");
  return Promise.all(
    files.map(async ({ path, format }) => {
      const chosen = { ...(format === undefined ? {} : { format }), ...(encoding === undefined ? {} : { encoding }) };
      if (path === "-") return { name: "standard input", data: process.stdin as AsyncIterable<Uint8Array>, ...chosen };
      const size = await fileSize(path);
      const source = { ...openFile(path, { name: shortName(path, paths) }), ...chosen };
      return size === undefined ? source : { ...source, size };
    }),
  );
}

/** Lists the paths of files that options name. */
export function pathsOf(names: readonly string[]): readonly string[] {
  return names.map((name) => takeName(name).path);
}

/** What follows the last colon is a format if there is one of that name, and no file of the whole name. */
function takeName(name: string): NamedFile {
  const colon = name.lastIndexOf(":");
  if (colon <= 0 || existsSync(name)) return { path: name };
  const path = name.slice(0, colon);
  const format = name.slice(colon + 1);
  if (formats.some((candidate) => candidate.name === format)) return { path, format };
  if (path !== "-" && !existsSync(path)) return { path: name };
  const known = formats.map((candidate) => candidate.name).join(", ");
  throw new UsageError(`${name}: there is no format "${format}"; use one of: ${known}`);
}

function shortName(path: string, all: readonly string[]): string {
  const name = basename(path);
  return all.filter((other) => basename(other) === name).length === 1 ? name : path;
}

/** What a file is to hold: whole, or in pieces that are made when they are written. */
export type Content = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** How much is gathered of small pieces before it is written, in characters. */
const BATCH = 256 * 1024;

/** Files that are being written, under their names for the time being: what an interrupted program must take away. */
const drafts = new Set<string>();

/** Takes away what was not written to its end; for a program that is being ended. */
export function removeDrafts(): void {
  for (const draft of drafts) rmSync(draft, { force: true });
}

/**
 * Writes a file whole or not at all: beside its place first, then moved there.
 *
 * @throws UsageError that names the option, if the file is one of the inputs, or cannot be written.
 */
export function writeWhole(option: string, path: string, content: Content, inputs: readonly string[]): Promise<void> {
  return writeAll(option, [[path, content]], inputs);
}

/**
 * Writes files into a folder, which is made if need be: all of them or none.
 *
 * @throws UsageError that names the option, if one of `names` stands there already, or cannot be written.
 */
export async function writeFolder(
  option: string,
  folder: string,
  files: Readonly<Record<string, string>>,
  names: readonly string[],
): Promise<void> {
  const present = names.find((name) => existsSync(join(folder, name)));
  if (present !== undefined) {
    throw new UsageError(`${option} ${folder} holds files of another plan (${present}); name another folder`);
  }
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new UsageError(`${option} ${folder} cannot be made: ${reasonOf(cause)}`, { cause });
  }
  const entries = Object.entries(files).map(([name, content]) => [join(folder, name), content] as const);
  await writeAll(option, entries, []);
}

async function writeAll(
  option: string,
  files: readonly (readonly [path: string, content: Content])[],
  inputs: readonly string[],
): Promise<void> {
  const written: { readonly draft: string; readonly path: string }[] = [];
  const isNew = new Map(files.map(([path]) => [path, !existsSync(path)]));
  const moved: string[] = [];
  let current = "";
  try {
    for (const [path, content] of files) {
      current = path;
      if (inputs.some((input) => isSameFile(input, path))) {
        throw new UsageError(`${option} ${path} is one of the inputs; name another file`);
      }
      const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
      written.push({ draft, path });
      drafts.add(draft);
      await writeDraft(draft, content);
    }
    // Moved in one go, so that no signal comes between one file and the next.
    for (const { draft, path } of written) {
      current = path;
      renameSync(draft, path);
      moved.push(path);
    }
  } catch (cause) {
    for (const { draft } of written) await rm(draft, { force: true });
    for (const path of moved) if (isNew.get(path)) await rm(path, { force: true });
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`${option} ${current} cannot be written: ${reasonOf(cause)}`, { cause });
  } finally {
    for (const { draft } of written) drafts.delete(draft);
  }
}

async function writeDraft(path: string, content: Content): Promise<void> {
  // Made before anything is awaited: a signal that waits already would take it away before it is there.
  writeFileSync(path, "", { flag: "wx" });
  const file = await open(path, "r+");
  try {
    for await (const piece of gather(content)) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Joins small pieces into larger ones. */
async function* gather(content: Content): AsyncGenerator<string | Uint8Array> {
  if (typeof content === "string" || content instanceof Uint8Array) {
    yield content;
    return;
  }
  let batch = "";
  for await (const piece of content) {
    if (typeof piece !== "string") yield piece;
    else if (batch.length + piece.length < BATCH) batch += piece;
    else {
      yield batch + piece;
      batch = "";
    }
  }
  if (batch !== "") yield batch;
}

/** What the system says of a file that cannot be read or written. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function isSameFile(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false; // one of them does not exist
  }
}

/**
 * Writes to standard output, no faster than it is read, and waits until it is out.
 *
 * @throws UsageError if it cannot be written: the disk is full, for one. A reader who has seen enough is no error.
 */
export async function print(content: Content): Promise<void> {
  for await (const piece of gather(content)) {
    await new Promise<void>((resolve, reject) =>
      process.stdout.write(piece, (cause: NodeJS.ErrnoException | null | undefined) => {
        if (cause == null || cause.code === "EPIPE") resolve();
        else reject(new UsageError(`standard output cannot be written: ${reasonOf(cause)}`, { cause }));
      }),
    );
  }
}
