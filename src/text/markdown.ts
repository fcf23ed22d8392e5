import { visible } from "./fault.ts";

/**
 * Writes text of a directory as code in Markdown: nothing in it acts, neither marks nor HTML nor addresses. The run of
 * backticks around it is longer than any in it (CommonMark, section 6.1).
 */
export function markdownCode(value: string): string {
  const inert = visible(value);
  if (inert.trim() === "") return "";
  let longest = 0;
  for (const [run] of inert.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = "`".repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(inert) ? " " : "";
  return `${fence}${pad}${inert}${pad}${fence}`;
}

/** Writes text as Markdown that means nothing but its letters: marks, HTML and what readers make links of are escaped. */
export function markdownText(value: string): string {
  return visible(value)
    .replace(/[\\`*_{}[\]<>#|~&@$]/g, "\\$&")
    .replace(/:(?=\/\/)|(?<=\bwww)\.|(?<=\b(?:mailto|xmpp)):/gi, "\\$&");
}
