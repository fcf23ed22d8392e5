import { describe, expect, it } from "vitest";
import { readAll } from "../reading.ts";

describe("the user list of the BPOS administration center", () => {
  it("has a sign-in name and one address, which is no list of them", async () => {
    const { users, summary } = await readAll(
      "User Name;First Name;Last Name;Display Name;E-mail address\na@x.com;Ana;A;Ana A;A@x.com\n",
    );
    expect(users).toMatchObject([{ userPrincipalName: "a@x.com", displayName: "Ana A", mail: "A@x.com" }]);
    expect(users[0]?.proxyAddresses).toBeUndefined();
    expect(summary.diagnostics).toMatchObject([{ code: "no-addresses" }]);
  });
});
