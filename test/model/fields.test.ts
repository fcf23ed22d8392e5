import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDirectory } from "../../src/directory/directory.ts";
import { formats } from "../../src/formats/index.ts";
import { msolUser } from "../../src/formats/msol-user.ts";
import { attributeNames, attributeRule } from "../../src/formats/reading/active-directory.ts";
import type { ColumnRule } from "../../src/formats/reading/field-source.ts";
import { booleanFields, fieldNames, ID_CODE, textFields } from "../../src/model/fields.ts";
import { type User, userSchema } from "../../src/model/user.ts";
import { fillView, RAW_ADDRESS, readView, UserView } from "../../src/model/user-view.ts";
import { person, toObjects, toRows } from "../invented-people.ts";
import { ldif, online, readAll } from "../reading.ts";

/** A user who has every field, each with a value of its own. */
const user: User = userSchema.parse({
  type: "user",
  id: "CN=Ana,DC=contoso,DC=com",
  origin: { name: "export", record: 1, line: 1 },
  ...Object.fromEntries(textFields.map(({ field }) => [field, `the ${field}`])),
  ...Object.fromEntries(booleanFields.map(({ field }, index) => [field, index % 2 === 0])),
  proxyAddresses: [{ type: "SMTP", address: "ana@contoso.com", primary: true }],
});

describe("the fields of a user", () => {
  it("have each a code of its own, and none that is an address", () => {
    const codes = [ID_CODE, ...textFields.map(({ code }) => code)];
    expect(new Set(codes).size).toBe(codes.length);
    expect(Math.max(...codes)).toBeLessThan(RAW_ADDRESS);
    expect(new Set(booleanFields.map(({ code }) => code)).size).toBe(booleanFields.length);
    // Two bits each, in a number of 31.
    expect(Math.max(...booleanFields.map(({ code }) => code))).toBeLessThan(15);
  });

  it("are all in the schema, and kept by views and directories", () => {
    expect(Object.keys(user)).toEqual(expect.arrayContaining([...fieldNames]));
    const view = new UserView();
    fillView(view, user);
    expect(readView(view, "export")).toEqual(user);
    expect(createDirectory([{ users: [user], fields: [...fieldNames] }]).user(0)).toEqual(user);
  });

  it("are each fed by an attribute of Active Directory or a column", () => {
    const fed = new Set([
      "distinguishedName",
      ...attributeNames.map((name) => attributeRule(name).field),
      ...formats.flatMap((format) =>
        format.grammar === "table" ? Object.values<ColumnRule>(format.columns).map(({ field }) => field) : [],
      ),
    ]);
    expect(fieldNames.filter((field) => !fed.has(field))).toEqual([]);
  });

  it("are all had by the people whom tests invent, where the two formats have them", async () => {
    const invented = fc.sample(person, { numRuns: 300, seed: 1 });
    const sides = [ldif(...toObjects(invented)), online(...toRows(invented))];
    const carried = [
      attributeNames.map((name) => attributeRule(name).field),
      Object.values<ColumnRule>(msolUser.columns).map(({ field }) => field),
    ];
    for (const [side, text] of sides.entries()) {
      const had = new Set((await readAll(text)).users.flatMap((one) => Object.keys(one)));
      // samAccountName is not written: nobody is matched by it.
      const lacking = carried[side]?.filter(
        (field) => field !== undefined && field !== "samAccountName" && !had.has(field),
      );
      expect(lacking).toEqual([]);
    }
  });
});
