import packageJson from "../../package.json" with { type: "json" };
import { tool } from "../model/tool.ts";
import { visible } from "../text/fault.ts";

/** EX_SOFTWARE of sysexits.h: neither "found" nor "bad usage". */
export const CRASHED = 70;

/** Makes a crash tell its stack, as --verbose does. */
const STACK_VARIABLE = "DIRSYNC_PREFLIGHT_STACK";

/** Whether a crash is to tell its stack: an option says so, or the environment. */
export function wantsStack(args: readonly string[]): boolean {
  return args.includes("--verbose") || (process.env[STACK_VARIABLE] ?? "") !== "";
}

/**
 * Tells of a crash: that it is a fault of the program, and where to report it. What the error says stands only in the stack: it
 * may quote an export.
 */
export function describeCrash(error: unknown, showsStack: boolean): string {
  const name = error instanceof Error ? error.name : typeof error;
  if (isLackOfMemory(error)) {
    return "error: there is not enough memory; give Node more (NODE_OPTIONS=--max-old-space-size=8192), or use a larger machine\n";
  }
  const said = `error: ${tool.name} ${tool.version} failed (${visible(name)}), which is a bug: please report it ${reportTo()}`;
  if (!showsStack) {
    return `${said}, without the exports; ${STACK_VARIABLE}=1 in the environment shows where it failed\n`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = [
    "Look through it first: its beginning may quote an export.",
    ...stack.split("\n").map((line) => `  ${visible(line)}`),
  ];
  return `${said}, with this stack:\n${lines.join("\n")}\n`;
}

function isLackOfMemory(error: unknown): boolean {
  return error instanceof RangeError && /^Array buffer allocation failed/.test(error.message);
}

/** Where the package says that bugs are reported. */
function reportTo(): string {
  const { bugs }: { readonly name: string; readonly bugs?: { readonly url?: string } } = packageJson;
  return bugs?.url === undefined ? "to the maintainers" : `at ${bugs.url}`;
}
