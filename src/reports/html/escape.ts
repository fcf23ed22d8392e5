import { visible } from "../../text/fault.ts";
import { ownValue } from "../../text/own-value.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Writes text so that it is text in HTML, in content as in quoted attributes; what would not be seen is shown. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ownValue(ENTITIES, character) ?? character);
}

/** Writes data as JSON that may stand in a script element: nothing in it ends the element or begins a comment. */
export function escapeJson(data: unknown): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
