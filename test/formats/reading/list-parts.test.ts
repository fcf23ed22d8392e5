import { describe, expect, it } from "vitest";
import {
  analyze,
  InputError,
  inspectSource,
  listParts,
  readUsers,
  type Source,
  UsageError,
} from "../../../src/index.ts";
import { sheetOf, workbookOf, zipOf } from "../../containers.ts";

const ad =
  "dn: CN=Ana,DC=contoso,DC=com\nobjectClass: user\nuserPrincipalName: ana@contoso.com\nproxyAddresses: SMTP:ana@contoso.com\n";
const header = ["UserPrincipalName", "DisplayName", "ProxyAddresses", "IsLicensed"];
const rows = [header, ["a@contoso.com", "Ana", "SMTP:a@contoso.com;smtp:ana@contoso.com", "True"]];
const users = rows.map((row) => row.join(",")).join("\n");
const notes = sheetOf([["Dear colleague,"], ["here they are."]]);
const workbook = workbookOf({ sheets: { Notes: notes, Users: sheetOf(rows, 3), Blank: sheetOf([]) } });
const archive = zipOf({
  "on premises/ad.ldf": ad,
  "users.csv": users,
  "readme.txt": "Here they are.",
  "__MACOSX/._users.csv": "x",
});

const source = (name: string, data: Uint8Array, rest: Partial<Source> = {}): Source => ({ name, data, ...rest });
const namesOf = async (...given: Parameters<typeof listParts>): Promise<readonly string[]> =>
  (await listParts(...given)).map(({ name }) => name);

async function read(given: Source) {
  const items = [];
  for await (const item of readUsers(given)) items.push(item);
  return {
    users: items.flatMap((item) => (item.type === "user" ? [item.user] : [])),
    told: items.flatMap((item) => (item.type === "diagnostic" ? [item.diagnostic.code] : [])),
  };
}

describe("the parts of a source", () => {
  it("are the source itself where it is no container", async () => {
    const csv = { name: "users.csv", data: users };
    expect(await listParts(csv)).toEqual([csv]);
    const stream = new Blob([users]).stream();
    const [part] = await listParts({ name: "users.csv", data: stream });
    expect(part && (await read(part)).users).toHaveLength(1);
  });

  it("are the sheets that hold users", async () => {
    expect(await namesOf(source("users.xlsx", workbook))).toEqual(['users.xlsx, sheet "Users"']);
    const { users: found, told } = await read(source("users.xlsx", workbook));
    expect(found.map(({ id, origin }) => [id, origin])).toEqual([
      ["a@contoso.com", { name: 'users.xlsx, sheet "Users"', record: 1, line: 4 }],
    ]);
    expect(told).toContain("parts-passed-over");
  });

  it("are the exports in an archive, of the side that is asked for", async () => {
    const both = ["exports.zip, on premises/ad.ldf", "exports.zip, users.csv"];
    expect(await namesOf(source("exports.zip", archive))).toEqual(both);
    expect(await namesOf(source("exports.zip", archive), { side: "onPremises" })).toEqual(both.slice(0, 1));
    expect(await namesOf(source("exports.zip", archive), { side: "online" })).toEqual(both.slice(1));
  });

  it("are workbooks in archives, and archives no deeper", async () => {
    const deep = zipOf({ "users.xlsx": workbook, "more.zip": archive });
    expect(await namesOf(source("deep.zip", deep))).toEqual([
      'deep.zip, users.xlsx, sheet "Users"',
      "deep.zip, more.zip, on premises/ad.ldf",
      "deep.zip, more.zip, users.csv",
    ]);
    const deeper = zipOf({ "deep.zip": deep });
    expect(await namesOf(source("deeper.zip", deeper)).catch(({ message }) => message)).toContain(
      "an archive in an archive; unpack it first",
    );
  });

  it("can be chosen by name, with a format", async () => {
    expect(await namesOf(source("users.xlsx", workbook, { part: "users" }))).toEqual(['users.xlsx, sheet "Users"']);
    expect(await namesOf(source("exports.zip", archive, { part: "AD.ldf" }))).toEqual([
      "exports.zip, on premises/ad.ldf",
    ]);
    const [asked] = await listParts(source("users.xlsx", workbook, { part: "Users", format: "graph-user" }));
    expect((await inspectSource(asked ?? source("", archive))).summary.format).toBe("graph-user");
  });

  it("that are not there are named with those that are", async () => {
    const missing = namesOf(source("users.xlsx", workbook, { part: "People" }));
    await expect(missing).rejects.toThrow(
      new UsageError('users.xlsx has no part "People"; it has "Notes", "Users", "Blank"'),
    );
    await expect(listParts({ name: "users.csv", data: users, part: "People" })).rejects.toThrow(UsageError);
  });

  it("are told where none is an export", async () => {
    const nothing = source("notes.xlsx", workbookOf({ sheets: { Notes: notes, Blank: sheetOf([]) } }));
    await expect(listParts(nothing)).rejects.toThrow(InputError);
    await expect(listParts(nothing)).rejects.toThrow('nothing in it is an export: "Notes"');
    await expect(listParts(source("empty.zip", zipOf({})))).rejects.toThrow("nothing is in it");
  });

  it("are the only table that there is, of which its reader says how to read it", async () => {
    const own = workbookOf({
      sheets: {
        Notes: notes,
        Own: sheetOf([
          ["Kennung", "Wer"],
          ["ana@contoso.com", "Ana"],
        ]),
      },
    });
    await expect(read(source("own.xlsx", own))).rejects.toThrow(
      /^own\.xlsx, sheet "Own", row 1: the format is not known/,
    );
    const [part] = await listParts(source("own.xlsx", own), { columns: ["userPrincipalName=Kennung, mail=Wer"] });
    expect(part?.name).toBe('own.xlsx, sheet "Own"');
  });

  it.each([
    ["content.xml", "OpenDocument"],
    ["xl/workbook.bin", ".xlsb"],
    ["word/document.xml", "Word"],
  ])("are none in other documents: %s", async (name, said) => {
    const document = zipOf({ mimetype: "x", [name]: "x" });
    await expect(listParts(source("list", document))).rejects.toThrow(said);
  });

  it("are several to inspect", async () => {
    await expect(inspectSource(source("exports.zip", archive))).rejects.toThrow("listParts");
  });

  it("are analyzed, and told as a person would find them", async () => {
    const { mismatches, inputs } = await analyze({
      onPremises: [source("exports.zip", archive)],
      online: [source("users.xlsx", workbook)],
    });
    expect(inputs.map(({ name, users }) => [name, users])).toEqual([
      ["exports.zip, on premises/ad.ldf", 1],
      ['users.xlsx, sheet "Users"', 1],
    ]);
    expect(mismatches.map(({ kind }) => kind)).toContain("primary-smtp-change");
    const short = source(
      "users.xlsx",
      workbookOf({ sheets: { Users: sheetOf([["UserPrincipalName", "ProxyAddresses"]], 5) } }),
    );
    await expect(read(short)).rejects.toThrow(/^users\.xlsx, sheet "Users": no user could be read/);
  });

  it("of the other side alone are refused as swapped", async () => {
    const online = source("online.zip", zipOf({ "ad.ldf": ad }));
    await expect(analyze({ onPremises: [{ name: "ad.ldf", data: ad }], online: [online] })).rejects.toThrow(
      "online.zip, ad.ldf: the two sides look swapped",
    );
  });
});
