import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formats } from "../../src/formats/index.ts";
import { detectFormat } from "../../src/formats/reading/detect-format.ts";
import { readUsers, type User } from "../../src/index.ts";
import { contosoFiles } from "../fixtures/write-contoso.ts";

const root = new URL("../../", import.meta.url);
const files = readdirSync(new URL("src/formats/", root))
  .filter((name) => name.endsWith(".ts") && name !== "index.ts")
  .map((name) => name.replace(/\.ts$/, ""));

const samples: Readonly<Record<string, string>> = {
  ldif: contosoFiles["ad.ldf"] ?? "",
  csvde: contosoFiles["ad.csv"] ?? "",
  "msol-user": contosoFiles["msolusers.csv"] ?? "",
};

describe("every format", () => {
  it("has one file, named after it", () => {
    expect(formats.map(({ name }) => name).sort()).toEqual(files.sort());
  });

  it.each(files)("%s has a test of its own", (name) => {
    expect(existsSync(new URL(`test/formats/${name}.test.ts`, root))).toBe(true);
  });

  it.each(formats)("$name: exactly one format recognises its sample", ({ name }) => {
    const sample = samples[name];
    if (sample === undefined) throw new Error(`no sample for the format ${name}`);
    const head = sample.replace("\ufeff", "");
    const recognisedBy = formats.filter((format) => {
      try {
        return detectFormat(head, [format], { name: "sample" }).format === format;
      } catch {
        return false;
      }
    });
    expect(recognisedBy.map((format) => format.name)).toEqual([name]);
  });
});

describe("CSVDE and LDIF of the same people", () => {
  it("read to the same users", async () => {
    const fromLdif = await readAll("ad.ldf");
    const fromCsvde = await readAll("ad.csv");
    expect(fromLdif).toHaveLength(44);
    expect(fromCsvde.map(withoutBlanks)).toEqual(fromLdif.map(withoutBlanks));
  });
});

async function readAll(name: string): Promise<User[]> {
  const users: User[] = [];
  for await (const item of readUsers({ name: "ad", data: contosoFiles[name] ?? "" })) {
    if (item.type === "user") users.push(item.user);
  }
  return users;
}

/** A row of a table has blanks where a record of LDIF has nothing: that is the only difference. */
function withoutBlanks({ origin: _, ...user }: User): object {
  return Object.fromEntries(Object.entries(user).filter(([, value]) => value !== "" && String(value) !== ""));
}
