import { describe, expect, it } from "vitest";
import { readUsers } from "../../src/index.ts";
import { blankBytes, blankText, findSurroundings } from "../../src/text/surroundings.ts";
import { sheetOf, workbookOf } from "../containers.ts";

const ldif =
  "# extended LDIF\n#\n\ndn: CN=Ana,DC=contoso,DC=com\nobjectClass: user\nmail: ana@contoso.com\n\n# search result\nsearch: 2\nresult: 0 Success\n";
const csv = "UserPrincipalName,ProxyAddresses,IsLicensed\nana@contoso.com,SMTP:ana@contoso.com,True\n";
const json = '[\n{"userPrincipalName":"ana@contoso.com","onPremisesImmutableId":null,"mail":"ana@contoso.com"}]\n';
const transcript = `**********************
Windows PowerShell transcript start
Start time: 20120301100000
**********************
Transcript started, output file is C:\\t.txt
`;
const befores: Readonly<Record<string, string>> = {
  "the start of SASL": "SASL/GSSAPI authentication started\nSASL username: admin@CONTOSO.COM\nSASL SSF: 256\n",
  "a password prompt": "Enter LDAP Password: \n",
  "a command": "$ ldapsearch -H ldap://dc -b dc=contoso,dc=com\n",
  "a prompt of PowerShell": "PS C:\\> Get-MsolUser | ConvertTo-Csv\n\n",
  "a prompt of a host": "[dc1]: PS C:\\Users\\admin> ldifde -f con\n",
  "a fence": "```\n",
  "a warning": "WARNING: The names of some imported commands\n",
};

async function read(data: string | Uint8Array) {
  const users: string[] = [];
  const told: string[] = [];
  for await (const item of readUsers({ name: "sent", data })) {
    if (item.type === "user") users.push(`${item.user.userPrincipalName ?? item.user.mail} ${item.user.origin.line}`);
    if (item.type === "diagnostic") told.push(item.diagnostic.message);
  }
  return { users, told, before: told.filter((message) => message.startsWith("What stands before")) };
}

describe("what stands before an export", () => {
  it.each(
    Object.entries(befores).flatMap(([name, before]) =>
      [ldif, csv, json].map((text) => [name, text.slice(0, 10), before, text] as const),
    ),
  )("%s before %s… is passed over and named, and lines keep their numbers", async (_, __, before, text) => {
    const alone = await read(text);
    const behind = await read(before + text);
    const shift = before.split("\n").length - 1;
    expect(alone.users).toEqual([expect.stringMatching(/^ana@contoso\.com \d$/)]);
    expect(behind.users).toEqual(alone.users.map((user) => user.replace(/\d$/, (line) => `${Number(line) + shift}`)));
    expect(behind.told.length).toBe(alone.told.length + 1);
  });

  it("the head of a transcript is passed over", async () => {
    const { users } = await read(`${transcript}PS C:\\> type users.csv\n${csv}PS C:\\> `);
    expect(users).toEqual(["ana@contoso.com 8"]);
  });

  it("an indented file is read", async () => {
    expect((await read(ldif.replace(/^/gm, "    "))).users).toEqual(["ana@contoso.com 4"]);
  });

  it("a title above a table is passed over, in a sheet too", async () => {
    const title = "Users of Contoso\nas of March\n\n";
    expect(await read(title + csv)).toMatchObject({
      users: ["ana@contoso.com 5"],
      before: ["What stands before the export is passed over: 3 lines: Users of Contoso."],
    });
    const rows = csv
      .trim()
      .split("\n")
      .map((line) => line.split(","));
    const sheet = workbookOf({ sheets: { Users: sheetOf([["Users of Contoso", "", "x"], [], ...rows]) } });
    expect((await read(sheet)).users).toEqual(["ana@contoso.com 4"]);
  });

  it("nothing is passed over of a file that begins with its export", () => {
    expect([ldif, csv, json].map(findSurroundings)).toEqual([ldif, csv, json].map(() => ({ lines: 0, indent: 0 })));
  });

  it("is blanked in bytes as in text, wherever they are cut", async () => {
    const before = { lines: 2, indent: 2 };
    const text = "x\n  y\n  a\n   b\n c\nd";
    expect(blankText(text, before)).toBe("\n\na\n b\nc\nd");
    const bytes = new TextEncoder().encode(text);
    for (let cut = 0; cut <= bytes.length; cut++) {
      async function* chunks() {
        yield bytes.subarray(0, cut);
        yield bytes.subarray(cut);
      }
      let blanked = "";
      for await (const chunk of blankBytes(chunks(), before)) blanked += new TextDecoder().decode(chunk);
      expect(blanked, `cut at ${cut}`).toBe("\n\na\n b\nc\nd");
    }
  });
});
