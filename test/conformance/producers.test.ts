import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formats } from "../../src/formats/index.ts";
import { createDirectory, InputError, inspectSource, renderInspection } from "../../src/index.ts";
import { readAll } from "../reading.ts";
import { type Person, truthOf } from "../writing/person.ts";
import { type ProducedFile, producers } from "../writing/producers.ts";
import { describeCommands, describeFields, describeProducers, realProducers } from "./catalogue.ts";
import { people } from "./people.ts";
import { comparable, expectTruth } from "./truth.ts";

/** Writes the fixtures and the table anew: `WRITE_CONFORMANCE=1 npx vitest run test/conformance/producers -u`. */
const writes = process.env["WRITE_CONFORMANCE"] === "1";
const here = new URL("./", import.meta.url);
const written = producers.flatMap((producer) =>
  Object.entries(producer.files).map(([name, file]) => ({ path: `${producer.name}/${name}`, producer, file })),
);
const real = realProducers.flatMap((producer) =>
  fixturesIn(producer.name).map((name) => ({ path: `${producer.name}/${name}`, producer })),
);

function fixturesIn(folder: string): readonly string[] {
  return readdirSync(new URL(`${folder}/`, here)).filter((name) => !name.endsWith(".inspect.txt"));
}

function peopleOf({ shows = () => true }: ProducedFile): readonly Person[] {
  return people.filter(shows);
}

function read(path: string): Uint8Array {
  return readFileSync(new URL(path, here));
}

/** Whom a file cannot show: who has no mailbox, what a code page lacks, what a script does not quote. All others are in it. */
const NOT_SHOWN: Readonly<Record<string, readonly string[]>> = {
  "entra-portal/exportUsers-shifted.csv": ["oneil"],
  "entra-portal/exportUsers.csv": ["oneil"],
  "exchange/mailboxes-on-premises.csv": ["nomail"],
  "exchange/mailboxes-online.csv": ["nomail"],
  "exchange/recipients.csv": ["nomail"],
  "get-aduser/row-per-address.txt": ["roej", "oneil", "nomail"],
  "get-msoluser/saved-by-excel.csv": ["hanako"],
  "staged-migration/cloud.csv": ["nomail"],
};

describe("files as their producers write them", () => {
  it("show everybody but those who are named here", () => {
    const notShown = written.map(({ path, file }) => [
      path,
      people.filter((person) => !peopleOf(file).includes(person)).map(({ key }) => key),
    ]);
    expect(Object.fromEntries(notShown.filter(([, keys]) => keys?.length !== 0))).toEqual(NOT_SHOWN);
  });

  it.each(written)("$path is what test/writing/producers.ts writes", ({ path, producer, file }) => {
    const content = Buffer.from(file.write(peopleOf(file)) as string);
    if (writes) {
      mkdirSync(new URL(`${producer.name}/`, here), { recursive: true });
      writeFileSync(new URL(path, here), content);
    }
    expect(read(path)).toEqual(content);
  });

  it.each(written)("$path is recognised, and tells of everybody what is true", async ({ path, producer, file }) => {
    const { users, summary } = await readAll(read(path));
    expect(summary.format).toBe(producer.format);
    expect(summary.couldBe).toBeUndefined();
    expect([...new Set(summary.diagnostics.map(({ code }) => code))].sort()).toEqual(file.diagnostics ?? []);
    expect(users).toHaveLength(peopleOf(file).length);
    for (const [index, person] of peopleOf(file).entries()) expectTruth(users[index], person, producer, file);
  });

  it.each([...written, ...real])("inspect $path", async ({ path }) => {
    const inspection = await inspectSource({ name: path, data: read(path) });
    await expect(renderInspection(inspection)).toMatchFileSnapshot(`${path}.inspect.txt`);
  });
});

describe("files that real programs wrote", () => {
  const complete = real.filter(({ path }) => !/slice/.test(path));

  it.each(complete)("$path tells of everybody what is true", async ({ path, producer }) => {
    const { users } = await readAll(read(path));
    const known = new Map(users.map((user) => [user.samAccountName ?? user.distinguishedName?.split(/[=,]/)[1], user]));
    for (const person of people) {
      const { displayName, userPrincipalName, mail, proxyAddresses, isEnabled } = truthOf(person);
      const truth =
        producer.name === "slapcat"
          ? { displayName, mail }
          : { displayName, userPrincipalName, mail, proxyAddresses, isEnabled };
      const user = known.get(person.key);
      for (const [field, value] of Object.entries(comparable(truth))) {
        const shown = comparable(user ?? {})[field] ?? (field === "proxyAddresses" ? [] : "");
        expect([person.key, field, shown]).toEqual([person.key, field, value]);
      }
    }
  });

  it("two files of slices are one object with all its addresses", async () => {
    const parts = await Promise.all(
      ["ldapsearch/slice-1.ldif", "ldapsearch/slice-2.ldif"].map(async (path) => {
        const { users, summary } = await readAll(read(path));
        expect(summary.diagnostics.map(({ code }) => code)).toContain("range-incomplete");
        return { users, fields: summary.fields };
      }),
    );
    const repeats: unknown[] = [];
    const directory = createDirectory(parts, (_, diagnostic) => repeats.push(diagnostic));
    expect(directory.size).toBe(1);
    expect(directory.user(0).proxyAddresses).toHaveLength(26);
    expect(repeats).toEqual([undefined]);
  });
});

describe("files that are sent by mistake", () => {
  it.each(fixturesIn("mistaken"))("%s is answered with what to send instead", async (name) => {
    const error = await readAll(read(`mistaken/${name}`)).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof InputError)) throw new Error(`${name} was read`, { cause: error });
    expect(["mistaken-file", "nothing-read", "unreadable"]).toContain(error.code);
    const answer = `${error.message.replace(/^export/, name)}\n${error.hint ?? ""}\n`;
    await expect(answer).toMatchFileSnapshot(`mistaken/${name}.inspect.txt`);
  });
});

describe("docs/formats.md", () => {
  it.each([
    ["producers", describeProducers],
    ["commands", describeCommands],
    ["fields", describeFields],
  ])("lists all %s", (name, describeAll) => {
    const path = new URL("../../docs/formats.md", here);
    const [before = "", rest = ""] = readFileSync(path, "utf8").split(`<!-- ${name} -->\n`);
    const after = rest.slice(rest.indexOf(`<!-- end of ${name} -->`));
    const whole = `${before}<!-- ${name} -->\n${describeAll()}${after}`;
    if (writes) writeFileSync(path, whole);
    expect(readFileSync(path, "utf8")).toBe(whole);
  });

  it("the commands in the README are those of the code", () => {
    const readme = readFileSync(new URL("../../README.md", here), "utf8");
    for (const { name, exportCommand } of formats) {
      if (["ldif", "csvde", "msol-user"].includes(name)) expect(readme).toContain(`\n${exportCommand}\n`);
    }
  });

  it("every folder here is one of a producer", () => {
    const known = [...producers, ...realProducers].map(({ name }) => name);
    const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const others = folders.map(({ name }) => name).filter((name) => !known.includes(name));
    expect(others.sort()).toEqual(["mistaken", "samba"]);
    for (const name of known) expect(existsSync(new URL(`${name}/`, here))).toBe(true);
  });
});
