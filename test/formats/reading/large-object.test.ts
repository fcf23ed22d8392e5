import { describe, expect, it } from "vitest";
import { readAll } from "../../reading.ts";

const user = (name: string, further: object = {}) => ({
  userPrincipalName: `${name}@contoso.com`,
  ...further,
  proxyAddresses: [`SMTP:${name}@contoso.com`],
});

async function namesOf(text: string) {
  const { users, diagnostics } = await readAll(text);
  const names = users.map(({ userPrincipalName, proxyAddresses }) => `${userPrincipalName} ${proxyAddresses?.length}`);
  return [names, diagnostics.map(({ code, line }) => `${line} ${code}`)];
}

describe("the first object of JSON", () => {
  it.each([70_000, 300_000, 5_000_000])("of %d characters tells the format", async (length) => {
    const large = user("a", { thumbnailPhoto: "x".repeat(length) });
    for (const text of [
      JSON.stringify([large, user("b")]),
      JSON.stringify({ "@odata.context": "x", value: [large, user("b")] }),
      `${JSON.stringify(large)}\n${JSON.stringify(user("b"))}\n`,
    ])
      expect(await namesOf(text)).toEqual([["a@contoso.com 1", "b@contoso.com 1"], []]);
  });

  it("of more than any may be is left out", async () => {
    const large = user("a", { thumbnailPhoto: "x".repeat(17 * 1024 * 1024) });
    expect(await namesOf(JSON.stringify([large, user("b")]))).toEqual([
      ["b@contoso.com 1"],
      ["1 json-record-too-long"],
    ]);
  });

  it("with 100,000 addresses, and lists in lists of them", async () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `smtp:a${index}@contoso.com`);
    const nested = {
      userPrincipalName: "b@contoso.com",
      proxyAddresses: [["SMTP:b@contoso.com", ["smtp:c@contoso.com"]]],
    };
    const [names] = await namesOf(JSON.stringify([{ ...user("a"), proxyAddresses: many }, nested]));
    expect(names).toEqual(["a@contoso.com 100000", "b@contoso.com 2"]);
  });

  it("with 4,000 lists in a property is left out, with its line", async () => {
    const deep = `{"userPrincipalName":"a@contoso.com","proxyAddresses":${"[".repeat(4000)}${"]".repeat(4000)}}`;
    expect(await namesOf(`[\n${deep},\n${JSON.stringify(user("b"))}]`)).toEqual([
      ["b@contoso.com 1"],
      ["2 json-nested-too-deep"],
    ]);
  });
});

describe("a file of JSON that is not all", () => {
  it("says that pages are missing, and how many objects", async () => {
    const page = {
      "@odata.count": 3,
      value: [user("a"), user("b")],
      "@odata.nextLink": "https://graph.microsoft.com/x",
    };
    expect(await namesOf(JSON.stringify(page))).toEqual([
      ["a@contoso.com 1", "b@contoso.com 1"],
      ["1 json-more-pages", "1 json-count-differs"],
    ]);
  });
});
