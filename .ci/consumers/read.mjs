// The package as an ES module, on any runtime: node|deno|bun read.mjs AD ONLINE
import { analyze, InputError, renderReport, streamAnalysis } from "dirsync-preflight";
import { openFile } from "dirsync-preflight/node";

const [ad, online] = (globalThis.Deno?.args ?? process.argv.slice(2)).slice(0, 2);
const sides = () => ({ onPremises: [openFile(ad)], online: [openFile(online)] });
const analysis = await analyze(sides());
if (analysis.summary.matched !== 38) throw new Error(`ESM: ${JSON.stringify(analysis.summary)}`);
if ([...(await streamAnalysis(sides())).mismatches].length !== analysis.mismatches.length)
  throw new Error("ESM: streamed");
if (!renderReport(analysis, "text").includes("primary-smtp-change")) throw new Error("ESM: report");
if (!(await renderReport(analysis, "html")).startsWith("<!doctype html>")) throw new Error("ESM: HTML report");
if ((await renderReport(analysis, "xlsx")).length < 1000) throw new Error("ESM: Excel report");
const error = await analyze({ ...sides(), online: [openFile("missing")] }).catch((reason) => reason);
if (!(error instanceof InputError)) throw new Error(`ESM: not an InputError: ${error}`);
console.log("ESM ok");
