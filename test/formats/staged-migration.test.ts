import { describe, expect, it } from "vitest";
import { readAll } from "../reading.ts";

describe("cloud.csv of a staged migration", () => {
  it("gives addresses, and says that nobody's primary is known", async () => {
    const { users, summary } = await readAll(
      "LegacyExchangeDN,CloudEmailAddress,OnPremiseEmailAddress\n/o=x, y/cn=a,a@x.onmicrosoft.com,a@x.com\n/o=x/cn=b,,\n",
    );
    expect(users).toMatchObject([
      {
        id: "a@x.com",
        proxyAddresses: [
          { type: "SMTP", address: "a@x.com", primary: false },
          { type: "SMTP", address: "a@x.onmicrosoft.com", primary: false },
          { type: "X500", address: "/o=x, y/cn=a", primary: true },
        ],
      },
    ]);
    expect(summary.diagnostics.map(({ code, line }) => [code, line])).toEqual([
      ["row-realigned", 2],
      ["no-user-principal-name", 3],
      ["no-primary-marks", undefined],
    ]);
    expect(summary.fields).not.toContain("primarySmtpAddress");
  });
});
