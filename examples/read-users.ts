// Reads one export, as a stream, without analyzing anything: who has no primary SMTP address?
import { primarySmtpAddress, readUsers } from "dirsync-preflight";
import { openFile } from "dirsync-preflight/node";

for await (const item of readUsers(openFile("examples/contoso/ad.ldf"))) {
  if (item.type === "format") console.log(`read as ${item.format.format}, because ${item.format.why}`);
  if (item.type === "user" && item.user.type === "user" && primarySmtpAddress(item.user) === undefined) {
    console.log(`${item.user.displayName} (line ${item.user.origin.line})`);
  }
  if (item.type === "summary") console.log(`${item.summary.users} users, ${item.summary.diagnostics.length} problems`);
}
