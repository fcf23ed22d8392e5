import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { type Plan, renderNotify } from "../../src/index.ts";
import { readInertCell } from "../../src/text/csv-cell.ts";
import { hostileStrings } from "../hostile-strings.ts";
import { formulasIn } from "../spreadsheet.ts";

function planWith(...notices: Plan["notices"]): Plan {
  return { authority: "online", steps: [], remedied: [], appearing: [], undecided: [], notices };
}

const same = {
  addressBefore: "a@contoso.com",
  addressAfter: "a@contoso.com",
  signInBefore: "a@contoso.com",
  signInAfter: "a@contoso.com",
};

describe("renderNotify", () => {
  it("tells each person what changes and what to do, ready for a mail merge", () => {
    const text = renderNotify(
      planWith(
        { name: "Ana", side: "online", ...same, addressAfter: "ana@contoso.com", signInAfter: "ana@contoso.com" },
        { name: "Bob", side: "onPremises", ...same, signInAfter: "bob@contoso.com" },
      ),
    );
    expect(parse(text, { bom: true, columns: true })).toEqual([
      {
        name: "Ana",
        "old address": "a@contoso.com",
        "new address": "ana@contoso.com",
        "old sign-in": "a@contoso.com",
        "new sign-in": "ana@contoso.com",
        "what to do":
          "Mail goes out under ana@contoso.com: tell those who write to you. Sign in with ana@contoso.com on every device.",
      },
      {
        name: "Bob",
        "old address": "a@contoso.com",
        "new address": "a@contoso.com",
        "old sign-in": "a@contoso.com",
        "new sign-in": "bob@contoso.com",
        "what to do": "Log on in the office with bob@contoso.com.",
      },
    ]);
    expect(text.startsWith("\ufeff")).toBe(true);
  });

  it.each(hostileStrings)("%j as a name is no formula and breaks no row", (name) => {
    const file = renderNotify(planWith({ name, side: "online", ...same, signInAfter: name }));
    const rows: string[][] = parse(file, { bom: true });
    expect(rows).toHaveLength(2);
    expect(formulasIn(file)).toEqual([]);
    expect(readInertCell(rows[1]?.[0] ?? "")).toBe(Buffer.from(name).toString());
  });
});
