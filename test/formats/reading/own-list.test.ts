import { describe, expect, it } from "vitest";
import { formatColumnChoice, parseColumnChoice } from "../../../src/formats/reading/column-choice.ts";
import { analyze, InputError, inspectSource, readUsers, type Source, UsageError } from "../../../src/index.ts";
import { formatProxyAddress } from "../../../src/model/address.ts";
import { sheetOf, workbookOf } from "../../containers.ts";

const german = `Anmeldename;Anzeigename;Haupt-E-Mail;Weitere Adressen;Abteilung
ana@contoso.com;Ana Andrade;a@contoso.com;ana@contoso.com, ana@contoso.onmicrosoft.com;Vertrieb
bo@contoso.com;Bo Berg;bo@contoso.com;;Einkauf
`;
const english = `Employee,Login,Mail,Mail 2,Mail 3,Mail 4,Mail 5
Ana Andrade,ana@contoso.com,a@contoso.com,ana@contoso.com,,,ana@contoso.onmicrosoft.com
Bo Berg,bo@contoso.com,bo@contoso.com,,,,
`;
const numbered = `name,primary,alias1,alias2,alias3
Ana Andrade,a@contoso.com,ana@contoso.com,,ana@contoso.onmicrosoft.com
Bo Berg,bo@contoso.com,,,
`;
const workbook = workbookOf({
  sheets: {
    Liste: sheetOf([
      ["Stand: März"],
      [],
      ...german
        .trim()
        .split("\n")
        .map((line) => line.split(";")),
    ]),
  },
});
const unknown = "Kennung;Wer;Erste;Zweite\nana@contoso.com;Ana Andrade;a@contoso.com;ana@contoso.com\n";
const ad = `dn: CN=Ana,DC=contoso,DC=com
objectClass: user
userPrincipalName: ana@contoso.com
proxyAddresses: SMTP:ana@contoso.com
proxyAddresses: smtp:a@contoso.com
`;

async function read(source: Source, columns: readonly string[] = []) {
  const users: string[] = [];
  for await (const item of readUsers(source, { columns })) {
    if (item.type !== "user") continue;
    const { userPrincipalName = "", displayName = "", proxyAddresses = [], origin } = item.user;
    users.push(
      `${origin.line} ${displayName} <${userPrincipalName}> ${proxyAddresses.map(formatProxyAddress).join(" ")}`,
    );
  }
  return users;
}

/** The option that a refusal prints, ready to copy. */
async function printedOption(source: Source): Promise<string> {
  const error: unknown = await inspectSource(source).catch((reason: unknown) => reason);
  if (!(error instanceof InputError)) throw new Error("it is read as it is");
  return /--columns ["'](.*)["']$/m.exec(error.hint ?? "")?.[1] ?? "";
}

describe("a list of somebody's own", () => {
  it.each([
    ["german.csv", german],
    ["numbered.csv", numbered],
    ["german.xlsx", workbook],
  ])("%s is read where its columns leave no doubt, and that is said", async (name, data) => {
    const { summary } = await inspectSource({ name, data });
    expect(summary.users).toBe(2);
    expect(summary.diagnostics.map(({ code }) => code)).toContain("columns-taken");
    const { mismatches, inputs } = await analyze({
      onPremises: [{ name: "ad.ldf", data: ad }],
      online: [{ name, data }],
    });
    expect(mismatches).toContainEqual(
      expect.objectContaining({ kind: "primary-smtp-change", before: "a@contoso.com", after: "ana@contoso.com" }),
    );
    expect(inputs[1]?.diagnostics.find(({ code }) => code === "columns-taken")?.message).toMatch(
      /primarySmtpAddress=(?:Haupt-E-Mail|primary)/,
    );
  });

  it("whose columns leave a doubt is proposed, and read with the option that is printed", async () => {
    const source = { name: "english.csv", data: english };
    const option = await printedOption(source);
    expect(option).toBe(
      "displayName=Employee, userPrincipalName=Login, primarySmtpAddress=Mail, smtpAddresses=Mail 2+Mail 3+Mail 4+Mail 5",
    );
    await expect(analyze({ onPremises: [{ name: "ad.ldf", data: ad }], online: [source] })).rejects.toThrow(
      "english.csv",
    );
    expect(await read(source, [option])).toEqual([
      "2 Ana Andrade <ana@contoso.com> SMTP:a@contoso.com smtp:ana@contoso.com smtp:ana@contoso.onmicrosoft.com",
      "3 Bo Berg <bo@contoso.com> SMTP:bo@contoso.com",
    ]);
    const { mismatches, settings } = await analyze({
      onPremises: [{ name: "ad.ldf", data: ad }],
      online: [source],
      columns: [option],
    });
    expect(mismatches.map(({ kind }) => kind)).toContain("primary-smtp-change");
    expect(settings.columns).toEqual([option]);
  });

  it("that nothing says anything of is read as it is said to be, on either side", async () => {
    const columns = ["userPrincipalName=Kennung, displayName=Wer, proxyAddresses=Erste+Zweite"];
    const given = { name: "list.csv", data: unknown };
    expect(await read(given, columns)).toEqual([
      "2 Ana Andrade <ana@contoso.com> smtp:a@contoso.com smtp:ana@contoso.com",
    ]);
    expect(await read({ ...given, side: "onPremises" }, columns)).toEqual(await read(given, columns));
    expect(await printedOption(given)).toContain("userPrincipalName=COLUMN");
  });

  it("is read by its columns wherever they stand: behind a title, with line breaks in its header", async () => {
    const data = 'Title\n\n"Ken-\nnung",Wer\nana@contoso.com,Ana\n';
    expect(await read({ name: "list.csv", data }, ['userPrincipalName="Ken-\nnung", mail=Wer'])).toEqual([
      "5  <ana@contoso.com> ",
    ]);
  });

  it("is of the fields that are chosen, whatever other columns are called", async () => {
    const data = "UserPrincipalName,Login,Name\nold@contoso.com,ana@contoso.com,Ana\n";
    expect(await read({ name: "list.csv", data }, ["userPrincipalName=Login, displayName=Name"])).toEqual([
      "2 Ana <ana@contoso.com> ",
    ]);
  });

  it("is found by the name of the source, and by its columns only if it has all of them", async () => {
    const columns = [
      '"other.csv": userPrincipalName=Nothing',
      "userPrincipalName=Elsewhere",
      "userPrincipalName=Kennung, mail=Erste",
    ];
    expect(await read({ name: "list.csv", data: unknown }, columns)).toHaveLength(1);
    const wrong = read({ name: "list.csv", data: unknown }, ["userPrincipalName=Kennung, mail=Erst"]);
    await expect(wrong).rejects.toThrow(new UsageError('list.csv has no column "Erst"; did you mean "Erste"?'));
    const named = read({ name: "other.csv", data: unknown }, columns);
    await expect(named).rejects.toThrow(new UsageError('other.csv has no column "Nothing"'));
  });

  it.each([
    ["userPrincipalNam=Kennung", 'there is no field "userPrincipalNam"; did you mean "userPrincipalName"?'],
    ["nothing=Kennung", "use one of: "],
    ["mail=Kennung+Wer", "mail can have one column only"],
    ["userPrincipalName", "columns cannot be"],
    ["userPrincipalName=Kennung,", "columns cannot be"],
  ])("cannot be said to have %s", async (choice, said) => {
    await expect(read({ name: "list.csv", data: unknown }, [choice])).rejects.toThrow(said);
  });

  it("has nobody lost beside its header", async () => {
    const rows = Array.from({ length: 500 }, (_, index) => `u${index}@contoso.com;U${index};u${index}@contoso.com;`);
    const data = `${unknown.split("\n")[0]}\n${rows.join("\n")}\n`;
    async function* chunks(size: number) {
      const bytes = new TextEncoder().encode(data);
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    for (const size of [7, 1000]) {
      const users = await read({ name: "list.csv", data: chunks(size) }, ["userPrincipalName=Kennung, mail=Erste"]);
      expect(users).toHaveLength(500);
      expect(users.at(-1)).toBe("501  <u499@contoso.com> ");
    }
  });
});

describe("what columns are for, as a text", () => {
  it.each([
    ["mail=Mail", [["mail", ["Mail"]]], undefined],
    [' mail = "A, B" + C=', undefined, undefined],
    [
      '"a.csv": mail="a=""b"""+C , displayName=Name',
      [
        ["mail", ['a="b"', "C"]],
        ["displayName", ["Name"]],
      ],
      "a.csv",
    ],
  ])("%s", (text, fields, source) => {
    if (fields === undefined) expect(() => parseColumnChoice(text)).toThrow(UsageError);
    else {
      const choice = parseColumnChoice(text);
      expect([[...choice.fields], choice.source]).toEqual([fields, source]);
      expect(parseColumnChoice(formatColumnChoice(choice))).toEqual(choice);
    }
  });
});
