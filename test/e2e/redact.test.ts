import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { reportFormats } from "../../src/index.ts";
import { ldif, online } from "../reading.ts";
import { runCommandLine } from "./command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "dirsync-preflight-redact-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** The name that must not be seen, in all that it can stand in, and some of it damaged. */
const NAME = /xylo|quar/i;
const users = {
  dn: 'CN="Quarx, Xylo",OU=Quarx,DC=xylo,DC=contoso,DC=com',
  displayName: "Xylo Quarx",
  mailNickname: "xylo quarx",
  userPrincipalName: "xylo@xylo.quarx",
  proxyAddresses: [
    "SMTP:xylo@xylo.contoso.com",
    "smtp:x@xylo.contoso.com",
    "smtp:a@xylo.contoso.com (Quarx)",
    "QUARX:xylo",
  ],
};
const sides = [
  "analyze",
  "--on-premises",
  file("xylo.ldf", `${ldif(users, { ...users, dn: "CN=x,DC=xylo,DC=contoso,DC=com" })}xylo quarx\n\nquarx: 1\n\n`),
  "--online",
  file(
    "quarx.csv",
    `${online({ UserPrincipalName: "x@xylo.contoso.com", DisplayName: "Xylo Quarx", ObjectId: "Quarx", ProxyAddresses: "SMTP:x@xylo.contoso.com;smtp:xylo@xylo.contoso.com;smtp:q@quarx" })}Quarx,"\n`,
  ),
  "--fail-on",
  "never",
];
const withKey = [...sides, "--redact", "--redact-key", "a key of this test"];

describe("--redact", () => {
  it.each(reportFormats.filter((format) => format !== "xlsx"))("shows no name in %s, nor beside it", async (format) => {
    const clear = await runCommandLine([...sides, "--format", format, "--verbose"]);
    expect(clear.stdout).toMatch(NAME);
    const { status, stdout, stderr } = await runCommandLine([...sides, "--redact", "--format", format, "--verbose"]);
    expect(status).toBe(0);
    expect(stdout.replace(/<(style|details)>[\s\S]*?<\/\1>/g, "")).not.toMatch(NAME);
    expect(stderr).not.toMatch(NAME);
  });

  it("saves what is accepted with pseudonyms too, and knows it again under the same key", async () => {
    const accepted = join(folder, "accepted.json");
    expect((await runCommandLine([...withKey, "--write-accept", accepted])).status).toBe(0);
    const saved = readFileSync(accepted, "utf8");
    expect(saved).not.toMatch(NAME);
    const count = JSON.parse(saved).mismatches.length;
    expect(count).toBeGreaterThan(2);
    for (const format of ["text", "json"]) {
      const again = await runCommandLine([...withKey, "--accept", accepted, "--format", format]);
      expect(again.status).toBe(0);
      expect(again.stdout).toMatch(
        format === "text" ? `${count} accepted findings not listed again, 0 gone` : `"hidden": ${count}`,
      );
    }
  });

  it("hides what was accepted by name, and shows no name", async () => {
    const accepted = join(folder, "by-name.json");
    await runCommandLine([...sides, "--write-accept", accepted]);
    expect(readFileSync(accepted, "utf8")).toMatch(NAME);
    const other = file("by-name-and-gone.json", readFileSync(accepted, "utf8").replaceAll('"Quarx"', '"Quarxx"'));
    const { stdout } = await runCommandLine([...sides, "--accept", other, "--redact", "--format", "json"]);
    expect(JSON.parse(stdout).accepted.gone.length).toBeGreaterThan(0);
    expect(stdout).not.toMatch(NAME);
  });

  it.each([
    ["a key that is forgotten", [...sides, "--redact", "--write-accept", "new.json"], "give --redact-key TEXT"],
    ["an empty key", [...sides, "--redact", "--redact-key", ""], "the key of pseudonyms is empty"],
    ["pseudonyms, and names", [...sides, "--accept", "accepted.json"], "--redact with --redact-key"],
    [
      "another key",
      [...sides, "--redact", "--redact-key", "another", "--accept", "accepted.json"],
      "known again only under the key of that time",
    ],
    ["domains that are kept", [...withKey, "--redact-keep-domains", "--accept", "accepted.json"], "in the same way"],
  ])("refuses %s, before anything is done", async (_, args, message) => {
    const { status, stdout, stderr } = await runCommandLine(
      args.map((one) => (one.endsWith(".json") ? join(folder, one) : one)),
    );
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});
