import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { partsOfName, scopeTest } from "../../src/model/distinguished-name.ts";

describe("a distinguished name", () => {
  it.each([
    ["CN=Ana,OU=Staff,DC=contoso,DC=com", ["dc=com", "dc=contoso", "ou=staff", "cn=ana"]],
    ["cn = Ana , ou= Staff", ["ou=staff", "cn=ana"]],
    ["CN=Roe\\, Jane,OU=Sales \\+ More", ["ou=sales + more", "cn=roe, jane"]],
    ["CN=Roe\\2C Jane,OU=S\\C3\\B8ren", ["ou=søren", "cn=roe, jane"]],
    ["CN=Emoji 😀,OU=a=b", ["ou=a=b", "cn=emoji 😀"]],
    ["", ["="]],
  ])("%s is taken apart from the root on", (name, parts) => expect(partsOfName(name)).toEqual(parts));

  it("is the same however a comma is escaped", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
        const one = text.replace(/[\\,]/g, "\\$&");
        const other = text.replaceAll("\\", "\\5c").replaceAll(",", "\\2c");
        expect(partsOfName(`OU=x${one}x,DC=y`)).toEqual(partsOfName(`ou=x${other}x, dc=y`));
      }),
    );
  });
});

describe("the scope", () => {
  const scope = (includeOu: string[], excludeOu: string[] = []) => scopeTest({ includeOu, excludeOu });
  const ana = "CN=Ana,OU=Berlin,OU=Staff,DC=contoso,DC=com";

  it("is everything where no unit is named", () => expect(scope([])).toBeUndefined());

  it.each([
    [["OU=Staff,DC=contoso,DC=com"], [], true],
    [["ou=staff, dc=CONTOSO, dc=com"], [], true],
    [["OU=Sta,DC=contoso,DC=com"], [], false],
    [["OU=Staff,DC=fabrikam,DC=com"], [], false],
    [["DC=contoso,DC=com"], ["OU=Berlin,OU=Staff,DC=contoso,DC=com"], false],
    [[], ["OU=Paris,OU=Staff,DC=contoso,DC=com"], true],
  ])("includes %j and excludes %j: %s", (include, exclude, expected) => {
    expect(scope(include, exclude)?.(ana)).toBe(expected);
  });

  it("a nameless object is in it", () => expect(scope(["OU=Staff"])?.("")).toBe(true));
});
