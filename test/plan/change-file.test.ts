import ldif from "ldif";
import { describe, expect, it } from "vitest";
import { type AttributeChange, type PlanStep, renderChangeFile } from "../../src/index.ts";
import { hostileStrings } from "../hostile-strings.ts";

function step(id: string, ...changes: AttributeChange[]): PlanStep {
  const object = { id, type: "user" as const, source: { name: "ad.ldf", record: 1, line: 1 } };
  return { number: 1, side: "onPremises", object, changes, isInterim: false, reason: "test" };
}

const ana = "CN=Ana,DC=contoso,DC=com";

/** Reads change records back with an independent reader; text that is no ASCII as UTF-8. */
function readBack(text: string): readonly { dn: string; changes: readonly [string, string, readonly string[]][] }[] {
  const unfolded = text.replaceAll("\n ", "").replace(/^(\S+):: (.*)$/gm, (_, name, value) => `${name}: b64.${value}`);
  const decode = (value: string) =>
    value.startsWith("b64.") ? Buffer.from(value.slice(4), "base64").toString() : value;
  return ldif.parse(unfolded).entries.map((entry) => ({
    dn: decode(entry.dn),
    changes: entry.changes.map(({ type, attribute, values }) => [
      type,
      attribute.attribute,
      values.map(({ value }) => decode(value)),
    ]),
  }));
}

describe("renderChangeFile", () => {
  it("deletes the values that go by value, and adds those that come", () => {
    const change = { attribute: "userPrincipalName", before: ["a@contoso.com"], after: ["b@contoso.com"] } as const;
    expect(renderChangeFile([step(ana, change)])).toBe(
      `dn: ${ana}\nchangetype: modify\ndelete: userPrincipalName\nuserPrincipalName: a@contoso.com\n-\nadd: userPrincipalName\nuserPrincipalName: b@contoso.com\n-\n\n`,
    );
  });

  it("leaves alone what stays, and what had or is to have no value", () => {
    const text = renderChangeFile([
      step(
        ana,
        {
          attribute: "proxyAddresses",
          before: ["SMTP:a@x.com", "smtp:b@x.com"],
          after: ["smtp:b@x.com", "SMTP:c@x.com"],
        },
        { attribute: "mail", before: [], after: ["c@x.com"] },
        { attribute: "userPrincipalName", before: ["a@x.com"], after: [] },
      ),
    ]);
    expect(readBack(text)).toEqual([
      {
        dn: ana,
        changes: [
          ["delete", "proxyAddresses", ["SMTP:a@x.com"]],
          ["add", "proxyAddresses", ["SMTP:c@x.com"]],
          ["add", "mail", ["c@x.com"]],
          ["delete", "userPrincipalName", ["a@x.com"]],
        ],
      },
    ]);
  });

  it("is empty without steps on-premises", () => {
    expect(renderChangeFile([])).toBe("");
    expect(renderChangeFile([{ ...step(ana), side: "online" }])).toBe("");
  });

  it.each([
    ["an accent", "smtp:é@contoso.com"],
    ["a space at the end", "smtp:a@contoso.com "],
    ["a space at the beginning", " smtp:a@contoso.com"],
    ["a colon at the beginning", ":a"],
    ["a less-than sign at the beginning", "<a"],
    ["a line break", "a\nb"],
    ["a NUL", "a\0b"],
  ])("writes %s in base64", (_, value) => {
    const text = renderChangeFile([step(ana, { attribute: "proxyAddresses", before: [], after: [value] })]);
    expect(text).toContain(`proxyAddresses:: ${Buffer.from(value).toString("base64")}\n`);
  });

  it("folds at 76 columns, DNs too, and never within the separator", () => {
    const dn = `CN=${"ø".repeat(90)},DC=contoso,DC=com`;
    const value = `smtp:${"x".repeat(200)}@contoso.com`;
    const text = renderChangeFile([step(dn, { attribute: "proxyAddresses", before: [], after: [value] })]);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(76);
    expect(readBack(text)).toEqual([{ dn, changes: [["add", "proxyAddresses", [value]]] }]);
  });

  it.each(hostileStrings.filter((text) => text !== ""))("writes %j so that it reads back as text", (hostile) => {
    // A lone surrogate is no text in any encoding: it becomes U+FFFD, as it would be in a file.
    const text = new TextDecoder().decode(new TextEncoder().encode(hostile));
    const dn = `CN=${text},DC=contoso,DC=com`;
    const change = { attribute: "proxyAddresses", before: [`x500:${text}`], after: [`smtp:${text}`] } as const;
    const expected = [
      ["delete", "proxyAddresses", change.before],
      ["add", "proxyAddresses", change.after],
    ];
    expect(readBack(renderChangeFile([step(dn, change)]))).toEqual([{ dn, changes: expected }]);
  });
});
