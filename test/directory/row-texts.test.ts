import fc from "fast-check";
import { expect, it } from "vitest";
import { createDirectory } from "../../src/directory/directory.ts";
import { RowTexts } from "../../src/directory/row-texts.ts";
import { UserOutline } from "../../src/directory/user-row.ts";
import { fields } from "../../src/model/fields.ts";
import type { User } from "../../src/model/user.ts";
import { times } from "../real-parts.ts";

const FIELDS = ["displayName", "jobTitle", "country"] as const;
const word = fc.constantFrom("Ana", "Ana B", "Ana,OU=Staff", "Ångström", "", "x".repeat(200));
const maybe = fc.option(word, { nil: undefined });
const user = fc.record({
  name: fc.constantFrom("Ana", "Ana B", "Ana\\, B", "Ångström"),
  displayName: maybe,
  jobTitle: maybe,
  country: maybe,
  objectSid: fc.option(fc.constantFrom("S-1-5-21-1"), { nil: undefined }),
  sourceAnchor: fc.option(fc.constantFrom("C4GP0FyjqEmkzcaSPfwDHg=="), { nil: undefined }),
  hasAddresses: fc.boolean(),
});

function toUser({ name, hasAddresses, ...texts }: typeof user extends fc.Arbitrary<infer Value> ? Value : never): User {
  const distinguishedName = `CN=${name},OU=Staff,DC=contoso,DC=com`;
  const known = Object.entries(texts).filter(([, text]) => text !== undefined);
  const proxyAddresses = ["SMTP", "X500"].map((type) => ({
    type,
    address: type === "SMTP" ? "ana@contoso.com" : "/o=Contoso/cn=ana",
    primary: true,
  }));
  return {
    type: "user",
    id: distinguishedName,
    origin: { name: "rows", record: 1, line: 1 },
    distinguishedName,
    ...Object.fromEntries(known),
    ...(hasAddresses ? { proxyAddresses } : {}),
  };
}

it("texts are told to be the same, where they stand in their rows, if they are", () => {
  let compared = 0;
  fc.assert(
    fc.property(user, user, (left, right) => {
      const both = [left, right].map(toUser).map((one) => {
        const { table } = createDirectory([{ users: [one], fields: [] }]);
        const texts = new RowTexts(FIELDS.map((field) => fields[field].code));
        return { one, texts, isFound: texts.locate(table.outline(0, new UserOutline())) };
      });
      const [own, other] = both;
      if (own === undefined || other === undefined || !own.isFound || !other.isFound) return;
      compared++;
      for (const [slot, field] of FIELDS.entries()) {
        const [text, otherText] = [own.one[field] ?? "", other.one[field] ?? ""];
        expect(own.texts.lengthOf(slot)).toBe(Buffer.byteLength(text));
        expect([field, own.texts.isSame(slot, other.texts)]).toEqual([field, text === otherText]);
      }
    }),
    { numRuns: times(2000) },
  );
  expect(compared).toBeGreaterThan(times(2000) / 2);
});

it("a display name that goes on like the name of the folder is not told in place", () => {
  const codes = [fields.displayName.code];
  const one = { name: "Ana", displayName: "Ana,OU=Staff", jobTitle: "Ana", hasAddresses: false } as const;
  const rest = { country: undefined, objectSid: undefined, sourceAnchor: undefined };
  const { table } = createDirectory([{ users: [toUser({ ...one, ...rest })], fields: [] }]);
  expect(new RowTexts(codes).locate(table.outline(0, new UserOutline()))).toBe(false);
});
