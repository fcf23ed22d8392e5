/**
 * Counts what matching and finding do, in executed blocks of code as V8 counts them (built-in functions are not counted):
 * `count-operations.mjs SHAPE SIZE` prints { operations, matched, found }. One size a process: code that is optimized already
 * is not counted.
 */
import inspector from "node:inspector";
import { analyze, streamAnalysis } from "../../dist/index.js";

const [, , shape, text] = process.argv;
const size = Number(text);

/** For each shape: what is on-premises and online, as addresses of one object each. */
const SHAPES = {
  /** Every tenth has another primary address online. */
  usual: (index) => ({
    onPremises: [`u${index}@contoso.com`, `a${index}@contoso.com`],
    online:
      index % 10 === 0
        ? [`a${index}@contoso.com`, `u${index}@contoso.com`]
        : [`u${index}@contoso.com`, `a${index}@contoso.com`],
  }),
  /** One address on all objects. */
  shared: () => ({ onPremises: ["same@contoso.com"], online: ["same@contoso.com"] }),
  /** Each has an address of the next one online: all are one ambiguous group. */
  chain: (index) => ({
    onPremises: [`u${index}@contoso.com`, `u${index + 1}@contoso.com`],
    online: [`u${index}@contoso.com`],
  }),
  /** One user of that many addresses. */
  hoard: () => ({
    onPremises: Array.from({ length: size }, (_, index) => `a${index}@contoso.com`),
    online: Array.from({ length: size }, (_, index) => `a${size - index}@contoso.com`),
  }),
};

const objects = shape === "hoard" ? 1 : size;
const typed = (addresses) => addresses.map((address, index) => `${index === 0 ? "SMTP" : "smtp"}:${address}`);

function* write(header, toText) {
  let piece = header;
  for (let index = 0; index < objects; index++) {
    piece += toText(index, SHAPES[shape](index));
    if (piece.length > 1_000_000) {
      yield Buffer.from(piece);
      piece = "";
    }
  }
  yield Buffer.from(piece);
}

const ldif = write(
  "",
  (index, { onPremises }) =>
    `dn: CN=u${index},DC=contoso,DC=com\nobjectClass: user\nuserPrincipalName: u${index}@contoso.com\n` +
    `${typed(onPremises)
      .map((address) => `proxyAddresses: ${address}\n`)
      .join("")}\n`,
);
const csv = write(
  "UserPrincipalName,ProxyAddresses\n",
  (index, { online }) => `u${index}@contoso.com,${typed(online).join(";")}\n`,
);

const session = new inspector.Session();
session.connect();
// Where there are many findings streamAnalysis finds twice: one shape is counted so, at sizes that all have as many.
const run = shape === "shared" ? streamAnalysis : analyze;
const analysis = await run({
  onPremises: [{ name: "ad.ldf", data: ldif }],
  online: [{ name: "users.csv", data: csv }],
  onPhase: (phase) => {
    if (phase !== "match") return;
    session.post("Profiler.enable");
    session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  },
});
let found = 0;
for (const _ of analysis.mismatches) found++;
let operations = 0;
session.post("Profiler.takePreciseCoverage", (_, { result }) => {
  for (const { url, functions } of result) {
    if (!url.includes("/dist/")) continue;
    for (const { ranges } of functions) for (const { count } of ranges) operations += count;
  }
});
console.log(JSON.stringify({ operations, matched: analysis.summary.matched, found }));
