import { describe, expect, it } from "vitest";
import { analyze, renderReport } from "../../src/index.ts";
import { palette } from "../../src/reports/style.ts";
import { ldif, online } from "../reading.ts";

/** The lines at whose end a colour is left. */
const coloured = (text: string) =>
  text.split("\n").filter((line) => {
    const open = new Set<string>();
    for (const [, code = ""] of line.matchAll(/\u001b\[(\d+)m/g)) {
      if (code === "39") for (const colour of ["31", "32", "33", "34"]) open.delete(colour);
      else if (code === "22") for (const weight of ["1", "2"]) open.delete(weight);
      else open.add(code);
    }
    return open.size > 0;
  });

describe("a line on a terminal", () => {
  it("ends without a colour, of whatever several lines are painted", () => {
    const colors = palette(true);
    for (const paint of Object.values(colors)) expect(coloured(paint("one\ntwo\n\nthree"))).toEqual([]);
    expect(colors.red("one\ntwo")).toBe("\u001b[31mone\u001b[39m\n\u001b[31mtwo\u001b[39m");
    expect(palette(false).red("one\ntwo")).toBe("one\ntwo");
  });

  it("ends without a colour in a whole report", async () => {
    const analysis = await analyze({
      onPremises: [{ name: "ad.ldf", data: ldif({ mail: "a@contoso.com", proxyAddresses: "SMTP:b@contoso.com" }) }],
      online: [
        {
          name: "users.csv",
          data: online({ UserPrincipalName: "c@contoso.com", ProxyAddresses: "smtp:b@contoso.com" }),
        },
      ],
    });
    const text = renderReport(analysis, "text", { color: true, width: 60 });
    expect(text).toContain("\u001b[2mInferred: ");
    expect(coloured(text)).toEqual([]);
  });
});
