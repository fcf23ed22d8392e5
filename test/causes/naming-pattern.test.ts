import { describe, expect, it } from "vitest";
import { patternOf } from "../../src/causes/definition/naming-pattern.ts";
import { causesOf } from "./causes-of.ts";

const cause = "naming-pattern";

describe(cause, () => {
  const NAMES = ["Ana Andrade", "Bruno Costa", "Carla Dubois", "David Ng", "Elena Olsen"].flatMap((name) => [
    name,
    `${name}s`,
  ]);

  /** People who are called `f.last` in Active Directory, and `first.last` online. */
  const people = (names: readonly string[]) =>
    names.map((name) => {
      const [first = "", last = ""] = name.toLowerCase().split(" ");
      const [short, long] = [`${first.slice(0, 1)}.${last}@contoso.com`, `${first}.${last}@contoso.com`];
      return {
        object: {
          dn: `CN=${name},DC=contoso,DC=com`,
          displayName: name,
          userPrincipalName: long,
          proxyAddresses: [`SMTP:${short}`, `smtp:${long}`],
        },
        user: { UserPrincipalName: long, DisplayName: name, ProxyAddresses: `SMTP:${long};smtp:${short}` },
      };
    });

  it("is what many people have in common, and not few", async () => {
    const all = people(NAMES);
    const found = await causesOf(
      cause,
      all.map(({ object }) => object),
      all.map(({ user }) => user),
    );
    expect(found).toEqual([{ key: "first.last → f.last", people: 10, findings: 10, severity: "error" }]);
    const few = all.slice(1);
    const none = await causesOf(
      cause,
      few.map(({ object }) => object),
      few.map(({ user }) => user),
    );
    expect(none).toEqual([]);
  });

  it.each([
    ["Jörg Müller", "joerg.mueller@x.com", undefined],
    ["Jörg Müller", "jorg.muller7@x.com", "first.last"],
    ["Müller, Jörg", "Jorg.Muller@x.com", "first.last"],
    ["Ana Maria Costa", "acosta@x.com", "flast"],
    ["Ana", "ana@x.com", undefined],
  ])("%s, %s", (name, address, pattern) => {
    expect(patternOf(address, name)).toBe(pattern);
  });
});
