/**
 * Looks for inputs that break a target (targets.ts): `npm run fuzz -- [--seconds N] [--target NAME] [--seed N] [--keep]`.
 *
 * Guided by coverage: an input that reaches a branch, or reaches it as often as none did before, joins the corpus, and is
 * changed in turn. Begins with corpus/TARGET, found/TARGET and the examples of test/conformance. What breaks is written to
 * found/TARGET, and tested for ever after (corpus.test.ts); `--keep` adds what reached a new branch to corpus/TARGET. Targets
 * share the seconds, which are those of one processor: as many are fuzzed at once as there are processors. Ends with status
 * 1 if something broke.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { build, transform } from "esbuild";
import { createInstrumenter } from "istanbul-lib-instrument";
import { randomNumbers } from "./random.mjs";

const here = fileURLToPath(new URL("./", import.meta.url));
const source = fileURLToPath(new URL("../../src/", import.meta.url));
/** How long one input may take, in milliseconds. */
const LONGEST = 10_000;
/** Larger inputs are cut. */
const LARGEST = 8_192;
/** How often the thread tells how far it is, in executions. */
const INTERVAL = 200;

/** Pieces of the languages that are read. */
const WORDS = [
  ...'"\n\r\0:;,{}[]\\@ -'.split(""),
  ...[
    '""',
    "\r\n",
    "\r\n\r\n",
    "\n ",
    "::",
    ":<",
    "\ufeff",
    "X'",
    "X'41'",
    "version: 1\n",
    "dn: CN=x,DC=contoso,DC=com\n",
  ],
  ...[
    "objectClass: user\n",
    "changetype: add\n",
    "proxyAddresses: SMTP:a@contoso.com\n",
    "SMTP:",
    "smtp:",
    "x500:",
    "sip:",
  ],
  ...[
    "objectGUID:: AAAAAAAAAAAAAAAAAAAAAA==\n",
    "mail: ",
    "userPrincipalName: ",
    "range=0-1499",
    ";binary",
    "# ",
    "-\n",
  ],
  ...[
    "UserPrincipalName,",
    "ProxyAddresses",
    "ObjectId",
    "ImmutableId",
    "sep=;\n",
    "#TYPE x\n",
    '"value":',
    "null",
    "true",
  ],
  ...["\\u0041", "\\ud800", "@contoso.com", "@contoso.onmicrosoft.com", "..", "é", "Ω", "\u202e", "ß", "İ", "{a}", "…"],
  ...["__proto__", "constructor", "\x1f\x8b", "search: 2\n", "result: 0 Success\n", "System.Object[]"],
].map((text) => Buffer.from(text));

if (isMainThread) await main();
else await work(workerData);

async function main() {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "120" },
      target: { type: "string", multiple: true },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      keep: { type: "boolean", default: false },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-fuzz-"));
  try {
    const script = join(folder, "targets.mjs");
    writeFileSync(script, await instrumented());
    const { targets } = await import(pathToFileURL(script).href);
    const names = Object.keys(targets).filter((name) => values.target?.includes(name) ?? true);
    const lanes = Math.min(availableParallelism(), names.length);
    const seconds = Number(values.seconds) / names.length;
    let broken = 0;
    const waiting = [...names];
    const fuzzNext = async () => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        // Not `broken += await …`: what the other lane adds meanwhile would be lost.
        const found = await fuzz({ script, name, seconds, seed: Number(values.seed), keep: values.keep });
        broken += found;
      }
    };
    await Promise.all(Array.from({ length: lanes }, fuzzNext));
    process.exitCode = broken === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The targets as one script; the parts of it that are ours count how often each branch and statement is reached. */
async function instrumented() {
  const instrumenter = createInstrumenter({ esModules: true, coverageVariable: "__counts__", compact: true });
  const counted = {
    name: "counted",
    setup({ onLoad, onResolve }) {
      onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
        if (!path.startsWith(source)) return undefined;
        const { code } = await transform(readFileSync(path, "utf8"), { loader: "ts", target: "es2022" });
        return { contents: instrumenter.instrumentSync(code, path), loader: "js" };
      });
      onResolve({ filter: /^inline:/ }, ({ path }) => ({ path, namespace: "inline" }));
      onLoad({ filter: /.*/, namespace: "inline" }, () => ({ contents: "export const content = '';", loader: "js" }));
    },
  };
  const { outputFiles } = await build({
    entryPoints: [join(here, "targets.ts")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
    alias: { fs: join(source, "plan/no-file-system.ts"), "#csv-parse": "csv-parse/sync" },
    drop: ["debugger"],
    plugins: [counted],
    banner: {
      js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
    },
    logLevel: "error",
  });
  return outputFiles[0].text;
}

/** How long a thread has had a processor, in milliseconds: on a busy machine it waits longer than it works. Off Linux, the time of day. */
function processorTime(thread) {
  if (thread === undefined) return Date.now();
  try {
    // proc(5): behind the name in parentheses, the 12th and 13th fields are the ticks, a hundredth of a second each.
    const fields = readFileSync(`/proc/${thread}/stat`, "latin1").split(") ")[1].split(" ");
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return 0; // the thread has ended
  }
}

/** Fuzzes one target in a thread of its own, which is ended if an input takes too long; gives how many inputs broke it. */
function fuzz({ script, name, seconds, seed, keep }) {
  const current = new SharedArrayBuffer(4 + LARGEST * 2);
  return new Promise((resolve) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { script, name, seconds, seed, current } });
    let seen = -1;
    let since = 0;
    let last = { executions: 0 };
    const broken = new Set();
    const save = (kind, bytes) => {
      const folder = join(here, kind, name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, createHash("sha256").update(bytes).digest("hex").slice(0, 16)), bytes);
    };
    let thread;
    const watch = setInterval(() => {
      const length = Atomics.load(new Int32Array(current, 0, 1), 0);
      const now = processorTime(thread);
      if (last.executions !== seen) [seen, since] = [last.executions, now];
      else if (now - since > LONGEST + 5_000) {
        save("found", Buffer.from(new Uint8Array(current, 4, length)));
        console.log(`${name}: an input takes longer than ${LONGEST / 1000} s; it is in found/${name}`);
        broken.add("too long");
        void worker.terminate();
      }
    }, 500);
    worker.on("message", (message) => {
      thread = message.thread ?? thread;
      last = message.progress ?? last;
      if (message.broken !== undefined && !broken.has(message.broken.why)) {
        broken.add(message.broken.why);
        save("found", message.broken.bytes);
        // Where nobody can look at the folder, as in .ci/run, the input is told too.
        console.log(`${name}: ${message.broken.why}\n${Buffer.from(message.broken.bytes).toString("base64")}`);
      }
      if (keep && message.corpus !== undefined) for (const bytes of message.corpus) save("corpus", bytes);
    });
    worker.on("error", (error) => {
      broken.add(String(error));
      console.log(`${name}: ${error.stack}`);
    });
    worker.on("exit", () => {
      clearInterval(watch);
      const { executions, reached, points, corpus } = last;
      console.log(
        `${name.padEnd(10)} ${String(executions).padStart(9)} executions, ${reached} of ${points} points reached, ${corpus} inputs kept, ${broken.size} broken (seed ${seed})`,
      );
      resolve(broken.size);
    });
  });
}

async function work({ script, name, seconds, seed, current }) {
  const { targets } = await import(pathToFileURL(script).href);
  const target = targets[name];
  const random = randomNumbers(seed);
  const counts = countersOf(Object.values(globalThis.__counts__));
  const levels = new Uint8Array(counts.length);
  const length = new Int32Array(current, 0, 1);
  const shown = new Uint8Array(current, 4);
  const corpus = [];
  const added = [];
  let executions = 0;
  let told = 0;
  let reached = 0;

  /** Runs one input; tells whether it reached a point that none did, or one as often as none did. */
  const run = async (bytes) => {
    shown.set(bytes);
    Atomics.store(length, 0, bytes.length);
    counts.fill(0);
    try {
      await target.check(bytes);
    } catch (error) {
      const why = String(error.stack ?? error)
        .split("\n")
        .slice(0, 3)
        .join(" ");
      parentPort.postMessage({ broken: { why, bytes } });
    }
    executions++;
    let isNew = false;
    for (let point = 0; point < counts.length; point++) {
      if (counts[point] === 0) continue;
      const level = Math.min(8, 1 + Math.floor(Math.log2(counts[point])));
      if (level <= levels[point]) continue;
      if (levels[point] === 0) reached++;
      levels[point] = level;
      isNew = true;
    }
    return isNew;
  };
  const tell = () => {
    told = executions;
    parentPort.postMessage({ progress: { executions, reached, points: counts.length, corpus: corpus.length } });
  };

  if (existsSync("/proc/thread-self")) parentPort.postMessage({ thread: readlinkSync("/proc/thread-self") });
  for (const bytes of seedsOf(name, target.seeds)) if ((await run(bytes)) || corpus.length === 0) corpus.push(bytes);
  tell();
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    // What was found last is changed most.
    const at = random(2) === 0 ? random(corpus.length) : Math.max(0, corpus.length - 1 - random(16));
    let bytes = corpus[at];
    for (let times = 1 + random(4); times > 0; times--) bytes = mutate(bytes, random, corpus[random(corpus.length)]);
    bytes = bytes.subarray(0, LARGEST);
    const known = reached;
    if (await run(bytes)) corpus.push(bytes);
    if (reached > known) added.push(bytes);
    if (executions - told >= INTERVAL) tell();
  }
  tell();
  parentPort.postMessage({ corpus: added });
}

/** Lets all files count in one array, which can be emptied and looked through quickly. */
function countersOf(files) {
  const lengths = files.map(({ s, b }) => [...Object.values(b).map((branch) => branch.length), Object.keys(s).length]);
  const counters = new Uint32Array(lengths.flat().reduce((sum, length) => sum + length, 0));
  let start = 0;
  const take = (length) => {
    start += length;
    return counters.subarray(start - length, start);
  };
  for (const file of files) {
    for (const [id, branch] of Object.entries(file.b)) file.b[id] = take(branch.length);
    file.s = take(Object.keys(file.s).length);
  }
  return counters;
}

function seedsOf(name, pattern) {
  const folders = [join(here, "corpus", name), join(here, "found", name)].filter((folder) => existsSync(folder));
  const own = folders.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
  const conformance = join(here, "../conformance");
  const examples = readdirSync(conformance, { recursive: true, encoding: "utf8" })
    .filter((path) => /[\\/]/.test(path) && !/\.(?:inspect\.txt|sh|ts)$/.test(path) && pattern.test(path))
    .map((path) => join(conformance, path));
  return [...own, ...examples].map((path) => readFileSync(path).subarray(0, LARGEST));
}

function mutate(bytes, random, other) {
  const at = random(bytes.length + 1);
  const length = 1 + random(random(2) === 0 ? 4 : 64);
  const word = WORDS[random(WORDS.length)];
  switch (random(8)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 1: {
      const changed = Buffer.from(bytes);
      if (changed.length > 0) changed[at % changed.length] ^= 1 << random(8);
      return changed;
    }
    case 2:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([random(256)]), bytes.subarray(at)]);
    case 3:
    case 4:
      return Buffer.concat([bytes.subarray(0, at), word, bytes.subarray(random(2) === 0 ? at : at + word.length)]);
    case 5:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - 8 * length))]);
    case 6: {
      const from = random(other.length + 1);
      return Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + 4 * length), bytes.subarray(at)]);
    }
    default:
      return bytes.subarray(0, at);
  }
}
