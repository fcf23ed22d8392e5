import { describe, expect, it } from "vitest";
import { readAll } from "../reading.ts";

const HEADER =
  "userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,accountEnabled,directorySynced\n";
const ID = "15e91f38-3651-425f-810a-56e0fb00287a";

describe("Download users of the Entra portal", () => {
  it("reads what it has, and says that addresses are missing", async () => {
    const { users, summary } = await readAll(`${HEADER}a@x.com,Ana,Andrade,A@x.com,Ana,${ID},Guest,=3+1,False,True\n`);
    expect(users).toEqual([
      {
        type: "user",
        id: ID,
        origin: { name: "export", record: 1, line: 2 },
        userPrincipalName: "a@x.com",
        objectId: ID,
        displayName: "Ana",
        mail: "A@x.com",
        isEnabled: false,
        isGuest: true,
        surname: "Andrade",
        givenName: "Ana",
        jobTitle: "=3+1",
        isSynchronized: true,
      },
    ]);
    expect(summary.diagnostics).toMatchObject([
      { code: "no-addresses", hint: expect.stringContaining("Get-MgUser -All") },
    ]);
  });

  it.each([
    [
      "a comma in the display name",
      `a@x.com,Andrade, Ana,Andrade,A@x.com,Ana,${ID},Member,,False,`,
      "Andrade, Ana",
      false,
    ],
    [
      "a comma behind the id: what follows it is not known",
      `a@x.com,Ana,Andrade,A@x.com,Ana,${ID},Member,Head, IT,False,`,
      "Ana",
      undefined,
    ],
    ["no mail", `a@x.com,Andrade, Ana,Andrade,,Ana,${ID},Member,,True,`, "Andrade, Ana", true],
  ])("a row that was shifted is put in order: %s", async (_, row, displayName, isEnabled) => {
    const { users, diagnostics } = await readAll(`${HEADER}${row}\n`);
    expect(users).toMatchObject([{ userPrincipalName: "a@x.com", objectId: ID, displayName, isGuest: false }]);
    expect(users[0]?.isEnabled).toBe(isEnabled);
    // What nobody can tell is not blank.
    expect(users[0]).not.toHaveProperty("surname");
    expect(diagnostics).toMatchObject([{ code: "row-realigned", line: 2 }]);
  });

  it.each([
    ["without an id", "a@x.com,Andrade, Ana,Andrade,A@x.com,Ana,,Member,,False,"],
    ["with two", `a@x.com,Andrade, ${ID},Andrade,A@x.com,Ana,${ID},Member,,False,`],
    ["with two addresses", `a@x.com,b@x.com, Ana,Andrade,A@x.com,Ana,${ID},Member,,False,`],
  ])("a row that cannot be put in order is refused: %s", async (_, row) => {
    const { users, diagnostics } = await readAll(`${HEADER}${row}\nb@x.com,Bob,,,,${ID},Member,,True,\n`);
    expect(users.map(({ userPrincipalName }) => userPrincipalName)).toEqual(["b@x.com"]);
    expect(diagnostics).toMatchObject([{ code: "row-not-aligned", line: 2 }]);
  });
});
