// For bundlers that make something for a browser: no file system, no Node.
import { analyze } from "dirsync-preflight";

const { mismatches } = await analyze({
  onPremises: [
    { name: "ad.ldf", data: "dn: CN=Ana,DC=contoso,DC=com\nobjectClass: user\nproxyAddresses: SMTP:ana@contoso.com\n" },
  ],
  online: [
    {
      name: "users.csv",
      data: new Blob(["UserPrincipalName,ProxyAddresses\na@contoso.com,SMTP:a@contoso.com;smtp:ana@contoso.com\n"]),
    },
  ],
});
if (mismatches[0]?.kind !== "primary-smtp-change") throw new Error(JSON.stringify(mismatches));
console.log("browser ok");
