import { describe, expect, it } from "vitest";
import { InputError, readUsers, type Source, UsageError } from "../../src/index.ts";
import { sheetOf, workbookFiles, workbookOf, zipOf } from "../containers.ts";
import { whole } from "../real-parts.ts";

const people = Array.from({ length: 40 }, (_, index) => [`user${index}@contoso.com`, `SMTP:user${index}@contoso.com`]);
const rows = [["UserPrincipalName", "ProxyAddresses"], ...people];
const files = {
  "an archive": zipOf({ "users.csv": rows.map((row) => row.join(",")).join("\n") }),
  "a stored archive": zipOf({ "users.csv": rows.map((row) => row.join(",")).join("\n") }, 0),
  "a workbook": workbookOf({ sheets: { Users: sheetOf(rows) } }),
};

/** Reads a file that may be anything: gives the people in it, or `undefined` where it was refused. What is told is an error. */
async function read(
  data: Uint8Array,
): Promise<{ readonly people: readonly string[]; readonly isTold: boolean } | undefined> {
  const found: string[] = [];
  let isTold = false;
  try {
    for await (const item of readUsers({ name: "sent", data } satisfies Source)) {
      if (item.type === "user") found.push(item.user.userPrincipalName ?? "");
      if (item.type === "diagnostic" && item.diagnostic.severity === "error") isTold = true;
    }
  } catch (error) {
    if (error instanceof InputError || error instanceof UsageError) return undefined;
    throw error;
  }
  return { people: found, isTold };
}

const all = people.map(([name]) => name);

/** The places to damage: all of them, or every so many. */
function placesIn(data: Uint8Array): readonly number[] {
  const step = whole ? 1 : 23;
  return Array.from({ length: Math.ceil(data.length / step) }, (_, index) => index * step);
}

describe.each(Object.entries(files))("%s", (_, data) => {
  it("gives everybody", async () => {
    expect(await read(data)).toEqual({ people: all, isTold: false });
  });

  it("that is cut anywhere is refused", async () => {
    for (const end of placesIn(data)) {
      const cut = data.subarray(0, end);
      expect(await read(cut), `cut at ${end}`).toBeUndefined();
    }
  });

  it("in which a bit is flipped is read, told or refused", async () => {
    for (const at of placesIn(data)) {
      const flipped = data.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      const found = await read(flipped);
      if (found !== undefined && !found.isTold) expect(found.people, `bit of ${at}`).toEqual(all);
    }
  });
});

describe("a bomb", () => {
  const zeros = new Uint8Array(101_000_000);

  it("in an archive is named and not unpacked", async () => {
    const data = zipOf({ "users.csv": zeros });
    expect(data.length).toBeLessThan(1_000_000);
    const message = await readUsers({ name: "sent.zip", data })
      .next()
      .catch(({ message }) => message);
    expect(message).toContain('"users.csv" (it would unpack to more than 200 times its size');
  });

  it("in a workbook is named with its file", async () => {
    const parts = workbookFiles({ sheets: { Users: sheetOf(rows) } });
    const data = zipOf({ ...parts, "xl/sharedStrings.xml": zeros });
    const message = await readUsers({ name: "sent.xlsx", data })
      .next()
      .catch(({ message }) => message);
    expect(message).toContain("xl/sharedStrings.xml in it: it would unpack to more than 200 times its size");
  });

  it("of rows costs no more than its rows", async () => {
    const sheet = `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>UserPrincipalName</v></c><c r="B1" t="str"><v>ProxyAddresses</v></c></row><row r="1048576"><c r="A1048576" t="str"><v>ana@contoso.com</v></c></row></sheetData></worksheet>`;
    expect((await read(workbookOf({ sheets: { Users: sheet } })))?.people).toEqual(["ana@contoso.com"]);
  });
});

it("a path in an archive is a name in messages, and nothing else", async () => {
  const data = zipOf({ "../../etc/users.csv": rows.map((row) => row.join(",")).join("\n") });
  expect((await read(data))?.people).toEqual(all);
});
