/** A line of a source: what is told of any record or problem. */
interface Place {
  readonly name: string;
  readonly line?: number | undefined;
}

/** Says where something stands: `ad.ldf:12`, and in a container `exports.zip, users.csv, line 12`, `users.xlsx, sheet "Users", row 12`. */
export function placeOf({ name, line }: Place): string {
  if (line === undefined) return name;
  return name.includes(", ") ? `${name}, ${lineOf({ name, line })}` : `${name}:${line}`;
}

/** Says which line it is of a source whose name is told already: a sheet has rows. */
export function lineOf({ name, line }: Place): string {
  return `${/, sheet "[^"]*"$/.test(name) ? "row" : "line"} ${line}`;
}
