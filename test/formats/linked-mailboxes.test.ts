import { expect, it } from "vitest";
import { leavesOpen } from "../../src/verdict.ts";
import { analyzeByService, ldif, online, readAll } from "../reading.ts";

const person = (name: string, type: string) => ({
  dn: `CN=${name},DC=contoso,DC=com`,
  objectGUID: "00112233-4455-6677-8899-aabbccddeeff",
  userPrincipalName: `${name}@contoso.com`,
  proxyAddresses: `SMTP:${name}.new@contoso.com`,
  msExchRecipientTypeDetails: type,
});

it("linked mailboxes are left out, and one warning counts them", async () => {
  const { users, summary, diagnostics } = await readAll(
    ldif(person("kai", "2"), person("lea", "2"), person("mia", "1")),
  );
  expect(users.map(({ id }) => id)).toEqual(["CN=mia,DC=contoso,DC=com"]);
  expect(summary.skipped).toEqual([{ reason: "linked-mailbox", count: 2 }]);
  expect(diagnostics).toMatchObject([{ code: "linked-mailboxes", severity: "warning" }]);
  expect(diagnostics[0]?.message).toMatch(/^2 linked mailboxes are left out/);
});

it("where all are, nothing is said of attributes that nobody can have", async () => {
  const { diagnostics } = await readAll(ldif(person("kai", "2")));
  expect(diagnostics.map(({ code }) => code)).toEqual(["linked-mailboxes"]);
  const row = { UserPrincipalName: "kai@contoso.com", ProxyAddresses: "SMTP:kai@contoso.com;smtp:kai.new@contoso.com" };
  for (const service of ["dirsync-v2", "entra-connect"] as const) {
    const { mismatches } = await analyzeByService(ldif(person("kai", "2")), online(row), { service });
    expect(mismatches.map(({ kind }) => kind)).toEqual(["unmatched-online"]);
  }
});

it("where all are, everything was checked, and the answer is sure; where others are left out too it is not", async () => {
  const row = { UserPrincipalName: "kai@contoso.com", ImmutableId: "", ProxyAddresses: "SMTP:kai@contoso.com" };
  const linked = await analyzeByService(ldif(person("kai", "2")), online(row));
  expect([linked.verdict.notChecked, leavesOpen(linked)]).toEqual([[], false]);
  const outOfScope = { ...person("lea", "1"), dn: "CN=lea,OU=Out,DC=contoso,DC=com" };
  const options = { excludeOu: ["OU=Out,DC=contoso,DC=com"] };
  for (const objects of [[outOfScope], [outOfScope, person("kai", "2")]])
    expect(leavesOpen(await analyzeByService(ldif(...objects), online(row), options))).toBe(true);
});
