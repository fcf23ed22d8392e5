import {
  type Analysis,
  type AnalyzeOptions,
  analyze,
  type Diagnostic,
  type ReadOptions,
  readUsers,
  type SourceData,
  type SourceSummary,
  type User,
} from "../src/index.ts";

/** Reads one source to its end. */
export async function readAll(
  data: SourceData,
  options: ReadOptions & { readonly format?: string } = {},
): Promise<{ users: readonly User[]; diagnostics: readonly Diagnostic[]; summary: SourceSummary }> {
  const users: User[] = [];
  const { format } = options;
  for await (const item of readUsers({ name: "export", data, ...(format === undefined ? {} : { format }) }, options)) {
    if (item.type === "user") users.push(item.user);
    if (item.type === "summary") return { users, diagnostics: item.summary.diagnostics, summary: item.summary };
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

/** Analyzes one on-premises and one online export. */
export function analyzeText(
  onPremises: string,
  onlineText: string,
  options: Omit<AnalyzeOptions, "onPremises" | "online"> = {},
): Promise<Analysis> {
  return analyze({
    onPremises: [{ name: "ad.ldf", data: onPremises }],
    online: [{ name: "users.csv", data: onlineText }],
    ...options,
  });
}
