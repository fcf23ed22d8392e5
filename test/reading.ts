import {
  type AnalyzeOptions,
  analyze,
  type Diagnostic,
  type LiveAnalysis,
  type PartialReadOptions,
  readUsers,
  type Source,
  type SourceData,
  type SourceSummary,
  type User,
} from "../src/index.ts";

/** What is said of an export that lacks a column, as most samples of a few lines do. */
const OF_MISSING_COLUMNS = new Set(["no-addresses", "no-object-guid"]);

/** Reads one source to its end; `diagnostics` are those of its content, not of what the small sample lacks. */
export async function readAll(
  data: SourceData,
  options: PartialReadOptions & Pick<Source, "format" | "encoding"> = {},
): Promise<{ users: readonly User[]; diagnostics: readonly Diagnostic[]; summary: SourceSummary }> {
  const users: User[] = [];
  const { format, encoding, ...others } = options;
  const source = {
    name: "export",
    data,
    ...(format === undefined ? {} : { format }),
    ...(encoding === undefined ? {} : { encoding }),
  };
  for await (const item of readUsers(source, others)) {
    if (item.type === "user") users.push(item.user);
    if (item.type === "summary") {
      const diagnostics = item.summary.diagnostics.filter(({ code }) => !OF_MISSING_COLUMNS.has(code));
      return { users, diagnostics, summary: item.summary };
    }
  }
  throw new Error("no summary");
}

/** The attributes of an invented on-premises object; `dn` defaults to a name made of the first attribute. */
export type Attributes = Readonly<Record<string, string | readonly string[]>>;

/** Writes objects as plain LDIF. */
export function ldif(...objects: Attributes[]): string {
  return objects
    .map(({ dn = "CN=Ana,OU=Staff,DC=contoso,DC=com", ...attributes }) => {
      const lines = Object.entries({ objectClass: "user", ...attributes }).flatMap(([name, values]) =>
        [values].flat().map((value) => `${name}: ${value}\n`),
      );
      return `dn: ${String(dn)}\n${lines.join("")}\n`;
    })
    .join("");
}

/** Writes online users as a table of UserPrincipalName, ProxyAddresses and further columns. */
export function online(...users: Readonly<Record<string, string>>[]): string {
  const names = [...new Set(["UserPrincipalName", "ProxyAddresses", ...users.flatMap((user) => Object.keys(user))])];
  return [names, ...users.map((user) => names.map((name) => `"${user[name] ?? ""}"`))]
    .map((row) => `${row.join(",")}\n`)
    .join("");
}

/** Analyzes one on-premises and one online export; sign-in names flow, unless an option says otherwise, as they do for everybody today. */
export function analyzeText(
  onPremises: string,
  onlineText: string,
  options: Omit<AnalyzeOptions, "onPremises" | "online"> = {},
): Promise<LiveAnalysis> {
  return analyzeByService(onPremises, onlineText, { upnFlow: "always", ...options });
}

/** Analyzes them as a service does: none of its settings is overruled, unless an option does so. */
export function analyzeByService(
  onPremises: string,
  onlineText: string,
  options: Omit<AnalyzeOptions, "onPremises" | "online"> = {},
): Promise<LiveAnalysis> {
  return analyze({
    onPremises: [{ name: "ad.ldf", data: onPremises }],
    online: [{ name: "users.csv", data: onlineText }],
    ...options,
  });
}
