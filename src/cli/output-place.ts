import {
  accessSync,
  type BigIntStats,
  constants,
  fstatSync,
  lstatSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { UsageError } from "../model/errors.ts";
import { reasonOf } from "./reason.ts";

/** Where an output goes, behind all links. */
export type OutputPlace =
  /** A file, which is replaced whole. */
  | { readonly type: "file"; readonly path: string; readonly existing: Stats | undefined }
  /** A device or a pipe, which is written into. */
  | { readonly type: "special"; readonly path: string }
  /** What this program has open already, and whoever started it goes on with: /dev/stdout, /dev/fd/3. */
  | { readonly type: "descriptor"; readonly descriptor: number };

/** The links that are followed at most, as the system has it. */
const MOST_LINKS = 40;

/**
 * Finds where an output goes.
 *
 * @throws UsageError that names the option, if no file can be made there, or the one that is there must not be written.
 */
export function findOutputPlace(option: string, path: string): OutputPlace {
  const refuse = (reason: string, cause?: unknown): never => {
    throw new UsageError(`${option} ${path} cannot be written: ${reason}`, { cause });
  };
  const there = followLinks(path, refuse);
  const existing = attempt(() => statSync(there.path, { throwIfNoEntry: false }), refuse);
  if (existing?.isDirectory() === true || path.endsWith("/") || path.endsWith(sep)) refuse("it is a folder");
  const { descriptor } = there;
  if (descriptor !== undefined && (existing?.isFile() === true || isStandard(descriptor))) {
    return { type: "descriptor", descriptor };
  }
  if (existing !== undefined && !existing.isFile()) return { type: "special", path: there.path };
  if (existing !== undefined) attempt(() => accessSync(there.path, constants.W_OK), refuse);
  attempt(
    () => accessSync(dirname(there.path), constants.W_OK),
    (reason, cause) =>
      refuse(
        existing === undefined
          ? reason
          : `nothing can be made beside it (${reason}), and what is written into the file itself is lost with the first fault; name a file in another folder`,
        cause,
      ),
  );
  return { type: "file", path: there.path, existing };
}

type Refuse = (reason: string, cause?: unknown) => never;

function attempt<Result>(work: () => Result, refuse: Refuse): Result {
  try {
    return work();
  } catch (cause) {
    return refuse(reasonOf(cause), cause);
  }
}

/** Standard output and standard error have streams of their own: not all that they may be can be opened anew. */
function isStandard(descriptor: number): boolean {
  return descriptor === process.stdout.fd || descriptor === process.stderr.fd;
}

/** Follows links to where they lead, whether or not anything is there; the links of open descriptors lead nowhere else. */
function followLinks(path: string, refuse: Refuse): { readonly path: string; readonly descriptor?: number } {
  let current = resolve(path);
  for (let links = 0; links <= MOST_LINKS; links++) {
    const folder = realFolder(current, refuse);
    const place = join(folder, basename(current));
    const descriptor = descriptorOf(folder, basename(current));
    if (descriptor !== undefined) return { path: place, descriptor };
    const isLink = attempt(() => lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true, refuse);
    if (!isLink) return { path: place };
    current = resolve(
      folder,
      attempt(() => readlinkSync(place), refuse),
    );
  }
  return refuse("its links lead in a circle");
}

function realFolder(path: string, refuse: Refuse): string {
  const folder = dirname(path);
  try {
    return realpathSync.native(folder);
  } catch (cause) {
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    return refuse(isMissing ? `there is no folder ${folder}` : reasonOf(cause), cause);
  }
}

function descriptorOf(folder: string, name: string): number | undefined {
  const isOwn = folder === `/proc/${process.pid}/fd` || folder === "/dev/fd";
  return isOwn && /^\d+$/.test(name) ? Number(name) : undefined;
}

/**
 * What is the same for all names of one file, whether it exists or not; `undefined` where two names do not disturb each other: a
 * terminal, /dev/null.
 */
export function identityOf(path: string, isStandardInput = false): string | undefined {
  const found = existing(() => (isStandardInput ? fstatSync(0, { bigint: true }) : statSync(path, { bigint: true })));
  if (found?.isCharacterDevice() === true) return undefined;
  // Some file systems have no such numbers.
  if (found !== undefined && found.ino !== 0n) return `${found.dev}:${found.ino}`;
  if (isStandardInput) return undefined;
  try {
    const { path: place } = followLinks(path, (reason) => {
      throw new Error(reason);
    });
    return process.platform === "linux" ? place : place.toLowerCase();
  } catch {
    return undefined; // where nothing can be, nothing is written
  }
}

function existing(stat: () => BigIntStats): BigIntStats | undefined {
  try {
    return stat();
  } catch {
    return undefined;
  }
}
