import { expect, it } from "vitest";
import { keptNamesOf } from "../../src/predict/kept-names.ts";
import { analyzeByService, ldif, online } from "../reading.ts";

it("what was found of a pair is not taken for that of another one", async () => {
  const ana = { userPrincipalName: "ana@contoso.com", proxyAddresses: "SMTP:ana@contoso.com" };
  const { comparison } = await analyzeByService(
    ldif(ana),
    online(
      { UserPrincipalName: "ana@contoso.com", ProxyAddresses: "SMTP:ana@contoso.com;smtp:a@contoso.onmicrosoft.com" },
      { UserPrincipalName: "kim@contoso.com", ProxyAddresses: "SMTP:kim@contoso.com;smtp:k@contoso.onmicrosoft.com" },
    ),
  );
  const names = keptNamesOf(comparison.directories, comparison.tenant);
  expect([names.has(0, 0), names.has(0, 1), names.has(0, 0), names.hasWithInitial(0, 0)]).toEqual([
    true,
    false,
    true,
    true,
  ]);
});
