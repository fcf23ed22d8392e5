/**
 * A disk and threads that fail as a fault says, { on, code?, action?, path?, after? }: from `failAs` on in this process, or,
 * loaded before the program (`node --import`), as $FAULT says in JSON, in its threads too.
 *
 * on: "create", "write", "sync", "rename" of the path that contains `path` fail with the system's error `code`;
 * "read" fails so behind the first chunk, or does `action` to the file there: "shrink", "grow", "touch", "remove";
 * "remove-folder" takes the folder of the path away when it is written; "thread" ends each thread; "bug" and "memory" throw what
 * a bug and a lack of memory would.
 */
import fs from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { isMainThread } from "node:worker_threads";

const thrown = {
  bug: () => new TypeError("jane@contoso.com"),
  memory: () => new RangeError("Array buffer allocation failed"),
};
const deeds = {
  shrink: (path) => fs.truncateSync(path, Math.floor(fs.statSync(path).size / 2)),
  grow: (path) => fs.appendFileSync(path, "\n"),
  touch: (path) => fs.utimesSync(path, new Date(0), new Date(0)),
  remove: (path) => fs.rmSync(path),
};

const { writeFileSync, renameSync } = fs;
const { open } = promises;
const { now } = performance;

/** Lets this process fail so; what is returned ends it. */
export function failAs(fault) {
  const fails = (what, path) => fault.on === what && String(path).includes(fault.path ?? "");
  const error = (syscall, path) =>
    Object.assign(new Error(`${fault.code}: injected, ${syscall} '${path}'`), { code: fault.code, syscall, path });
  async function* failBehindFirst(stream, path) {
    let isFirst = true;
    for await (const chunk of stream) {
      yield chunk;
      if (isFirst && fault.code !== undefined) throw error("read", path);
      if (isFirst) deeds[fault.action](path);
      isFirst = false;
    }
  }
  fs.writeFileSync = (path, ...rest) => {
    if (fails("create", path)) throw error("open", path);
    return writeFileSync(path, ...rest);
  };
  fs.renameSync = (from, to) => {
    if (fails("rename", to)) throw error("rename", to);
    return renameSync(from, to);
  };
  promises.open = async (path, ...rest) => {
    const handle = await open(path, ...rest);
    let written = 0;
    const { writeFile, sync, createReadStream } = handle;
    handle.writeFile = async (content, ...more) => {
      written += content.length;
      if (fails("remove-folder", path)) fs.rmSync(dirname(String(path)), { recursive: true });
      if (fails("write", path) && written > (fault.after ?? 0)) throw error("write", path);
      return writeFile.call(handle, content, ...more);
    };
    handle.sync = async () => {
      if (fails("sync", path)) throw error("fsync", path);
      return sync.call(handle);
    };
    handle.createReadStream = (options) => {
      const stream = createReadStream.call(handle, { ...options, highWaterMark: 64 * 1024 });
      return fails("read", path) ? Readable.from(failBehindFirst(stream, path)) : stream;
    };
    return handle;
  };
  if (fault.on in thrown) {
    performance.now = () => {
      throw thrown[fault.on]();
    };
  }
  syncBuiltinESMExports();
  return () => {
    Object.assign(fs, { writeFileSync, renameSync });
    promises.open = open;
    performance.now = now;
    syncBuiltinESMExports();
  };
}

if (process.env.FAULT !== undefined) {
  const fault = JSON.parse(process.env.FAULT);
  failAs(fault);
  if (fault.on === "thread" && !isMainThread) process.exit(7);
}
