/**
 * Measures the whole line beside its peers, on the same files in the same run: `npm run bench -- [users …]`.
 *
 * Each measurement is a process of its own, so that its peak memory is its own. Results as JSON in `bench-results.json` of
 * the folder for files ($BENCH_FOLDER, else a temporary one that is removed), as a table on the terminal. Peers that are not
 * installed are left out, and said so: npm install --no-save papaparse udsv @duckdb/node-api; apt-get install python3-ldap.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeCsvde, writeLdif, writeMsolUsers } from "./directory.mjs";

const sizes = process.argv.slice(2).map(Number);
const users = sizes.length > 0 ? sizes : [10_000, 100_000];
const kept = process.env["BENCH_FOLDER"];
const folder = kept ?? mkdtempSync(join(tmpdir(), "dirsync-preflight-bench-"));
const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const alone = fileURLToPath(new URL("alone.mjs", import.meta.url));
const peer = fileURLToPath(new URL("peer.mjs", import.meta.url));

/** Runs a program; gives seconds, peak memory in MB, and what it printed on standard error. */
function measure(command, args) {
  const started = process.hrtime.bigint();
  const run = spawnSync("/usr/bin/env", ["time", "-f", "PEAK %M", command, ...args], {
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const peak = Number(/PEAK (\d+)/.exec(run.stderr)?.[1] ?? Number.NaN) / 1024;
  return { seconds, peak, failed: run.status !== 0 && run.status !== 1, said: run.stderr };
}

function phasesOf(said) {
  return Object.fromEntries(
    Array.from(
      said.matchAll(/^(read on-premises|read online|match|find|report)\s+([\d.]+) s$/gm),
      ([, phase, seconds]) => [phase, Number(seconds)],
    ),
  );
}

function hasPackage(name) {
  return (
    spawnSync(process.execPath, ["--input-type=module", "-e", `await import(${JSON.stringify(name)})`], {
      cwd: fileURLToPath(new URL("../../", import.meta.url)),
    }).status === 0
  );
}

const results = [];
const skipped = [];
for (const count of users) {
  const own = join(folder, String(count));
  mkdirSync(own, { recursive: true });
  const paths = { ldif: join(own, "ad.ldf"), csvde: join(own, "ad.csv"), msol: join(own, "users.csv") };
  for (const [name, write] of [
    ["ldif", writeLdif],
    ["csvde", writeCsvde],
    ["msol", writeMsolUsers],
  ])
    if (!existsSync(paths[name])) write(paths[name], count);
  const bytes = (...names) => names.reduce((sum, name) => sum + statSync(paths[name]).size, 0);
  const note = (what, size, { seconds, peak, failed, said }) => {
    const phases = phasesOf(said);
    results.push({
      users: count,
      what,
      seconds,
      megabytesPerSecond: size / 1e6 / seconds,
      usersPerSecond: count / seconds,
      peakMegabytes: peak,
      ...(Object.keys(phases).length === 0 ? {} : { phases }),
      ...(failed ? { failed: said.slice(-200) } : {}),
    });
    const row = results.at(-1);
    console.log(
      `${String(count).padStart(9)}  ${what.padEnd(44)} ${seconds.toFixed(2).padStart(8)} s ${row.megabytesPerSecond.toFixed(0).padStart(6)} MB/s ${Math.round(row.usersPerSecond).toString().padStart(9)} users/s ${peak.toFixed(0).padStart(6)} MB${failed ? "  FAILED" : ""}`,
    );
    for (const [phase, time] of Object.entries(phases))
      console.log(`${" ".repeat(13)}${phase.padEnd(42)} ${time.toFixed(2).padStart(8)} s`);
  };
  const analyze = (side) => [
    cli,
    "analyze",
    "--on-premises",
    paths[side],
    "--online",
    paths.msol,
    "--format",
    "ndjson",
    "--output",
    join(own, "findings.ndjson"),
    "--verbose",
  ];
  note(
    "dirsync-preflight, CSVDE and Get-MsolUser",
    bytes("csvde", "msol"),
    measure(process.execPath, analyze("csvde")),
  );
  note("dirsync-preflight, LDIF and Get-MsolUser", bytes("ldif", "msol"), measure(process.execPath, analyze("ldif")));
  note("dirsync-preflight, LDIF alone, read and kept", bytes("ldif"), measure(process.execPath, [alone, paths.ldif]));
  note(
    "dirsync-preflight, CSVDE alone, read and kept",
    bytes("csvde"),
    measure(process.execPath, [alone, paths.csvde]),
  );
  const peers = [
    ["csv-parse alone, CSVDE and Get-MsolUser", "csv-parse", ["csvde", "msol"], ["csv-parse", paths.csvde, paths.msol]],
    ["papaparse alone, CSVDE and Get-MsolUser", "papaparse", ["csvde", "msol"], ["papaparse", paths.csvde, paths.msol]],
    ["udsv alone, CSVDE and Get-MsolUser", "udsv", ["csvde", "msol"], ["udsv", paths.csvde, paths.msol]],
    ["DuckDB, 2 threads: the join alone", "@duckdb/node-api", ["csvde", "msol"], ["duckdb", paths.csvde, paths.msol]],
    // The package needs minutes and the whole file in memory: small directories only.
    ...(count <= 10_000 ? [["npm ldif alone, LDIF", "ldif", ["ldif"], ["ldif", paths.ldif]]] : []),
  ];
  for (const [what, name, files, args] of peers) {
    if (hasPackage(name))
      note(what, bytes(...files), measure(process.execPath, ["--max-old-space-size=16000", peer, ...args]));
    else skipped.push(name);
  }
  const python =
    "import ldif,sys\nclass P(ldif.LDIFParser):\n  n=0\n  def handle(self,dn,e): P.n+=1\nwith open(sys.argv[1],'rb') as f:\n  P(f).parse()\n";
  if (existsSync("/usr/bin/python3") && spawnSync("/usr/bin/python3", ["-c", "import ldif"]).status === 0)
    note("python-ldap alone, LDIF", bytes("ldif"), measure("/usr/bin/python3", ["-c", python, paths.ldif]));
  else skipped.push("python3-ldap");
  note("wc -l, LDIF (the floor)", bytes("ldif"), measure("wc", ["-l", paths.ldif]));
}
const machine = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  memoryGigabytes: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  kernel: execFileSync("uname", ["-r"], { encoding: "utf8" }).trim(),
};
if (skipped.length > 0) console.log(`left out, not installed: ${[...new Set(skipped)].join(", ")}`);
if (kept === undefined) rmSync(folder, { recursive: true });
else writeFileSync(join(folder, "bench-results.json"), `${JSON.stringify({ machine, results }, null, 2)}\n`);
