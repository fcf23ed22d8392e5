// Lists who will send mail under another address: the library in its smallest use.
import { analyze } from "dirsync-preflight";
import { openFile } from "dirsync-preflight/node";

const analysis = await analyze({
  onPremises: [openFile("examples/contoso/ad.ldf")],
  online: [openFile("examples/contoso/msolusers.csv")],
});

for (const mismatch of analysis.mismatches) {
  // `kind` narrows the type: before and after are known here.
  if (mismatch.kind === "primary-smtp-change" && !mismatch.caseOnly) {
    console.log(`${mismatch.online?.displayName}: ${mismatch.before} → ${mismatch.after}`);
  }
}
