import { describe, expect, it } from "vitest";
import { UserTable } from "../../src/directory/user-table.ts";
import { fieldCodes, SMTP_ALIAS, UserView } from "../../src/model/user-view.ts";

/** A table of users who have a display name each. */
function tableOf(names: readonly string[]): UserTable {
  const table = new UserTable();
  const view = new UserView();
  names.forEach((name, index) => {
    view.clear();
    view.line = index + 1;
    view.append(fieldCodes.userPrincipalName, `u${index}@contoso.com`);
    view.append(fieldCodes.displayName, name);
    // Many short texts: more room is asked for than the row takes.
    if (name.length > 1) for (let alias = 0; alias < 200; alias++) view.append(SMTP_ALIAS, "a@b.c");
    table.add(view);
  });
  return table;
}

describe("a table of users", () => {
  it("gives each user back, also behind rows that are longer than a segment", () => {
    // 32 MiB is a segment; the row that follows must not be put into what is left of a longer one.
    const names = ["a", "x".repeat(40 * 1024 * 1024), "b", "y".repeat(32 * 1024 * 1024 - 40), "c", "d"];
    const table = tableOf(names);
    const copy = UserTable.unpack(table.pack());
    for (const own of [table, copy]) {
      expect(own.size).toBe(names.length);
      names.forEach((name, index) => {
        const user = own.user(index, ["ad.ldf"], new UserView());
        expect([user.origin.line, user.userPrincipalName, user.displayName === name]).toEqual([
          index + 1,
          `u${index}@contoso.com`,
          true,
        ]);
      });
    }
  });
});
