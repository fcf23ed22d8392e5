import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyze, type LiveAnalysis, planRemedies, renderChangeFile, type User, undoSteps } from "../../src/index.ts";
import { readAll } from "../reading.ts";
import { hasSamba } from "../real-parts.ts";
import { writeLdif } from "../writing/active-directory.ts";
import { writeMsolUsers } from "../writing/msol-users.ts";

const BASE = "DC=contoso,DC=local";
const OU = `OU=Équipe 日本,${BASE}`;
const many = Array.from({ length: 2000 }, (_, index) => `smtp:many.${index}@contoso.com`);

/** People for whom Active Directory and the service disagree: name, addresses on-premises, primary online and further aliases. */
const people: readonly (readonly [
  cn: string,
  name: string,
  addresses: readonly string[],
  online: string,
  upn: string,
])[] = [
  ["Ana Andrade", "ana", ["SMTP:ana@contoso.com"], "ana.andrade@contoso.com", "ana.andrade@contoso.com"],
  [
    'Roe\\, Jane \\+ \\"JR\\"',
    "jane",
    ["SMTP:jane@contoso.com", "smtp:j.roe@contoso.com"],
    "j.roe@contoso.com",
    "jane@contoso.com",
  ],
  // A name that LDIF needs base64 for.
  [
    "Søren Ærø",
    "soren",
    ["SMTP:soren.old@contoso.com", "X500:/o=Contoso/ou=Ærø/cn=søren"],
    "s.aeroe@contoso.com",
    "soren@contoso.com",
  ],
  // Two people whose addresses and sign-in names were swapped.
  ["Kim Lee", "kim", ["SMTP:lee@contoso.com"], "lee2@contoso.com", "lee2@contoso.com"],
  ["Lee Kim", "lee", ["SMTP:lee2@contoso.com"], "lee@contoso.com", "lee@contoso.com"],
  ["Many Addresses", "many", ["SMTP:many@contoso.com", ...many], "many.1999@contoso.com", "many@contoso.com"],
  ["No Change", "same", ["SMTP:same@contoso.com"], "same@contoso.com", "same@contoso.com"],
];
const UPNS: Readonly<Record<string, string>> = { kim: "lee@contoso.com", lee: "lee2@contoso.com" };
const CHANGES = ["primary-smtp-change", "upn-change", "alias-removed"] as const;

describe.skipIf(!hasSamba)("the plan on a real directory", () => {
  const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-plan-"));
  const sam = join(folder, "dc/private/sam.ldb");
  const script = (name: string): string => fileURLToPath(new URL(`samba/${name}`, import.meta.url));
  let online = "";

  /** Exports from the database files, as an administrator would between two steps. */
  const exportDirectory = (): string =>
    execFileSync("ldbsearch", ["-H", sam, "-b", BASE, "(|(objectCategory=person)(objectCategory=group))"], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
  const analyzeNow = (text: string): Promise<LiveAnalysis> =>
    analyze({
      onPremises: [{ name: "ad.ldif", data: text }],
      online: [{ name: "users.csv", data: online }],
      upnFlow: "always",
    });
  const usersOf = async (text: string): Promise<readonly unknown[]> => {
    const { users } = await readAll(text);
    return users.map(comparable).toSorted((one, other) => (String(one["id"]) < String(other["id"]) ? -1 : 1));
  };
  const count = (analysis: LiveAnalysis): number =>
    CHANGES.reduce((sum, kind) => sum + (analysis.summary.byKind[kind] ?? 0), 0);

  const byLdbmodify = (path: string): number => {
    const output = execFileSync("ldbmodify", ["-H", sam, path], { encoding: "utf8" });
    return Number(/Modified (\d+) records/.exec(output)?.[1]);
  };
  const byLdapmodify = (path: string): number => {
    const command = 'ldapmodify -x -H "$LDAP_URI" -D "$LDAP_USER" -w "$LDAP_PASSWORD" -f "$0"';
    const output = execFileSync(script("over-ldap.sh"), [folder, "bash", "-c", command, path], { encoding: "utf8" });
    return output.split("modifying entry").length - 1;
  };

  beforeAll(async () => {
    const users = join(folder, "users.ldif");
    const objects = people.map(([cn, name, proxyAddresses]) => ({
      dn: `CN=${cn},${OU}`,
      attributes: {
        objectClass: "user",
        sAMAccountName: name,
        userPrincipalName: UPNS[name] ?? `${name}@contoso.com`,
        mail: (proxyAddresses[0] ?? "").slice("SMTP:".length),
        proxyAddresses,
      },
    }));
    writeFileSync(
      users,
      writeLdif([{ dn: OU, attributes: { objectClass: "organizationalUnit" } }, ...objects], {
        newline: "\n",
        fold: 76,
        changetype: false,
      }),
    );
    execFileSync(script("export-directory.sh"), [folder, users], { stdio: "inherit" });
    const { users: exported } = await readAll(exportDirectory());
    const anchors = new Map(exported.map((user) => [user.samAccountName, user.sourceAnchor ?? ""]));
    online = writeMsolUsers(
      people.map(([, name, addresses, primary, upn]) => {
        // Online everybody has the same addresses with another one as primary; the two Lees have each other's.
        const own = addresses
          .map((address) => address.replace(/^SMTP:/, "smtp:"))
          .filter((address) => /^smtp:/.test(address));
        const others = name in UPNS ? [] : own.filter((address) => address !== `smtp:${primary}`);
        return {
          userPrincipalName: upn,
          objectId: `id-${name}`,
          immutableId: anchors.get(name) ?? "",
          proxyAddresses: [`SMTP:${primary}`, ...others, `smtp:${name}@contoso.onmicrosoft.com`],
        };
      }),
    );
  }, 240_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ["ldbmodify, on the files", byLdbmodify],
    ["ldapmodify, over LDAP", byLdapmodify],
  ])(
    "applied with %s leaves nothing to find, and undo puts everything back",
    async (_, apply) => {
      const before = exportDirectory();
      const analysis = await analyzeNow(before);
      expect(count(analysis)).toBeGreaterThan(8);
      const plan = planRemedies(analysis, { authority: "online" });
      expect(plan.steps.some(({ isInterim }) => isInterim)).toBe(true);
      expect(plan.undecided.filter(({ mismatch }) => (CHANGES as readonly string[]).includes(mismatch.kind))).toEqual(
        [],
      );

      const [change, undo] = [join(folder, "change-ad.ldf"), join(folder, "undo-ad.ldf")];
      writeFileSync(change, renderChangeFile(plan.steps));
      writeFileSync(undo, renderChangeFile(undoSteps(plan.steps)));
      expect(readFileSync(change, "utf8")).toMatch(/^dn:: /m);
      expect(apply(change)).toBe(plan.steps.length);
      const after = await analyzeNow(exportDirectory());
      expect(count(after)).toBe(0);
      expect(after.summary.matched).toBe(people.length);

      expect(apply(undo)).toBe(plan.steps.length);
      expect(await usersOf(exportDirectory())).toEqual(await usersOf(before));
    },
    120_000,
  );
});

/** Every attribute that the model reads, but for when the object was changed. */
function comparable({ origin: _origin, whenChanged: _whenChanged, ...user }: User): Readonly<Record<string, unknown>> {
  const addresses = (user.proxyAddresses ?? []).map(
    ({ type, address, primary }) => `${primary ? type : type.toLowerCase()}:${address}`,
  );
  return { ...user, proxyAddresses: addresses.toSorted() };
}
