import type { LiveAnalysis } from "../src/index.ts";
import { analyzeText, online } from "./reading.ts";

/** A company with a change, an alias that gets lost and a duplicate; one name everywhere. */
export function companyOf(name: string): Promise<LiveAnalysis> {
  const text = new TextDecoder().decode(new TextEncoder().encode(name));
  const dn = (cn: string) => `:: ${Buffer.from(`CN=${cn}${text},DC=contoso,DC=com`).toString("base64")}`;
  // A NUL in a CSV is no text but a lost block of the file: another control character stands in for it, on both sides.
  const shown = text.replaceAll("\0", "\u0001");
  const display = `:: ${Buffer.from(shown).toString("base64")}`;
  const record = (cn: string, ...lines: string[]) => `dn${dn(cn)}\nobjectClass: user\n${lines.join("\n")}\n\n`;
  return analyzeText(
    record("1", `displayName${display}`, "proxyAddresses: SMTP:ana@contoso.com", "proxyAddresses: smtp:a@contoso.com") +
      record("2", `displayName${display}`, "proxyAddresses: SMTP:both@contoso.com") +
      record(
        "3",
        `displayName${display}`,
        "proxyAddresses: SMTP:c@contoso.com",
        "proxyAddresses: smtp:both@contoso.com",
      ),
    online({
      UserPrincipalName: "a@contoso.com",
      ObjectId: "o1",
      DisplayName: shown.replaceAll('"', '""'),
      ProxyAddresses: "SMTP:a@contoso.com;smtp:ana@contoso.com;smtp:old@contoso.com",
    }),
  );
}
