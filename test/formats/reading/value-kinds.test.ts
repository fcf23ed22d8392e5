import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeOf, type FieldSource } from "../../../src/formats/reading/field-source.ts";
import { PlainView } from "../../../src/formats/reading/plain-view.ts";
import type { RecordContext } from "../../../src/formats/reading/record-context.ts";
import { type AttributeValue, type ValueKind, valueKinds } from "../../../src/formats/reading/value-kinds.ts";
import type { User, UserField } from "../../../src/model/user.ts";
import { PERSON, readView } from "../../../src/model/user-view.ts";
import { TextReader } from "../../../src/text/encoding.ts";

const encoder = new TextEncoder();

const context: RecordContext = {
  text: new TextReader(undefined),
  includeSystemObjects: false,
  lacksProxyAddresses: false,
  includeOu: [],
  columns: [],
  excludeOu: [],
  sourceAnchor: "objectGUID",
  upnSource: "userPrincipalName",
  exportCommand: "",
  diagnose: () => undefined,
  refuse: () => undefined,
  noteField: () => undefined,
  noteLost: () => undefined,
  noteStrange: () => undefined,
  noteWrapped: () => undefined,
};

/** Fields of each shape, to read into. */
const FIELDS = { text: "department", boolean: "isEnabled", addresses: "proxyAddresses" } as const;
const BOOLEANS: ReadonlySet<unknown> = new Set([
  valueKinds.boolean,
  valueKinds.negated,
  valueKinds.guest,
  valueKinds.accountControl,
  valueKinds.licenses,
]);

function fieldFor(kind: ValueKind<unknown>): UserField {
  if (kind === valueKinds.addresses) return FIELDS.addresses;
  return BOOLEANS.has(kind) ? FIELDS.boolean : FIELDS.text;
}

const words = [
  "",
  " ",
  "a",
  " a",
  "a ",
  "é",
  " a",
  "Ana?",
  "#EXT#",
  "a#EXT#@b.c",
  "sip:a@b.c",
  "SIP:a@b.c",
  "sip:",
  "a@b.c",
  "True",
  "TRUE",
  "true",
  "False",
  "FALSE",
  "wahr",
  "Guest",
  "guest",
  "Member",
  "512",
  "514",
  "0x202",
  "66050",
  "-1",
  "1e3",
  "99999999999999999999",
  "20261124080000.0Z",
  "20261124080000Z",
  "2026-11-24T08:00:00Z",
  "24/11/2026 08:00",
  "Z",
  "aZ",
  "d08f810b-a35c-49a8-a4cd-c6923dfc031e",
  "S-1-5-21-1-2-3",
  "System.Object[]",
  "Microsoft.com",
  "SMTP:a@b.c",
  "smtp:a@b.c",
  "SMTP:ä@b.c",
  "X400:c=US;a= ;",
  "x500:/o=a",
  "a:b",
  "SMTP:",
  "SMTP:a b@c",
];
const value = fc.oneof(
  fc.constantFrom(...words).map((text) => encoder.encode(text)),
  fc.string({ unit: "binary", maxLength: 24 }).map((text) => encoder.encode(text)),
  fc.uint8Array({ minLength: 16, maxLength: 16 }),
  fc.uint8Array({ maxLength: 30 }),
  fc.array(fc.nat(2 ** 32 - 1), { maxLength: 3 }).map((parts) => {
    const bytes = Buffer.alloc(8 + 4 * parts.length);
    bytes[0] = 1;
    bytes[1] = parts.length;
    bytes[7] = 5;
    for (const [index, part] of parts.entries()) bytes.writeUInt32LE(part, 8 + 4 * index);
    return Uint8Array.from(bytes);
  }),
);

/** Reads values strictly, one by one, in the chunk of the user or elsewhere; `undefined` if one of them is refused. */
function readStrictly(
  kind: ValueKind<unknown>,
  field: UserField,
  values: readonly Uint8Array[],
  where: "in the chunk" | "elsewhere",
): unknown {
  // What stands around a value is none of its business.
  const around = new Uint8Array(values.reduce((sum, { length }) => sum + length + 3, 3)).fill(35);
  const user = new PlainView();
  user.begin(where === "in the chunk" ? around : new Uint8Array(0));
  user.view.type = PERSON;
  const code = codeOf({ field, as: kind } as FieldSource);
  let start = 3;
  for (const bytes of values) {
    around.set(bytes, start);
    if (kind.strict?.(user, code, around, start, start + bytes.length) !== true) return undefined;
    start += bytes.length + 3;
  }
  const read: Partial<User> = readView(user.view, "x");
  return { value: read[field] };
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

describe("a kind of values", () => {
  it.each(Object.entries<ValueKind<unknown>>(valueKinds))(
    "%s: what the strict reading takes is what the tolerant one gives",
    (_, kind) => {
      const field = fieldFor(kind);
      let taken = 0;
      fc.assert(
        fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), (values) => {
          const strict = readStrictly(kind, field, values, "in the chunk");
          expect(readStrictly(kind, field, values, "elsewhere")).toEqual(strict);
          if (strict === undefined) return;
          taken++;
          const present = values.filter((bytes) => bytes.length > 0);
          const given: readonly AttributeValue[] = present.map((bytes) =>
            kind.isBinary === true ? bytes : context.text.decode(bytes),
          );
          const tolerant = kind.tolerant(given, { context, line: 1 });
          const found = (strict as { value: unknown }).value;
          // A view has nothing where a field is blank.
          if (isNothing(tolerant)) expect(isNothing(found)).toBe(true);
          else expect(found).toEqual(tolerant);
        }),
        { numRuns: 3000 },
      );
      // A reading that took nothing would obey any law.
      expect(taken > 20).toBe(kind.strict !== undefined);
    },
  );
});
