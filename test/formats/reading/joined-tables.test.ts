import { describe, expect, it } from "vitest";
import { readEitherWay } from "../../both-readers.ts";
import { readAll } from "../../reading.ts";

const HEADER = "UserPrincipalName,ObjectId,ProxyAddresses";
const row = (name: string, further = "") => `${name}@contoso.com,${name},SMTP:${name}@contoso.com${further}`;

/** Reads a table both ways: people as `line name object`, what is told as `line code`. */
async function read(...lines: readonly string[]) {
  const data = lines.map((line) => `${line}\n`).join("");
  const { users, diagnostics, summary } = await readAll(data);
  for (const pieces of [[data.length], [7]])
    for (const size of pieces) {
      const bytes = Buffer.from(data);
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        Uint8Array.from(bytes.subarray(at * size, (at + 1) * size)),
      );
      const quick = await readEitherWay({ name: "export", data: chunks }, true);
      expect(quick).toMatchObject({ summary: { objects: users.length, diagnostics: summary.diagnostics } });
    }
  return {
    users: users.map(
      ({ origin, userPrincipalName, objectId, mail, proxyAddresses }) =>
        `${origin.line} ${userPrincipalName ?? mail} ${objectId} ${proxyAddresses?.map(({ address }) => address).join()}`,
    ),
    told: diagnostics.map(({ line, code }) => `${line} ${code}`),
  };
}

const who = (line: number, name: string) => `${line} ${name}@contoso.com ${name} ${name}@contoso.com`;

describe("two tables in one file", () => {
  it("the same header once more is no person", async () => {
    expect(await read(HEADER, row("a"), HEADER, row("b"))).toEqual({
      users: [who(2, "a"), who(4, "b")],
      told: ["3 csv-second-header"],
    });
  });

  it("a header of another order: the rows below are read by it", async () => {
    const other = "proxyaddresses,UserPrincipalName,City,object_id";
    const rows = ["SMTP:b@contoso.com,b@contoso.com,Porto,b", "SMTP:c@contoso.com,c@contoso.com,,c"];
    expect(
      await read(HEADER, row("a"), other, ...rows, `\ufeff"ObjectId","UserPrincipalName"`, "d,d@contoso.com"),
    ).toEqual({
      users: [who(2, "a"), who(4, "b"), who(5, "c"), "7 d@contoso.com d undefined"],
      told: ["3 csv-second-header", "6 csv-second-header"],
    });
  });

  it("a table of another kind: each of its rows is told, and one of the first kind is read again", async () => {
    const other = "DistinguishedName,ObjectGUID,SamAccountName,userPrincipalName";
    const rows = ['"CN=b,DC=contoso,DC=com",1,b,b@contoso.com', '"CN=c,DC=contoso,DC=com",1,c,c@contoso.com'];
    expect(await read(HEADER, row("a"), other, ...rows, HEADER, row("d"))).toEqual({
      users: [who(2, "a"), who(7, "d")],
      told: ["3 csv-other-table", "4 csv-row-of-other-table", "5 csv-row-of-other-table", "6 csv-second-header"],
    });
  });

  it("a table with another separator", async () => {
    expect(await read(HEADER, row("a"), HEADER.replaceAll(",", ";"), row("b").replaceAll(",", ";"))).toEqual({
      users: [who(2, "a")],
      told: ["3 csv-other-table", "4 csv-row-of-other-table"],
    });
  });
});

describe("rows that do not fit their header", () => {
  it("a blank cell too many is told: a comma without quotation marks moves the others", async () => {
    expect(await read(HEADER, row("a"), "b@contoso.com,b,,", row("c", ","), row("d"))).toMatchObject({
      users: [who(2, "a"), "3 b@contoso.com b ", who(4, "c"), who(5, "d")],
      told: ["3 csv-cell-count", "4 csv-cell-count"],
    });
  });

  it("cells too few and too many", async () => {
    expect(await read(HEADER, row("a"), "b@contoso.com,b", row("c", ",x"), row("d"))).toEqual({
      users: [who(2, "a"), "3 b@contoso.com b ", who(5, "d")],
      told: ["3 csv-cell-count", "4 csv-cell-count"],
    });
  });

  it("two rows that lost the line end between them", async () => {
    expect(await read(HEADER, row("a") + row("b"), row("c"))).toEqual({
      users: [who(3, "c")],
      told: ["2 csv-cell-count"],
    });
  });
});
