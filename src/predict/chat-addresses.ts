import type { Directory } from "../directory/directory.ts";
import { Fingerprints } from "../directory/fingerprints.ts";
import { codeSet } from "../directory/user-row.ts";
import { findGalContacts } from "../match/gal-contacts.ts";
import type { Pairs } from "../match/pairs.ts";
import { addressKey, parseSmtpAddress } from "../model/address.ts";
import type { Side } from "../model/user.ts";
import { fieldCodes, SIP_ALIAS, SIP_PRIMARY, UserView } from "../model/user-view.ts";
import { appendTo } from "../text/append.ts";
import { toLower } from "../text/bytes.ts";

/** Stands before a chat address where it is named as a value: one of mail is another value. */
const PREFIX = "sip:";

/** Whether a value is named as a chat address. */
export function isChatAddress(value: string): boolean {
  return value.startsWith(PREFIX);
}

/** Names a chat address, in lower case, as a value. */
export function nameChat(key: string): string {
  return PREFIX + key;
}

const CODES = [fieldCodes.sipAddress, SIP_ALIAS, SIP_PRIMARY];
const CHATS = codeSet(CODES);
const decoder = new TextDecoder();

/** The chat addresses of a directory: `SIP:` in proxyAddresses, and the attribute of their own. Letter case does not count. */
class ChatAddresses {
  readonly #directory: Directory;
  readonly #view = new UserView();

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  get exist(): boolean {
    return CODES.some((code) => this.#directory.table.countOf(code) > 0);
  }

  /** Shows those of an object as bytes, until the next call. */
  show(index: number): UserView {
    return this.#directory.table.showOnly(index, CHATS, this.#view);
  }

  /** Notes those of an object; tells whether one was known before. */
  note(index: number, seen: Fingerprints): boolean {
    const view = this.show(index);
    let isKnown = false;
    for (let entry = 0; entry < view.entries; entry++) {
      const [start = 0, end = 0] = [view.starts[entry], view.starts[entry + 1]];
      if (start < end && !hasSame(view, entry, view, entry) && seen.note(view.bytes, start, end, true)) isKnown = true;
    }
    return isKnown;
  }

  /** Whether an object has none but what an object of another directory has; -1 is nobody. */
  areAmong(index: number, others: ChatAddresses, other: number): boolean {
    const view = this.show(index);
    if (view.entries === 0) return true;
    const there = other < 0 ? new UserView() : others.show(other);
    for (let entry = 0; entry < view.entries; entry++) {
      if (view.starts[entry] !== view.starts[entry + 1] && !hasSame(view, entry, there, there.entries)) return false;
    }
    return true;
  }

  /** Finds who has some chat addresses, by address. */
  holdersOf(addresses: ReadonlySet<string>): Map<string, number[]> {
    const holders = new Map<string, number[]>();
    for (let index = 0; addresses.size > 0 && index < this.#directory.size; index++) {
      for (const key of this.of(index)) if (addresses.has(key)) appendTo(holders, key, index);
    }
    return holders;
  }

  /** Names those of an object that are addresses. */
  of(index: number): readonly string[] {
    const { bytes, starts, entries } = this.show(index);
    const keys = new Set<string>();
    for (let entry = 0; entry < entries; entry++) {
      const key = addressKey(decoder.decode(bytes.subarray(starts[entry], starts[entry + 1])));
      if (parseSmtpAddress(key) !== undefined) keys.add(nameChat(key));
    }
    return [...keys];
  }
}

/** Whether one of the first texts of a view is the same as a text. */
function hasSame(view: UserView, entry: number, other: UserView, first: number): boolean {
  for (let at = 0; at < first; at++) if (isSame(view, entry, other, at)) return true;
  return false;
}

function isSame(left: UserView, one: number, right: UserView, other: number): boolean {
  const [start = 0, end = 0, from = 0, to = 0] = [
    left.starts[one],
    left.starts[one + 1],
    right.starts[other],
    right.starts[other + 1],
  ];
  if (end - start !== to - from) return false;
  for (let at = start; at < end; at++) {
    if (toLower(left.bytes[at] ?? 0) !== toLower(right.bytes[from + at - start] ?? 0)) return false;
  }
  return true;
}

const known = new WeakMap<Directory, ReadonlyMap<string, readonly number[]>>();

/** Finds the chat addresses that several objects of a directory have, and which objects: once for all who ask. */
export function findSharedChats(directory: Directory): ReadonlyMap<string, readonly number[]> {
  const before = known.get(directory);
  if (before !== undefined) return before;
  const shared = shareChats(directory);
  known.set(directory, shared);
  return shared;
}

function shareChats(directory: Directory): ReadonlyMap<string, readonly number[]> {
  const chats = new ChatAddresses(directory);
  if (!chats.exist) return new Map();
  const seen = new Fingerprints();
  const suspects = new Set<string>();
  for (let index = 0; index < directory.size; index++) {
    if (chats.note(index, seen)) for (const key of chats.of(index)) suspects.add(key);
  }
  const holders = chats.holdersOf(suspects);
  const galContacts = findGalContacts(directory);
  for (const [key, indexes] of holders)
    if (indexes.filter((index) => !galContacts.has(index)).length < 2) holders.delete(key);
  return holders;
}

/** Who brings a chat address that the online counterpart has not, and other online objects have: indexes. */
export interface ForeignChat {
  readonly onPremises: number;
  readonly address: string;
  readonly holders: readonly number[];
}

/** Finds the chat addresses that somebody brings whose counterpart has not them, and somebody else online has. */
export function findForeignChats(
  { onPremises, online }: Readonly<Record<Side, Directory>>,
  pairs: Pairs,
): readonly ForeignChat[] {
  const [own, there] = [new ChatAddresses(onPremises), new ChatAddresses(online)];
  if (!own.exist || !there.exist) return [];
  const open: number[] = [];
  for (let index = 0; index < onPremises.size; index++) {
    if (!own.areAmong(index, there, pairs.onlineOf(index))) open.push(index);
  }
  if (open.length === 0) return [];
  const seen = new Fingerprints();
  for (let index = 0; index < online.size; index++) there.note(index, seen);
  const wanted = open.filter((index) => own.note(index, seen));
  const holders = there.holdersOf(new Set(wanted.flatMap((index) => own.of(index))));
  return wanted.flatMap((index) =>
    own.of(index).flatMap((address) => {
      const others = holders.get(address) ?? [];
      const isOwn = others.includes(pairs.onlineOf(index));
      return isOwn || others.length === 0 ? [] : [{ onPremises: index, address, holders: others }];
    }),
  );
}

/** The chat addresses that an object of a directory has, by name. */
export function chatsOf(directory: Directory, index: number): readonly string[] {
  return new ChatAddresses(directory).of(index);
}
