import { fault, type TextFault } from "./fault.ts";

/** What pages of OData (`{ "value": […], "@odata.nextLink": … }`) and lists of PowerShell (`Count`) say of themselves. */
export class JsonPages {
  #pages = 0;
  #pagesWithNext = 0;
  /** What `@odata.count` says of all pages together. */
  #expected = 0;
  #records = 0;

  /** Takes what stands around the objects of a page, and how many of them were read; says if the number is another. */
  take(properties: ReadonlyMap<string, unknown>, records: number, line: number): TextFault | undefined {
    this.#pages++;
    this.#records += records;
    const next = propertyOf(properties, "nextlink");
    if (typeof next === "string" && next !== "") this.#pagesWithNext++;
    const total = properties.get("@odata.count") ?? properties.get("odata.count");
    this.#expected = Math.max(this.#expected, Number(total) || 0);
    const own = properties.get("Count");
    return typeof own === "number" && own !== records ? differ(own, records, line) : undefined;
  }

  /** Takes a page that was damaged: of what it says only the link to the next one is looked for. */
  takeText(text: string, records: number): void {
    this.#pages++;
    this.#records += records;
    if (/"@?odata\.nextLink"\s*:\s*"/i.test(text)) this.#pagesWithNext++;
  }

  /** Says what is missing when the file has ended: of pages that were joined only the last one has no next. */
  end(line: number): readonly TextFault[] {
    const faults: TextFault[] = [];
    if (this.#pages > 0 && this.#pagesWithNext === this.#pages) faults.push(fault("json-more-pages", line));
    if (this.#expected > 0 && this.#expected !== this.#records)
      faults.push(differ(this.#expected, this.#records, line));
    return faults;
  }
}

function differ(expected: number, records: number, line: number): TextFault {
  return { ...fault("json-count-differs", line), detail: `${expected} objects, and ${records} could be read` };
}

/** Tells whether an object is a page without objects. */
export function isEmptyPage(properties: ReadonlyMap<string, unknown>): boolean {
  const list = properties.get("value");
  const names = Array.from(properties.keys());
  return Array.isArray(list) && list.length === 0 && names.every((name) => /^(?:@?odata\.\w+|value|Count)$/.test(name));
}

/** `@odata.nextLink`; older services write `odata.nextLink`. */
function propertyOf(properties: ReadonlyMap<string, unknown>, name: string): unknown {
  for (const [key, value] of properties) if (key.toLowerCase().replace(/^@?odata\./, "") === name) return value;
  return undefined;
}
