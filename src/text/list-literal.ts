/**
 * Reads a list that a program wrote as text: JSON (`["a","b"]`), Python (`['a', "b"]`, `[b'a']`), PHP and others in brackets;
 * `undefined` where the text is none. What is no text of its own (null, None) is passed over.
 */
export function listItems(text: string): readonly string[] | undefined {
  if (!/^\s*[[(]/.test(text)) return undefined;
  const whole = text.trim();
  if (!(whole.startsWith("[") && whole.endsWith("]")) && !(whole.startsWith("(") && whole.endsWith(")")))
    return undefined;
  return quotedItems(whole.slice(1, -1));
}

/** Reads texts in quotation marks, with commas or semicolons between them; `undefined` if anything else stands there. */
export function quotedItems(text: string): readonly string[] | undefined {
  const items: string[] = [];
  let at = 0;
  while (at < text.length) {
    const between = /[\s,;|]/.test(text[at] ?? "");
    const nothing = between ? undefined : NOTHING.find((word) => text.startsWith(word, at));
    if (between) at++;
    else if (nothing !== undefined) at += nothing.length;
    else {
      const start = /[bu]/i.test(text[at] ?? "") ? at + 1 : at;
      const item = readQuoted(text, start);
      if (item === undefined) return undefined;
      items.push(item.text);
      at = item.end;
    }
  }
  return items;
}

const NOTHING = ["null", "None", "nan"];

/** Reads a text that begins and ends with the same mark; within it a backslash, or the mark twice, stands before a mark. */
function readQuoted(text: string, start: number): { readonly text: string; readonly end: number } | undefined {
  const mark = text[start];
  if (mark !== '"' && mark !== "'") return undefined;
  let item = "";
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at] ?? "";
    const next = text[at + 1];
    if (character === "\\" && (next === mark || next === "\\" || next === "/")) {
      item += next;
      at++;
    } else if (character !== mark) item += character;
    else if (next === mark) {
      item += mark;
      at++;
    } else return { text: item, end: at + 1 };
  }
  return undefined;
}
