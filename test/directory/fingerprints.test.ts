import { describe, expect, it } from "vitest";
import { Fingerprints } from "../../src/directory/fingerprints.ts";
import { findSharedTexts } from "../../src/directory/shared-texts.ts";
import { UserTable } from "../../src/directory/user-table.ts";
import { fieldCodes, UserView } from "../../src/model/user-view.ts";

const encoder = new TextEncoder();

function note(seen: Fingerprints, text: string, fold = true): boolean {
  const bytes = encoder.encode(`<${text}>`);
  return seen.note(bytes, 1, bytes.length - 1, fold);
}

describe("fingerprints", () => {
  it("know every text that was noted, whatever its letter case, and none besides", () => {
    const seen = new Fingerprints();
    const names = Array.from({ length: 20_000 }, (_, number) => `CN=Łukasz Ångström ${number},DC=contoso`);
    expect(names.filter((name) => note(seen, name))).toEqual([]);
    expect(names.every((name) => note(seen, name.toUpperCase()))).toBe(true);
    expect([note(seen, "CN=ana"), note(seen, "cn=ANA"), note(seen, "")]).toEqual([false, true, false]);
  });

  it("tell letter cases apart where these count", () => {
    const seen = new Fingerprints();
    expect([note(seen, "AQ==", false), note(seen, "aQ==", false), note(seen, "AQ==", false)]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("texts that several have", () => {
  it("are found without regard to white space around them and letter case", () => {
    const table = new UserTable();
    const view = new UserView();
    for (const text of ["ana", "Ana ", "bob", "Ärna", "\u3000ärna", "", " ", " ", "cleo"]) {
      view.clear();
      view.append(fieldCodes.mailNickname, text);
      table.add(view);
    }
    const shared = findSharedTexts(table, fieldCodes.mailNickname, () => true);
    expect(new Map(shared)).toEqual(
      new Map([
        ["ana", [0, 1]],
        ["ärna", [3, 4]],
      ]),
    );
    expect(findSharedTexts(table, fieldCodes.mailNickname, (index) => index !== 1).has("ana")).toBe(false);
  });
});
