import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeSet, FURTHER, UserOutline } from "../../src/directory/user-row.ts";
import { UserTable } from "../../src/directory/user-table.ts";
import { fieldCodes, readView, SMTP_ALIAS, SMTP_PRIMARY, UserView } from "../../src/model/user-view.ts";
import { times } from "../real-parts.ts";

const MEBIBYTE = 1024 * 1024;

/** A table of users who have a display name each. */
function tableOf(names: readonly string[]): UserTable {
  const table = new UserTable();
  const view = new UserView();
  names.forEach((name, index) => {
    view.clear();
    view.line = index + 1;
    view.append(fieldCodes.userPrincipalName, `u${index}@contoso.com`);
    view.append(fieldCodes.displayName, name);
    // Many short texts: more room is asked for than the row takes.
    if (name.length > 1) for (let alias = 0; alias < 200; alias++) view.append(SMTP_ALIAS, "a@b.c");
    table.add(view);
  });
  return table;
}

const { distinguishedName, displayName, mail, mailNickname, objectId, samAccountName, sipAddress } = fieldCodes;
const { sourceAnchor, userPrincipalName, whenChanged } = fieldCodes;
const X500 = SMTP_ALIAS + 4;
/** The code of a field that few have. */
const FURTHER_FIELD = 40;

const addresses = [
  "ana@contoso.com",
  "Ana@Contoso.com",
  "ana.costa@contoso.com",
  "ana@fabrikam.com",
  "@x",
  "a b@c",
  "ä@x.de",
];
/** Texts as each code may have them, and as it may not. */
const texts: Readonly<Record<number, readonly string[]>> = {
  [distinguishedName]: [
    "CN=Ana Costa,OU=Staff,DC=contoso,DC=com",
    "CN=Costa\\, Ana,OU=Staff,DC=contoso,DC=com",
    "CN=Ana Costa",
    ",",
    "",
  ],
  [displayName]: ["Ana Costa", "Ana Costa, Sales", "Ana", "Łukasz", ""],
  [samAccountName]: ["ana", "ana.costa", "b", ""],
  [mailNickname]: ["ana", "anaconda", ""],
  [mail]: addresses,
  [userPrincipalName]: addresses,
  [sipAddress]: addresses,
  [sourceAnchor]: ["AQIDBAUGBwgJCgsMDQ4PEA==", "AQIDBAUGBwgJCgsMDQ4PEB==", "AQIDBAUGBwgJCgsMDQ4PE===", "ana"],
  [objectId]: ["0102abcd-0000-4000-8000-0102030405ff", "0102ABCD-0000-4000-8000-0102030405FF", "0102abcd", ""],
  [whenChanged]: ["2026-01-31T23:59:07Z", "2026-01-31 23:59:07Z", "9999-99-99T99:99:99Z", ""],
  [SMTP_PRIMARY]: addresses,
  [SMTP_ALIAS]: addresses,
  [FURTHER_FIELD]: ["Sales", "ana@contoso.com", ""],
  [X500]: ["/o=Contoso/cn=Recipients/cn=ana", "/o=Contoso/cn=Recipients/cn=ana.costa-1", "x", "/o=", ""],
};

const entry = fc
  .constantFrom(...Object.keys(texts).map(Number))
  .chain((code) =>
    fc.tuple(fc.constant(code), fc.oneof(fc.constantFrom(...(texts[code] ?? [])), fc.string({ unit: "binary" }))),
  );
const user = fc.record({
  entries: fc.array(entry, { maxLength: 12 }),
  type: fc.nat(3),
  flags: fc.tuple(fc.boolean(), fc.boolean(), fc.array(fc.nat(2), { maxLength: 14 })),
  place: fc.tuple(fc.nat(3), fc.nat(1000), fc.nat(1_000_000)),
});
type Invented = typeof user extends fc.Arbitrary<infer Value> ? Value : never;

function fill(view: UserView, { entries, type, flags, place }: Invented): UserView {
  view.clear();
  view.type = type;
  [view.hasAddresses, view.hasSlice] = flags;
  view.states = flags[2].reduce((states, state, code) => states | (state << (2 * code)), 0);
  [view.part, view.record, view.line] = place;
  for (const [code, text] of entries) view.append(code, text);
  return view;
}

/** What a view shows, as plain data. */
function shownBy(view: UserView) {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const { bytes, codes, starts, entries, part } = view;
  const list = Array.from({ length: entries }, (_, index) => [
    codes[index],
    decoder.decode(bytes.subarray(starts[index], starts[index + 1])),
  ]);
  return { list, part, states: view.states, user: readView(view, "x") };
}

/** Of two distinguished names the first is the one that the display name begins as: the second is blank. */
const twoNames: Invented = {
  entries: [
    [distinguishedName, "CN=Ana Costa,OU=Staff,DC=contoso,DC=com"],
    [distinguishedName, ""],
    [displayName, "Ana Costa"],
  ],
  type: 0,
  flags: [false, false, []],
  place: [0, 0, 0],
};

describe("a table of users", () => {
  it("gives each user back, also behind rows that are longer than a segment", () => {
    // 4 MiB is a segment; the row that follows must not be put into what is left of a longer one.
    const names = ["a", "x".repeat(5 * MEBIBYTE), "b", "y".repeat(4 * MEBIBYTE - 40), "c", "d"];
    const table = tableOf(names);
    const copy = UserTable.unpack(table.pack());
    for (const own of [table, copy]) {
      expect(own.size).toBe(names.length);
      names.forEach((name, index) => {
        const found = own.user(index, ["ad.ldf"], new UserView());
        expect([found.origin.line, found.userPrincipalName, found.displayName === name]).toEqual([
          index + 1,
          `u${index}@contoso.com`,
          true,
        ]);
      });
    }
  });

  it("gives back to the letter whatever it was given, wholly and in part, before and after it was handed over", () => {
    fc.assert(
      fc.property(fc.array(user, { minLength: 1, maxLength: 8 }), (users) => {
        const table = new UserTable();
        const view = new UserView();
        const given = users.map((own) => {
          table.add(fill(view, own));
          return shownBy(fill(new UserView(), own));
        });
        const copy = UserTable.unpack(structuredClone(table.pack()));
        const outline = new UserOutline();
        for (const own of [table, copy]) {
          given.forEach((expected, index) => {
            expect(shownBy(own.show(index, view))).toEqual(expected);
            const { entries, codes } = own.outline(index, outline);
            const told = expected.list.map(([code]) => (code === FURTHER_FIELD ? FURTHER : code));
            expect(Array.from(codes.subarray(0, entries))).toEqual(told);
            expect([outline.type, own.typeOf(index)]).toEqual([users[index]?.type, users[index]?.type]);
            expect(outline.states).toBe(expected.states);
            for (const code of [displayName, mailNickname, sourceAnchor, X500, FURTHER_FIELD]) {
              const part = shownBy(own.showOnly(index, codeSet([code]), view)).list.filter(([shown]) => shown === code);
              expect(part).toEqual(expected.list.filter(([shown]) => shown === code));
            }
          });
        }
      }),
      { numRuns: times(2000), examples: [[[twoNames]]] },
    );
  });

  it("keeps a usual person in less than a hundred bytes, and five addresses in little more", () => {
    const table = new UserTable();
    const view = new UserView();
    const people = 10_000;
    for (let index = 0; index < people; index++) {
      const name = `u${index}.ab`;
      view.clear();
      view.record = index + 1;
      view.line = index + 2;
      view.append(distinguishedName, `CN=Ana Costa ${index},OU=Staff ${index % 50},DC=contoso,DC=com`);
      view.append(sourceAnchor, "AQIDBAUGBwgJCgsMDQ4PEA==");
      view.append(samAccountName, name);
      view.append(userPrincipalName, `${name}@contoso.com`);
      view.append(displayName, "Ana Costa");
      view.append(mail, `${name}@contoso.com`);
      view.append(mailNickname, name);
      view.append(SMTP_PRIMARY, `${name}@contoso.com`);
      for (let alias = 0; alias < 4; alias++) view.append(SMTP_ALIAS, `${name}.${alias}@contoso.com`);
      view.append(X500, `/o=Contoso/ou=First Administrative Group/cn=Recipients/cn=${name}`);
      view.append(whenChanged, "2026-01-01T00:00:00Z");
      view.hasAddresses = true;
      table.add(view);
    }
    const addresses = table.addresses.byteLength / people;
    expect(table.byteLength / people - addresses).toBeLessThan(95);
    expect(addresses).toBeLessThan(120);
  });
});
