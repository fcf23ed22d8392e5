import { describe, expect, it } from "vitest";
import { createDirectory, type Diagnostic, type ExportedField, type User } from "../../src/index.ts";
import { parseProxyAddress } from "../../src/model/address.ts";

const FIELDS: readonly ExportedField[] = ["distinguishedName", "sourceAnchor", "mail", "proxyAddresses"];
const user = (name: string, line: number, fields: Partial<User>): User => ({
  type: "user",
  id: fields.distinguishedName ?? fields.objectId ?? fields.userPrincipalName ?? "",
  origin: { name, record: line, line },
  ...fields,
});

function join(...parts: readonly (readonly User[])[]) {
  const repeats: (Diagnostic | undefined)[] = [];
  const directory = createDirectory(
    parts.map((users) => ({ users, fields: FIELDS })),
    (_, diagnostic) => repeats.push(diagnostic),
  );
  return { users: Array.from({ length: directory.size }, (_, index) => directory.user(index)), repeats };
}

describe("an object that occurs twice", () => {
  const ana = { distinguishedName: "CN=Ana", mail: "a@x.com", whenChanged: "2026-01-01T00:00:00Z" };

  it("with the same values counts once, whatever the order of its addresses", () => {
    const addresses = ["SMTP:a@x.com", "smtp:b@x.com"].map(parseProxyAddress);
    const { users, repeats } = join(
      [user("one", 1, { ...ana, proxyAddresses: addresses })],
      [user("two", 1, { ...ana, distinguishedName: "cn=ana", proxyAddresses: addresses.toReversed() })],
    );
    expect(users).toHaveLength(1);
    // Letter case of the name itself is a difference that is told.
    expect(repeats.map((diagnostic) => diagnostic?.code)).toEqual(["duplicate-object"]);
    const same = join(
      [user("one", 1, { ...ana, proxyAddresses: addresses })],
      [user("two", 1, { ...ana, proxyAddresses: addresses.toReversed() })],
    );
    expect(same.repeats).toEqual([undefined]);
  });

  it("with other values is the newer one where both say when they were changed", () => {
    const older = user("a", 1, ana);
    const newer = user("b", 5, { ...ana, mail: "new@x.com", whenChanged: "2026-02-01T00:00:00Z" });
    for (const parts of [
      [[older], [newer]],
      [[newer], [older]],
    ]) {
      const { users, repeats } = join(...parts);
      expect(users).toMatchObject([{ mail: "new@x.com", origin: { name: "b" } }]);
      expect(repeats[0]?.message).toContain("b:5 is the newer one (changed 2026-02-01T00:00:00Z) and is used");
    }
  });

  it("with other values is the first one where that cannot be told, and that is said", () => {
    const { whenChanged: _, ...undated } = ana;
    const { users, repeats } = join([user("a", 1, undated)], [user("b", 5, { ...ana, mail: "new@x.com" })]);
    expect(users).toMatchObject([{ mail: "a@x.com" }]);
    expect(repeats[0]?.message).toMatch(/a:1; the first one is used/);
  });

  it("keeps the fields that only one of them has", () => {
    const { users } = join([user("a", 1, ana)], [user("b", 1, { ...ana, displayName: "Ana" })]);
    expect(users).toMatchObject([{ mail: "a@x.com", displayName: "Ana" }]);
  });

  it("is known again by its anchor after it moved, in exports of different times", () => {
    const { users } = join(
      [user("a", 1, { ...ana, sourceAnchor: "x==" })],
      [
        user("b", 1, {
          ...ana,
          distinguishedName: "CN=Ana,OU=New",
          sourceAnchor: "x==",
          whenChanged: "2026-03-01T00:00:00Z",
        }),
      ],
    );
    expect(users).toMatchObject([{ distinguishedName: "CN=Ana,OU=New" }]);
  });

  it("online is known by its sign-in name where one export has no object ids", () => {
    const online = { userPrincipalName: "A@x.com", mail: "a@x.com" };
    expect(join([user("a", 1, { ...online, objectId: "1" })], [user("b", 1, online)]).users).toHaveLength(1);
    expect(
      join([user("a", 1, { ...online, objectId: "1" })], [user("b", 1, { ...online, objectId: "2" })]).users,
    ).toHaveLength(2);
  });

  it("on-premises two objects with one sign-in name are two: that is a finding", () => {
    const named = (dn: string) => user(dn, 1, { distinguishedName: dn, userPrincipalName: "a@x.com" });
    expect(join([named("CN=a")], [named("CN=b")]).users).toHaveLength(2);
  });
});
