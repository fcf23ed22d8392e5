import { analyzeText, ldif, online } from "../reading.ts";

/** A company of one person for whom nothing changes, and of whom everything is known. */
export const unchanged = () =>
  analyzeText(
    ldif({
      userPrincipalName: "a@contoso.com",
      mail: "a@contoso.com",
      objectGUID: "d08f810b-a35c-49a8-a4cd-c6923dfc031e",
      userAccountControl: "512",
      proxyAddresses: "SMTP:a@contoso.com",
    }),
    online({
      UserPrincipalName: "a@contoso.com",
      ProxyAddresses: "SMTP:a@contoso.com",
      ImmutableId: "",
      BlockCredential: "False",
    }),
  );
