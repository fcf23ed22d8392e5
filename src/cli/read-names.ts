import { readFile } from "node:fs/promises";
import { UsageError } from "../model/errors.ts";
import { reasonOf } from "./reason.ts";

/** What stands between names: white space, and what separates the cells of a table. */
const BETWEEN = /[\s,;"'<>()]/;
const OBJECT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads the sign-in names and object ids in the file that an option names: a line each, or any columns of a table, such as
 * Get-MgDirectoryRoleMember or Get-MsolRoleMember make. Whatever else stands there is passed over.
 *
 * @throws UsageError if it cannot be read, or has none.
 */
export async function readNames(option: string, path: string): Promise<readonly string[]> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new UsageError(`${option} ${path} cannot be read: ${reasonOf(cause)}`, { cause });
  });
  // Windows PowerShell writes UTF-16 where it redirects.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  const words = new TextDecoder(encoding).decode(bytes).split(BETWEEN);
  const names = words.filter((word) => word.indexOf("@") > 0 || OBJECT_ID.test(word));
  if (names.length === 0) {
    throw new UsageError(
      `${option} ${path} names nobody: it holds no sign-in name and no object id; write one a line, or export Get-MgDirectoryRoleMember`,
    );
  }
  return [...new Set(names)];
}
