import type { Directory } from "../../directory/directory.ts";
import { type CodeSet, codeSet, EVERY_CODE } from "../../directory/user-row.ts";
import { addressKey, formatProxyAddress } from "../../model/address.ts";
import { fieldCodes, readView, UserView } from "../../model/user-view.ts";
import type { CheckedAttribute } from "../../model/value-rules.ts";

/** Where a value must be unique: the mailbox addresses of all attributes together, else its attribute. */
type ValueSpace = "address" | CheckedAttribute;

/** A value that one object is to get. */
export interface ProposedValue {
  readonly index: number;
  readonly space: ValueSpace;
  readonly value: string;
}

/** Names a value where it must be unique; letter case does not count. */
export function valueKey({ space, value }: Pick<ProposedValue, "space" | "value">): string {
  return `${space}\0${addressKey(value.trim())}`;
}

/**
 * Finds which of some values cannot be given: two objects are to get them, or another object has them. Mailbox addresses of
 * others are not looked for: the index of addresses tells of them at once.
 */
export function findTakenValues(directory: Directory, proposed: readonly ProposedValue[]): ReadonlySet<string> {
  const owners = new Map<string, number>();
  const taken = new Set<string>();
  for (const one of proposed) {
    const key = valueKey(one);
    const owner = owners.get(key);
    if (owner !== undefined && owner !== one.index) taken.add(key);
    owners.set(key, one.index);
  }
  const spaces = new Set(proposed.map(({ space }) => space));
  const codes = codesOf(spaces);
  const view = new UserView();
  const { size, table } = directory;
  for (let index = 0; codes !== undefined && index < size; index++) {
    const user = readView(table.showOnly(index, codes, view), "");
    const values: readonly Omit<ProposedValue, "index">[] = [
      { space: "mailNickname", value: user.mailNickname ?? "" },
      { space: "sAMAccountName", value: user.samAccountName ?? "" },
      { space: "targetAddress", value: user.targetAddress ?? "" },
      ...(user.proxyAddresses ?? []).map((entry) => ({
        space: "proxyAddresses" as const,
        value: formatProxyAddress(entry),
      })),
    ];
    for (const held of values) {
      const key = valueKey(held);
      const owner = owners.get(key);
      if (owner !== undefined && owner !== index) taken.add(key);
    }
  }
  return taken;
}

/** The codes of the texts in which values of some spaces stand; `undefined` if there are none. */
function codesOf(spaces: ReadonlySet<ValueSpace>): CodeSet | undefined {
  if (spaces.has("proxyAddresses")) return EVERY_CODE;
  const codes = [
    ...(spaces.has("mailNickname") ? [fieldCodes.mailNickname] : []),
    ...(spaces.has("sAMAccountName") ? [fieldCodes.samAccountName] : []),
    ...(spaces.has("targetAddress") ? [fieldCodes.targetAddress] : []),
  ];
  return codes.length === 0 ? undefined : codeSet(codes);
}
