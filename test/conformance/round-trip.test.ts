import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fields, type UserField } from "../../src/model/fields.ts";
import { readAll } from "../reading.ts";
import { times } from "../real-parts.ts";
import { type FurtherFields, furtherFields, type Person } from "../writing/person.ts";
import { producers } from "../writing/producers.ts";
import { expectTruth } from "./truth.ts";

/** Runs for each file; each run writes and reads up to five people. */
const RUNS = times(40);

const localPart = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9+'._-]{0,12}[A-Za-z0-9]$/);
const domain = fc.constantFrom("contoso.com", "Fabrikam.com", "contoso.onmicrosoft.com", "bücher.example");
const address = fc.tuple(localPart, domain).map(([local, host]) => `${local}@${host}`);
const otherAddress = fc.constantFrom(
  "X400:C=US;A= ;P=Contoso;O=Exchange;S=Roe;G=Jane;",
  "x400:/C=US/A= /P=Contoso/S=Roe",
  "X500:/o=Contoso/ou=First Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=a b",
  "EUM:1001;phone-context=plan.contoso.com",
  "eum:jane@contoso.com;phone-context=plan.contoso.com",
  "SIP:jane@contoso.com",
  "SPO:SPO_1@SPO_2",
  "NOTES:Jane Roe/Sales/Contoso@Contoso",
);
/** Any line of text: other scripts, quotation marks, separators, but no line breaks and no control characters. */
const name = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
  .map((text) => text.replace(/[\p{Cc}\u2028\u2029\ufeff]/gu, "").normalize())
  .filter((text) => text.trim() !== "" && !/^X'|\?|[ÃÄÅ]/.test(text));

/** Any value of a field, as the model has it. */
function anyValueOf(field: UserField): fc.Arbitrary<string | boolean> {
  if (/Sid$/.test(field)) return fc.nat().map((number) => `S-1-5-21-1-2-${number}`);
  if (field === "remoteRecipientType") return fc.nat().map(String);
  // Not those whom the service leaves out.
  if (field === "recipientType") return fc.constantFrom("1", "4", "16", "8589934592");
  const { value } = fields[field];
  if (value === "anchor") return fc.constantFrom("C4GP0FyjqEmkzcaSPfwDHg==", "MyIRAFVEd2aImaq7zN3u/w==");
  if (value === "boolean") return fc.boolean();
  return value === "time" ? fc.constantFrom("2026-11-24T08:00:00Z", "2012-06-01T23:59:59Z") : name;
}
const further = fc
  .record(Object.fromEntries(furtherFields.map((field) => [field, anyValueOf(field)])), { requiredKeys: ["objectSid"] })
  .map((values) => values as FurtherFields);

const person = fc
  .record({
    key: fc.stringMatching(/^[a-z]{6,10}$/),
    displayName: name,
    userPrincipalName: address,
    primary: fc.option(address, { nil: "" }),
    aliases: fc.uniqueArray(address, { maxLength: 5, selector: (text) => text.toLowerCase() }),
    others: fc.uniqueArray(otherAddress, { maxLength: 3 }),
    sip: fc.option(address, { nil: "" }),
    isLicensed: fc.boolean(),
    isEnabled: fc.boolean(),
    isGuest: fc.boolean(),
    isSynchronized: fc.boolean(),
    further,
  })
  .map(({ primary, aliases, others, ...rest }): Person => {
    const own = aliases
      .filter((alias) => alias.toLowerCase() !== primary.toLowerCase())
      .map((alias) => `smtp:${alias}`);
    return { ...rest, mail: primary, addresses: primary === "" ? [] : [...others, `SMTP:${primary}`, ...own] };
  });
const people = fc.uniqueArray(person, {
  minLength: 1,
  maxLength: 5,
  comparator: (one, other) =>
    one.key === other.key ||
    one.displayName.toLowerCase() === other.displayName.toLowerCase() ||
    one.userPrincipalName.toLowerCase() === other.userPrincipalName.toLowerCase(),
});

const files = producers.flatMap((producer) =>
  Object.entries(producer.files).map(([file, produced]) => ({ path: `${producer.name}/${file}`, producer, produced })),
);

describe("any people, written as each producer writes them, are read as they are", () => {
  it.each(files)("$path", async ({ producer, produced }) => {
    await fc.assert(
      fc.asyncProperty(people, async (everybody) => {
        const shown = everybody
          .filter(produced.shows ?? (() => true))
          .map(({ further, ...rest }) =>
            produced.showsFurther === true && further !== undefined ? { ...rest, further } : rest,
          );
        if (shown.length === 0) return;
        const { users } = await readAll(produced.write(shown));
        expect(users).toHaveLength(shown.length);
        for (const [index, one] of shown.entries()) expectTruth(users[index], one, producer, produced);
      }),
      { numRuns: RUNS },
    );
  });
});
