// The package as a CommonJS module: node read.cjs AD ONLINE
const { analyze, InputError } = require("dirsync-preflight");
const { openFile } = require("dirsync-preflight/node");
const [ad, online] = process.argv.slice(2);
(async () => {
  const { summary } = await analyze({ onPremises: [openFile(ad)], online: [openFile(online)] });
  if (summary.matched !== 38) throw new Error(`CJS: ${JSON.stringify(summary)}`);
  const error = await analyze({ onPremises: [openFile(ad)], online: [openFile("missing")] }).catch((reason) => reason);
  if (!(error instanceof InputError)) throw new Error(`CJS: not an InputError: ${error}`);
  require("dirsync-preflight/analysis.schema.json");
  console.log("CJS ok");
})();
