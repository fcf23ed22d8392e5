import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../model/errors.ts";
import { begin, type Content, gather } from "./content.ts";
import { findOutputPlace, type OutputPlace } from "./output-place.ts";
import { isReaderGone, print } from "./print.ts";
import { reasonOf } from "./reason.ts";
import { withCleanUp } from "./signals.ts";

/** Files are about people: what is new is its owner's alone. What is there keeps its mode. */
const NEW_FILE_MODE = 0o600;
const NEW_FOLDER_MODE = 0o700;
const MODE_BITS = 0o7777;

/** How much is made before a draft is there, in bytes: nothing has to be taken away as long as it is not. */
const MADE_FIRST = 64 * 1024 * 1024;
const COPY_SIZE = 1024 * 1024;
/** What Node's permission model says. */
const DENIED = "ERR_ACCESS_DENIED";
/** To give a file to somebody else is root's right, and nobody's under the permission model. */
const FORBIDDEN = new Set(["EPERM", DENIED]);
/** How much of a file's name its draft has in its own: the whole must not be too long for the system. */
const NAME_LENGTH = 40;

type FilePlace = Extract<OutputPlace, { readonly type: "file" }>;

/** What is to be written to a file, and how the user named it. */
interface FileOutput {
  readonly path: string;
  readonly place: FilePlace;
  readonly content: Content;
}

/**
 * Writes an output: a file whole or not at all, what is no file (a device, a pipe) as it comes.
 *
 * @throws UsageError that names the option, if it cannot be written.
 */
export async function writeOutput(option: string, path: string, content: Content): Promise<void> {
  const place = findOutputPlace(option, path);
  if (place.type === "file") return writeWhole(option, [{ path, place, content }]);
  try {
    if (place.type === "special") await writeInto(place.path, content);
    else await writeToDescriptor(place.descriptor, content);
  } catch (cause) {
    throw cannotWrite(option, path, cause);
  }
}

/**
 * Writes files into a folder, which is made if need be: all of them or none.
 *
 * @throws UsageError that names the option, if one of `names` stands there already, or cannot be written.
 */
export async function writeFolder(
  option: string,
  folder: string,
  files: Readonly<Record<string, Content>>,
  names: readonly string[],
): Promise<void> {
  checkFolder(option, folder, names);
  try {
    await mkdir(folder, { recursive: true, mode: NEW_FOLDER_MODE });
  } catch (cause) {
    throw new UsageError(`${option} ${folder} cannot be made: ${reasonOf(cause)}`, { cause });
  }
  const outputs = Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    return { path, place: { type: "file", path, existing: undefined } as const, content };
  });
  await writeWhole(option, outputs);
}

/** Refuses a folder that holds one of some files. */
export function checkFolder(option: string, folder: string, names: readonly string[]): void {
  const present = names.find((name) => isThere(join(folder, name)));
  if (present === undefined) return;
  throw new UsageError(`${option} ${folder} holds files of another plan (${present}); name another folder`);
}

/** Whether a name is taken, and be it by a link that leads nowhere. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // the folder is none, which is told when it is made
  }
}

/** Writes all files or none: each beside its place first, then moved there. */
async function writeWhole(option: string, outputs: readonly FileOutput[]): Promise<void> {
  const drafts: string[] = [];
  const removeDrafts = (): void => {
    for (const draft of drafts) rmSync(draft, { force: true });
  };
  const [first] = outputs;
  const beginning = first === undefined ? "" : await begin(first.content, MADE_FIRST);
  await withCleanUp(removeDrafts, async () => {
    const moves: { readonly output: FileOutput; readonly move: () => void }[] = [];
    const moved: FilePlace[] = [];
    let current = "";
    try {
      for (const output of outputs) {
        current = output.path;
        const draft = draftBeside(output.place.path);
        drafts.push(draft);
        const hasMode = await writeDraft(draft, output === first ? beginning : output.content, output.place.existing);
        const move = hasMode ? renameSync : replaceContent;
        moves.push({ output, move: () => move(draft, output.place.path) });
      }
      // Moved in one go, so that no signal comes between one file and the next.
      for (const { output, move } of moves) {
        current = output.path;
        move();
        moved.push(output.place);
      }
    } catch (cause) {
      for (const { path, existing } of moved) if (existing === undefined) rmSync(path, { force: true });
      throw cannotWrite(option, current, cause);
    } finally {
      removeDrafts();
    }
  });
}

/** What the system says is told with the option; anything else is a bug, and shows itself. */
function cannotWrite(option: string, path: string, cause: unknown): unknown {
  const isOfSystem = (cause instanceof Error && "syscall" in cause) || codeOf(cause) === DENIED;
  return isOfSystem ? new UsageError(`${option} ${path} cannot be written: ${reasonOf(cause)}`, { cause }) : cause;
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}

function draftBeside(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, NAME_LENGTH)}.${randomUUID()}.part`);
}

/** Writes a draft; tells whether it has the owner and the mode of the file that it replaces. */
async function writeDraft(path: string, content: Content, existing: Stats | undefined): Promise<boolean> {
  // Made before anything is awaited: a signal that waits already would take it away before it is there.
  writeFileSync(path, "", { flag: "wx", mode: NEW_FILE_MODE });
  const file = await open(path, "r+");
  try {
    for await (const piece of gather(content)) await file.writeFile(piece);
    const hasMode = existing === undefined || (await takeMode(file, existing));
    await waitForDisk(file);
    return hasMode;
  } finally {
    await file.close();
  }
}

/** Waits until all is on the disk; the newest Node forbids no more than that under its permission model. */
async function waitForDisk(file: FileHandle): Promise<void> {
  try {
    await file.sync();
  } catch (cause) {
    if (codeOf(cause) !== DENIED) throw cause;
  }
}

/**
 * Gives an open file the owner and the mode of another one; tells whether that is allowed. Its path may by now be somebody else's
 * link, and is not used.
 */
async function takeMode(file: FileHandle, { uid, gid, mode }: Stats): Promise<boolean> {
  const own = await file.stat();
  try {
    if (own.uid !== uid || own.gid !== gid) await file.chown(uid, gid);
    if ((own.mode & MODE_BITS) !== (mode & MODE_BITS)) await file.chmod(mode & MODE_BITS);
    return true;
  } catch (cause) {
    if (FORBIDDEN.has(codeOf(cause))) return false;
    throw cause;
  }
}

/**
 * Replaces what a file holds by what a draft holds: the file stays, and so its owner, whom nobody else can give to another
 * file. Should that fail in the middle, the draft takes its place all the same: it is whole.
 */
function replaceContent(draft: string, path: string): void {
  const from = openSync(draft, "r");
  const to = openSync(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    const piece = new Uint8Array(COPY_SIZE);
    let size = 0;
    for (let read = readSync(from, piece); read > 0; read = readSync(from, piece)) {
      writeFileSync(to, piece.subarray(0, read));
      size += read;
    }
    ftruncateSync(to, size);
    fsyncSync(to);
  } catch (cause) {
    // The permission model forbids only to wait for the disk.
    if (codeOf(cause) !== DENIED) renameSync(draft, path);
  } finally {
    closeSync(from);
    closeSync(to);
  }
}

/** Writes into a device or a pipe; a pipe's reader is waited for. */
async function writeInto(path: string, content: Content): Promise<void> {
  const file = await open(path, constants.O_WRONLY);
  try {
    for await (const piece of gather(content)) await file.writeFile(piece);
  } catch (cause) {
    if (!isReaderGone(cause)) throw cause;
  } finally {
    await file.close();
  }
}

/** Writes to what is open already, where whoever shares it has written up to. */
async function writeToDescriptor(descriptor: number, content: Content): Promise<void> {
  if (descriptor === process.stdout.fd) return print(content);
  if (descriptor === process.stderr.fd) return print(content, process.stderr);
  for await (const piece of gather(content)) writeFileSync(descriptor, piece);
}
