import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatProxyAddress, isReservedDomain, parseProxyAddress, parseSmtpAddress } from "../../src/model/address.ts";

describe("proxyAddresses", () => {
  it.each([
    ["SMTP:a@b.com", { type: "SMTP", address: "a@b.com", primary: true }],
    ["smtp:a@b.com", { type: "SMTP", address: "a@b.com", primary: false }],
    ["Smtp:a@b.com", { type: "SMTP", address: "a@b.com", primary: false }],
    ["SIP:a@b.com", { type: "SIP", address: "a@b.com", primary: true }],
    [" smtp:a@b.com ", { type: "SMTP", address: "a@b.com", primary: false }],
    ["smtp: a@b.com", { type: "SMTP", address: " a@b.com", primary: false }],
    ["=EX:/o=a", { type: "=EX", address: "/o=a", primary: true }],
    ["X400:C=US;A= ;P=x;", { type: "X400", address: "C=US;A= ;P=x;", primary: true }],
    ["x500:/o=A B/cn=c", { type: "X500", address: "/o=A B/cn=c", primary: false }],
    ["a@b.com", { type: "", address: "a@b.com", primary: false }],
  ])("%j", (value, expected) => {
    expect(parseProxyAddress(value)).toEqual(expected);
  });

  it("what is written is read", () => {
    const entry = fc.record({
      type: fc.constantFrom("SMTP", "SIP", "X500", "=EX"),
      address: fc.string().map((text) => `x${text.trim()}x`),
      primary: fc.boolean(),
    });
    // "=EX" in lower case is "=ex": its letters carry the mark like all others.
    fc.assert(
      fc.property(entry, (one) => {
        expect(parseProxyAddress(formatProxyAddress(one))).toEqual(one);
      }),
    );
  });
});

describe("SMTP addresses", () => {
  it.each(["o'neil@contoso.com", "a+b@contoso.com", "ünï@bücher.example", "A@B.Com"])("%s is one", (text) => {
    expect(parseSmtpAddress(text)).toMatchObject({ address: text, key: text.toLowerCase() });
  });

  it.each(["", "a", "@b", "a@", "a@b@c", "a b@c", " a@b", "a@b;c@d", "x:a@b", "<a@b>", "a@[b]"])(
    "%j is none",
    (text) => {
      expect(parseSmtpAddress(text)).toBeUndefined();
    },
  );
});

describe("domains of the service", () => {
  it.each([
    ["contoso.onmicrosoft.com", true],
    ["contoso.mail.onmicrosoft.com", true],
    ["contoso1.MicrosoftOnline.com", true],
    ["contoso.com", false],
    ["notonmicrosoft.com", false],
    ["onmicrosoft.com.example.org", false],
  ])("%s: %s", (domain, expected) => {
    expect(isReservedDomain(domain)).toBe(expected);
  });
});
