/**
 * Counts what reading does, in executed blocks of code as V8 counts them (built-in functions are not counted):
 * `count-reading.mjs SHAPE SIZE` prints { operations, objects, addresses }. One size a process, as in count-operations.mjs.
 */
import inspector from "node:inspector";
import { readUsers, streamAnalysis } from "../../dist/index.js";

const [, , shape, text] = process.argv;
const size = Number(text);
const dn = "CN=Ana,OU=Staff,DC=contoso,DC=com";
const numbers = Array.from({ length: size }, (_, index) => index);
const entry = (index) => `smtp:a${index}@contoso.com`;

/** Many values of one object, as they come in several records. */
const SHAPES = {
  rows: () => `DN,proxyAddress\n${numbers.map((index) => `"${dn}",${entry(index)}\n`).join("")}`,
  slices: () =>
    numbers
      .map((index) => `dn: ${dn}\nobjectClass: user\nproxyAddresses;range=${index}-${index}: ${entry(index)}\n\n`)
      .join(""),
};

const session = new inspector.Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
await streamAnalysis({
  onPremises: [{ name: "ad", data: SHAPES[shape]() }],
  online: [{ name: "online", data: "UserPrincipalName,ProxyAddresses\nb@contoso.com,SMTP:b@contoso.com\n" }],
});
let operations = 0;
session.post("Profiler.takePreciseCoverage", (_, { result }) => {
  for (const { url, functions } of result) {
    if (!url.includes("/dist/")) continue;
    for (const { ranges } of functions) for (const { count } of ranges) operations += count;
  }
});
let [objects, addresses] = [0, 0];
for await (const item of readUsers({ name: "ad", data: SHAPES[shape]() })) {
  if (item.type !== "user") continue;
  objects++;
  addresses += item.user.proxyAddresses.length;
}
console.log(JSON.stringify({ operations, objects, addresses }));
