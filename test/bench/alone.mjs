/** Reads one export of Active Directory, keeps its users, and ends: alone.mjs FILE */
import { streamAnalysis } from "../../dist/index.js";
import { openFile } from "../../dist/node.js";

const [, , path] = process.argv;

await streamAnalysis({
  onPremises: [openFile(path)],
  online: [{ name: "online", data: "UserPrincipalName,ProxyAddresses\na@contoso.com,SMTP:a@contoso.com\n" }],
  onPhase: (phase) => {
    if (phase === "match") process.exit(0);
  },
});
