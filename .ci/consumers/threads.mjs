// Large files, read in threads of their own and not: the same analysis. node threads.mjs AD ONLINE
import { availableParallelism } from "node:os";
import { analyze } from "dirsync-preflight";
import { openFile } from "dirsync-preflight/node";

const [ad, online] = process.argv.slice(2);
let threads = 0;
process.on("worker", () => threads++);
const run = async (options) =>
  JSON.stringify(await analyze({ onPremises: [openFile(ad)], online: [openFile(online)], ...options }));
const apart = await run({ concurrency: 2 });
if (threads !== (availableParallelism() > 1 ? 2 : 0)) throw new Error(`${threads} threads`);
if ((await run({ concurrency: 1 })) !== apart) throw new Error("threads give another analysis");
console.log("threads ok");
