import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formats } from "../../src/formats/index.ts";
import { detectFormat } from "../../src/formats/reading/detect-format.ts";
import { readUsers, type User } from "../../src/index.ts";
import { people } from "../conformance/people.ts";
import { contosoFiles } from "../fixtures/write-contoso.ts";
import { producers } from "../writing/producers.ts";

const root = new URL("../../", import.meta.url);
const files = readdirSync(new URL("src/formats/", root))
  .filter((name) => name.endsWith(".ts") && name !== "index.ts")
  .map((name) => name.replace(/\.ts$/, ""));

/** What each format's producers write, as text. */
const samples = producers.flatMap(({ name, format, files: written }) =>
  Object.entries(written).map(([file, { write, shows = () => true }]) => {
    const content = Buffer.from(write(people.filter(shows)) as string);
    const isUtf16 = content[0] === 0xff && content[1] === 0xfe;
    const text = content.toString(isUtf16 ? "utf16le" : "utf8").replace("\ufeff", "");
    return { file: `${name}/${file}`, format, text: text.includes("\n") ? text : text.replaceAll("\r", "\n") };
  }),
);

describe("every format", () => {
  it("has one file, named after it", () => {
    expect(formats.map(({ name }) => name).sort()).toEqual(files.sort());
  });

  it.each(files)("%s has a test of its own", (name) => {
    expect(existsSync(new URL(`test/formats/${name}.test.ts`, root))).toBe(true);
  });

  it("has a sample", () => {
    expect([...new Set(samples.map(({ format }) => format))].sort()).toEqual(formats.map(({ name }) => name).sort());
  });

  it.each(samples)("$file: nearly all speaks for $format, whatever side it is given as", ({ format, text }) => {
    for (const side of [undefined, "onPremises", "online"] as const) {
      const detected = detectFormat(text, formats, { name: "sample", side });
      expect(detected.format.name).toBe(format);
      expect(detected.grammar === "ldif" || detected.isSure || side !== undefined).toBe(true);
    }
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
