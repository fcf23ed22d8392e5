import { formats } from "../../src/formats/index.ts";
import { attributeNames, attributeRule } from "../../src/formats/reading/active-directory.ts";
import { type ColumnRule, columnKey } from "../../src/formats/reading/define-format.ts";
import { fieldNames } from "../../src/model/fields.ts";
import { type Producer, producers } from "../writing/producers.ts";

/** A producer whose files here are its own work, of invented people. */
export type RealProducer = Pick<Producer, "name" | "title" | "format" | "special">;

/** Programs that were run here: the folders hold what they wrote (test/conformance/samba and docs/architecture.md say how). */
export const realProducers: readonly RealProducer[] = [
  {
    name: "ldapsearch",
    title: "ldapsearch (OpenLDAP) against a Samba directory",
    format: "ldif",
    special: "comments and folds at 79, search references, a trailer with the result; `-L`, `-LLL`, unfolded, slices",
  },
  {
    name: "ldbsearch",
    title: "ldbsearch (Samba)",
    format: "ldif",
    special: "`# record N`, raw UTF-8 in the DN, objectGUID as text, a trailer",
  },
  {
    name: "slapcat",
    title: "slapcat (OpenLDAP)",
    format: "ldif",
    special: "inetOrgPerson without proxyAddresses; operational attributes",
  },
];

const SIDES = { onPremises: "on-premises", online: "online", either: "either" } as const;

/** Writes the table of producers for docs/formats.md, its columns aligned. */
export function describeProducers(): string {
  const rows = [...producers, ...realProducers].map(({ title, format, special, name }) => {
    const side = formats.find((candidate) => candidate.name === format)?.side ?? "either";
    return [title, `\`${format}\``, SIDES[side], special, `[files](../test/conformance/${name})`].map((cell) =>
      cell.replaceAll("|", "\\|"),
    );
  });
  return table(["made by", "format", "side", "what is special", "examples"], rows);
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, column) =>
    Math.max(...[name, ...rows.map((row) => row[column] ?? "")].map((cell) => cell.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  return `\n${line(header)}${line(widths.map((width) => "-".repeat(width)))}${rows.map(line).join("")}\n`;
}

/** Writes the fields of a user, with the attributes and the columns that feed them. */
export function describeFields(): string {
  const rows = fieldNames.map((field) => {
    const attributes = attributeNames.filter((name) => attributeRule(name).field === field);
    const columns = formats.flatMap((format) =>
      format.grammar === "table" && format.side !== "onPremises"
        ? Object.values<ColumnRule>(format.columns).filter((column) => column.field === field)
        : [],
    );
    const names = new Map(columns.flatMap(({ names: all }) => all).map((name) => [columnKey(name), `\`${name}\``]));
    return [`\`${field}\``, attributes.map((name) => `\`${name}\``).join(", "), [...names.values()].join(", ")];
  });
  return table(["field", "Active Directory", "columns online"], rows);
}

/** Writes the command that makes a full export, format by format; formats with the same command share it. */
export function describeCommands(): string {
  const commands = new Map<string, string[]>();
  for (const { exportCommand, name } of formats) {
    commands.set(exportCommand, [...(commands.get(exportCommand) ?? []), `\`${name}\``]);
  }
  const blocks = Array.from(commands, ([command, names]) => {
    const language = /^(?:ldifde|csvde)/.test(command) ? "bat" : "powershell";
    return `${names.join(", ")}:\n\n\`\`\`${language}\n${command}\n\`\`\`\n`;
  });
  return `\n${blocks.join("\n")}\n`;
}
