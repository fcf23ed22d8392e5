import { describe, expect, it } from "vitest";
import { formats } from "../../src/formats/index.ts";
import {
  type Analysis,
  analyze,
  InputError,
  inspectSource,
  redact,
  renderInspection,
  renderReport,
  reportFormats,
} from "../../src/index.ts";
import { whole } from "../real-parts.ts";

const NAMES = [
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "toString",
  "valueOf",
  "__defineGetter__",
  "isPrototypeOf",
];
/** What JavaScript prints of the functions and objects that it has under these names. */
const PRINTED = /native code|\[object |function |=> /;
const PLAIN = {
  onPremises: {
    name: "ad.ldf",
    data: "dn: CN=Ana,DC=contoso,DC=com\nobjectClass: user\nproxyAddresses: SMTP:constructor@contoso.com\n\n",
  },
  online: { name: "users.csv", data: "UserPrincipalName,ProxyAddresses\na@contoso.com,SMTP:constructor@contoso.com\n" },
};

/** Whether a field decides what an object is. */
const isTelling = (field: string) => /class|^id$|objectid|principal/i.test(field);

/** Writes a file of a format that has a name in every field but one, which is a person's. */
function* write(
  name: string,
  isEach: boolean,
): Generator<readonly [format: string, side: "onPremises" | "online", data: string]> {
  for (const format of formats) {
    const sides = format.side === "either" ? (["onPremises", "online"] as const) : [format.side];
    const fields =
      format.grammar === "ldif"
        ? format.attributes
        : Object.values(format.columns).flatMap(({ names: [own = ""] }) => own);
    for (const side of sides) {
      // Of many fields one alone decides what an object is: those, or each, have their turn to be left out.
      for (const left of [undefined, ...(isEach ? fields : fields.filter(isTelling))]) {
        const others = fields.filter((field) => field !== left);
        if (format.grammar === "ldif") {
          const lines = others.map((field) => `${field}: ${name}\n`).join("");
          yield [format.name, side, `dn: CN=${name},DC=contoso,DC=com\n${lines}\n`];
        } else {
          const row = others.map((field) => (/^(?:dn|distinguishedname)$/i.test(field) ? `"CN=${name}"` : name));
          yield [format.name, side, `${others.join(",")},${name}\n${row.join(",")},${name}\n`];
          const object = Object.fromEntries(others.map((field) => [field, name]));
          yield [format.name, side, JSON.stringify([object])];
        }
      }
    }
  }
}

async function printEverything(analysis: Analysis): Promise<void> {
  for (const one of [analysis, redact(analysis, { key: "k" })]) {
    for (const format of reportFormats) {
      if (format === "html" || format === "xlsx") continue;
      expect(String(await renderReport(one, format)), format).not.toMatch(PRINTED);
    }
  }
}

/** Of the others nothing is different to any code that is right about these. */
const FIRST = NAMES.slice(0, 2);

describe("names that every object of JavaScript has", () => {
  it.each(whole ? NAMES : FIRST)(
    "%s in every field of every format, in every report",
    { timeout: 120_000 },
    async (name) => {
      let read = 0;
      for (const [format, side, data] of write(name, whole && FIRST.includes(name))) {
        const own = { name: "export", data, format };
        const sides = side === "online" ? [PLAIN.onPremises, own] : [own, PLAIN.online];
        const [onPremises, online] = sides.map((source) => (source === undefined ? [] : [source]));
        try {
          expect(renderInspection(await inspectSource(own)), format).not.toMatch(PRINTED);
          await printEverything(await analyze({ onPremises: onPremises ?? [], online: online ?? [] }));
          read++;
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          expect(error.message).not.toMatch(PRINTED);
        }
      }
      expect(read).toBeGreaterThan(30);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
});
