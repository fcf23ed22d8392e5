import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyze, type User } from "../../src/index.ts";
import { openFile } from "../../src/node.ts";
import { readAll } from "../reading.ts";
import { hasSamba } from "../real-parts.ts";
import { type DirectoryObject, writeLdif } from "../writing/active-directory.ts";
import { writeMsolUsers } from "../writing/msol-users.ts";

const BASE = "DC=contoso,DC=local";
const OU = `OU=Équipe 日本,${BASE}`;
const photo = new Uint8Array(20_000).map((_, index) => index % 251);

/** Awkward people: commas, quotation marks, other scripts, spaces at the ends, a photo, a thousand addresses. */
const people: readonly (readonly [cn: string, name: string, attributes?: DirectoryObject["attributes"]])[] = [
  ["Ana Andrade", "ana"],
  ['Roe\\, Jane \\+ \\"JR\\"', "jane", { displayName: 'Roe, Jane + "JR"' }],
  ["Ærøskøbing Ñandú", "aero", { displayName: "Ærøskøbing 日本 😀 e\u0301" }],
  ["山田 花子", "hanako", { displayName: "山田 花子", description: "two\nlines" }],
  ["Łukasz Żółć", "lukasz", { description: " leading and trailing space " }],
  ["Photo Person", "photo", { thumbnailPhoto: photo }],
  ["L".repeat(64), "long", { displayName: "D".repeat(200), description: ": colon first" }],
  [
    "Many Addresses",
    "many",
    {
      proxyAddresses: [
        "SMTP:many@contoso.com",
        ...Array.from({ length: 1000 }, (_, index) => `smtp:many${index}@contoso.com`),
      ],
    },
  ],
  [
    "Case Person",
    "case",
    {
      proxyAddresses: [
        "smtp:MiXeD@Contoso.com",
        "SMTP:case@contoso.com",
        "smtp:ünï@bücher.example",
        "X400:C=US;A= ;P=Org;S=Case;",
      ],
    },
  ],
  ["No Mail", "nomail", { proxyAddresses: [] }],
];

const objects: readonly DirectoryObject[] = [
  { dn: OU, attributes: { objectClass: "organizationalUnit" } },
  ...people.map(([cn, name, attributes = {}]) => {
    const { proxyAddresses = [`SMTP:${name}@contoso.com`, `smtp:${name}.alias@contoso.com`], ...rest } = attributes;
    return {
      dn: `CN=${cn},${OU}`,
      attributes: {
        objectClass: "user",
        sAMAccountName: name,
        userPrincipalName: `${name}@contoso.com`,
        mail: `${name}@contoso.com`,
        ...rest,
        ...(proxyAddresses.length === 0 ? {} : { proxyAddresses }),
      },
    };
  }),
  {
    dn: `CN=All Staff,${OU}`,
    attributes: { objectClass: "group", sAMAccountName: "All Staff", mail: "ana@contoso.com" },
  },
  {
    dn: `CN=Partner Ü,${OU}`,
    attributes: { objectClass: "contact", mail: "partner@fabrikam.com", proxyAddresses: ["SMTP:partner@fabrikam.com"] },
  },
];

const online = writeMsolUsers(
  people.map(([, name]) => ({
    userPrincipalName: `${name}@contoso.com`,
    // Everybody had the alias made the primary online.
    proxyAddresses: [
      `SMTP:${name}.alias@contoso.com`,
      `smtp:${name}@contoso.com`,
      `smtp:${name}@contoso.onmicrosoft.com`,
    ],
  })),
);

describe.skipIf(!hasSamba)("a real directory, exported by ldbsearch and by ldapsearch over loopback", () => {
  const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-samba-"));
  const exports = { ldbsearch: join(folder, "ldbsearch.ldif"), ldapsearch: join(folder, "ldapsearch.ldif") };

  beforeAll(() => {
    const users = join(folder, "users.ldif");
    writeFileSync(users, writeLdif(objects, { newline: "\n", fold: 76, changetype: false }));
    execFileSync(fileURLToPath(new URL("samba/export-directory.sh", import.meta.url)), [folder, users], {
      stdio: "inherit",
    });
  }, 240_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  it("both exports are read without a problem, and differ as texts", async () => {
    for (const path of Object.values(exports)) {
      const { diagnostics, summary } = await readAll(readFileSync(path));
      expect(diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
      expect(summary.users).toBe(people.length);
    }
    expect(readFileSync(exports.ldbsearch, "utf8")).toMatch(/^objectGUID: [0-9a-f]{8}-/m);
    expect(readFileSync(exports.ldapsearch, "utf8")).toMatch(/^objectGUID:: /m);
  });

  it("give identical users: the same anchors, the same addresses, every letter of the names", async () => {
    const [fromLdb, fromLdap] = await Promise.all(
      Object.values(exports).map(async (path) => (await readAll(readFileSync(path))).users.map(comparable).sort(byId)),
    );
    expect(fromLdap).toEqual(fromLdb);
    const byName = new Map(fromLdb?.map((user) => [user["samAccountName"], user]));
    expect(byName.get("aero")).toMatchObject({
      displayName: "Ærøskøbing 日本 😀 e\u0301",
      distinguishedName: `CN=Ærøskøbing Ñandú,${OU}`,
    });
    expect(byName.get("hanako")).toMatchObject({ displayName: "山田 花子" });
    expect(byName.get("many")?.["proxyAddresses"]).toHaveLength(1001);
    for (const user of fromLdb ?? []) expect(user["sourceAnchor"]).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  });

  it("give identical mismatches", async () => {
    const [fromLdb, fromLdap] = await Promise.all(
      Object.values(exports).map(async (path) => {
        const analysis = await analyze({ onPremises: [openFile(path)], online: [{ name: "users.csv", data: online }] });
        return JSON.parse(JSON.stringify(analysis.mismatches, (key, value) => (key === "source" ? undefined : value)));
      }),
    );
    expect(fromLdap).toEqual(fromLdb);
    const kinds = (fromLdb as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "primary-smtp-change")).toHaveLength(people.length);
    expect(kinds).toContain("duplicate-address");
  });
});

function comparable({ origin: _, ...user }: User): Readonly<Record<string, unknown>> {
  const addresses = [...(user.proxyAddresses ?? [])].sort((one, other) => (one.address < other.address ? -1 : 1));
  return { ...user, ...(user.proxyAddresses === undefined ? {} : { proxyAddresses: addresses }) };
}

function byId(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): number {
  return String(one["id"]) < String(other["id"]) ? -1 : 1;
}
