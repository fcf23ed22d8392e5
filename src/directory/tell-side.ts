import { formats } from "../formats/index.ts";
import { readUsers } from "../formats/reading/read-users.ts";
import type { Source, SourceFormat } from "../formats/reading/source.ts";
import type { Side, User } from "../model/user.ts";
import { peek, readBytes } from "../text/bytes.ts";
import { READ_APART } from "./separate-source.ts";

/** Enough to know a format, and who is in the file. */
const HEAD_LENGTH = 256 * 1024;

/**
 * Tells from the beginning of a source which side it is an export of; `undefined` where that cannot be told. The source that is
 * given back can be read, whatever was read of the other.
 *
 * @throws InputError as `readUsers` does.
 */
export async function tellSide(
  source: Source,
  columns: readonly string[] = [],
): Promise<{ readonly source: Source; readonly side: Side | undefined; readonly format: string }> {
  const { head, whole } = await beginningOf(source);
  const who = { isNamed: false, isOnline: false };
  let format: SourceFormat | undefined;
  for await (const item of readUsers(head, { maxBytes: HEAD_LENGTH, columns })) {
    if (item.type === "format") {
      format = item.format;
      const side = usualSideOf(format.format);
      if (side !== "either") return { source: whole, side, format: format.format };
    } else if (item.type === "user") look(item.user, who);
  }
  if (format === undefined) throw new Error("a source without a format");
  return { source: whole, side: sideOf(format, who), format: format.format };
}

function usualSideOf(format: string): Side | "either" {
  return formats.find(({ name }) => name === format)?.side ?? "either";
}

function look(user: User, who: { isNamed: boolean; isOnline: boolean }): void {
  if (user.distinguishedName) who.isNamed = true;
  if (user.objectId || user.immutableId || user.isSynchronized === true) who.isOnline = true;
}

/** A recipient of Exchange on-premises has a name of Active Directory; that of Exchange Online is left out where it is read. */
function sideOf(
  { columns = [] }: SourceFormat,
  { isNamed, isOnline }: { readonly isNamed: boolean; readonly isOnline: boolean },
): Side | undefined {
  if (isNamed !== isOnline) return isNamed ? "onPremises" : "online";
  return !isNamed && columns.some(({ field }) => field === "distinguishedName") ? "online" : undefined;
}

/** What comes once only is looked at by its first bytes, and goes on with them. */
async function beginningOf(source: Source): Promise<{ readonly head: Source; readonly whole: Source }> {
  const { data } = source;
  // A file is opened anew each time it is read.
  const canBeReadAgain = typeof data === "string" || data instanceof Uint8Array || data instanceof Blob;
  if (canBeReadAgain || READ_APART in source) return { head: source, whole: source };
  const { head, bytes } = await peek(readBytes(data), HEAD_LENGTH);
  return { head: { ...source, data: head }, whole: { ...source, data: bytes } };
}
