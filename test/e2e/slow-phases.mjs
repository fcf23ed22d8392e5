/**
 * Loaded before the program (`node --import`): what is quick with a small company takes ten seconds at one place, of which
 * $SLOW is a JSON of { after } or { place }.
 *
 * after: the step of --verbose behind which the program computes; place: "workbook" (it is made), "sync" (the draft is there).
 * The program says "slow" on standard error when it is there.
 */
import { writeSync } from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const TEN_SECONDS = 10_000;
const { after, place } = JSON.parse(process.env.SLOW ?? "{}");

/** Computes, and lets no event in. */
function compute() {
  writeSync(2, "slow\n");
  const end = Date.now() + TEN_SECONDS;
  while (Date.now() < end);
}

const write = process.stderr.write.bind(process.stderr);
process.stderr.write = (text, ...rest) => {
  const written = write(text, ...rest);
  if (after !== undefined && String(text).startsWith(after)) compute();
  return written;
};

const { arrayBuffer } = Blob.prototype;
Blob.prototype.arrayBuffer = function () {
  if (place === "workbook") compute();
  return arrayBuffer.call(this);
};

const { open } = promises;
promises.open = async (...args) => {
  const handle = await open(...args);
  const { sync } = handle;
  handle.sync = async () => {
    if (place === "sync") {
      writeSync(2, "slow\n");
      await new Promise((resolve) => setTimeout(resolve, TEN_SECONDS));
    }
    return sync.call(handle);
  };
  return handle;
};
syncBuiltinESMExports();
