// A gate in a migration pipeline: fails on errors, tells the operator what is wrong with his files.
import { analyze, InputError, renderReport } from "dirsync-preflight";
import { openFile } from "dirsync-preflight/node";

try {
  const analysis = await analyze({
    onPremises: [openFile("examples/contoso/ad.csv")],
    online: [openFile("examples/contoso/msolusers.csv")],
    verifiedDomains: ["contoso.com"],
    initialDomain: "contoso.onmicrosoft.com",
    kinds: ["ambiguous-match", "duplicate-address"],
  });
  console.log(renderReport(analysis, "text", { width: 100 }));
  const blocking = analysis.mismatches.filter(({ severity }) => severity === "error");
  console.log(blocking.length === 0 ? "go" : `no go: ${blocking.length} to be resolved first`);
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message, error.hint ?? "");
  process.exitCode = 2;
}
