import {
  type AddressIndex,
  CLAIMED_AS_ADDRESS,
  CLAIMED_AS_MAIL,
  EXOTIC,
  NO_ADDRESS,
} from "../directory/address-index.ts";
import type { Directory } from "../directory/directory.ts";
import { DomainFacts } from "../directory/domain-facts.ts";
import { KeyIndex } from "../directory/key-index.ts";
import { PlainTexts } from "../directory/plain-texts.ts";
import { codeSet, UserOutline } from "../directory/user-row.ts";
import { domainOf, isDiscardedDomain, parseSmtpAddress } from "../model/address.ts";
import type { Side } from "../model/user.ts";
import { fieldCodes, PERSON, RAW_ADDRESS, UserView } from "../model/user-view.ts";
import { DisjointSets } from "./disjoint-sets.ts";
import { forEachLink } from "./link-addresses.ts";
import type { SoftMatch } from "./match.ts";

/** Users of both sides that are linked, directly or through others. */
export interface LinkedGroup {
  readonly onPremises: readonly number[];
  readonly online: readonly number[];
}

/** Who can still be matched, by index: 1, or 0. */
export type OpenUsers = Readonly<Record<Side, Uint8Array>>;

type Directories = Readonly<Record<Side, Directory>>;

/** Lists the people of both sides as open. */
export function openPeople(directories: Directories): OpenUsers {
  const peopleOf = (directory: Directory): Uint8Array => {
    const open = new Uint8Array(directory.size);
    for (let index = 0; index < directory.size; index++) if (directory.table.typeOf(index) === PERSON) open[index] = 1;
    return open;
  };
  return { onPremises: peopleOf(directories.onPremises), online: peopleOf(directories.online) };
}

/** The nodes that are joined: users of both sides, and keys that both have, so that a key on very many costs each but once. */
class Links {
  readonly #sets: DisjointSets;
  readonly #onPremises: number;
  readonly #keys: number;
  readonly #isLinked: Uint8Array;

  constructor(onPremises: number, online: number, keys: number) {
    this.#onPremises = onPremises;
    this.#keys = onPremises + online;
    this.#sets = new DisjointSets(this.#keys + keys);
    this.#isLinked = new Uint8Array(this.#keys);
  }

  joinOnPremises(index: number, key: number): void {
    this.#isLinked[index] = 1;
    this.#sets.join(index, this.#keys + key);
  }

  joinOnline(index: number, key: number): void {
    this.#isLinked[this.#onPremises + index] = 1;
    this.#sets.join(this.#onPremises + index, this.#keys + key);
  }

  /** Tells the groups, in the order of their first on-premises user: those of two, nearly all, without a list each. */
  tell(listener: GroupListener): void {
    const { sizes, partners } = this.#measure();
    const large = this.#listLarge(sizes);
    for (let root = 0; root < this.#onPremises; root++) {
      const group = large.get(root);
      if (group !== undefined && group.online.length > 0) listener.group(group);
      else if (sizes[root] === ONE_OF_EACH) listener.pair(root, partners[root] ?? -1);
    }
  }

  /**
   * The group of a node that is linked, named by its smallest node: its first on-premises user. -1 if nobody on-premises is
   * in it, or it is not linked.
   */
  #rootOf(node: number): number {
    if (this.#isLinked[node] === 0) return -1;
    const root = this.#sets.find(node);
    return root < this.#onPremises ? root : -1;
  }

  /** Says of each group, by its root, whether it has one user or more of each side, and the last online one. */
  #measure(): { readonly sizes: Uint8Array; readonly partners: Int32Array } {
    const sizes = new Uint8Array(this.#onPremises);
    const partners = new Int32Array(this.#onPremises).fill(-1);
    for (let node = 0; node < this.#keys; node++) {
      const root = this.#rootOf(node);
      if (root < 0) continue;
      const isOnline = node >= this.#onPremises;
      const one = isOnline ? ONE_ONLINE : ONE_ON_PREMISES;
      const size = sizes[root] ?? 0;
      sizes[root] = (size & one) === 0 ? size | one : size | MORE;
      if (isOnline) partners[root] = node - this.#onPremises;
    }
    return { sizes, partners };
  }

  /** Lists the members of the groups that have more than one user of a side, by root. */
  #listLarge(sizes: Uint8Array): ReadonlyMap<number, { readonly onPremises: number[]; readonly online: number[] }> {
    const large = new Map<number, { readonly onPremises: number[]; readonly online: number[] }>();
    sizes.forEach((size, root) => {
      if ((size & MORE) !== 0) large.set(root, { onPremises: [], online: [] });
    });
    if (large.size === 0) return large;
    for (let node = 0; node < this.#keys; node++) {
      const group = large.get(this.#rootOf(node));
      if (node < this.#onPremises) group?.onPremises.push(node);
      else group?.online.push(node - this.#onPremises);
    }
    return large;
  }
}

const ONE_ON_PREMISES = 1;
const ONE_ONLINE = 2;
const ONE_OF_EACH = ONE_ON_PREMISES | ONE_ONLINE;
const MORE = 4;

/** Hears of groups: of two users, one of each side, and of more. */
export interface GroupListener {
  readonly pair: (onPremises: number, online: number) => void;
  readonly group: (group: LinkedGroup) => void;
}

const IMMUTABLE_ID = codeSet([fieldCodes.immutableId]);

/** Whom anchors link: the partner of each on-premises user, -1 for nobody, and those who cannot be told apart. */
interface AnchorLinks {
  readonly online: Directory;
  readonly partners: Int32Array;
  readonly groups: readonly LinkedGroup[];
}

/** By the on-premises side. */
const anchorLinks = new WeakMap<Directory, AnchorLinks>();

/**
 * Links all people by source anchor and ImmutableId, which every service does alike: it is worked out once for those that are
 * compared. Base64 counts letter by letter: anchors are compared exactly.
 */
export function linkByAnchor(open: OpenUsers, directories: Directories, listener: GroupListener): void {
  const { onPremises, online } = directories;
  let links = anchorLinks.get(onPremises);
  if (links?.online !== online) {
    const partners = new Int32Array(onPremises.size).fill(-1);
    const groups: LinkedGroup[] = [];
    findAnchorLinks(open, directories, {
      pair: (left, right) => {
        partners[left] = right;
      },
      group: (group) => groups.push(group),
    });
    links = { online, partners, groups };
    anchorLinks.set(onPremises, links);
  }
  links.partners.forEach((partner, index) => {
    if (partner >= 0) listener.pair(index, partner);
  });
  links.groups.forEach(listener.group);
}

function findAnchorLinks(open: OpenUsers, { onPremises, online }: Directories, listener: GroupListener): void {
  const index = indexAnchors(open.online, online);
  if (index.size === 0) return;
  const view = new UserView();
  const codes = onPremises.anchorFields.map((field) => fieldCodes[field]);
  const anchors = codeSet(codes);
  const links = new Links(onPremises.size, online.size, index.size);
  const isJoined = new Uint8Array(index.size);
  for (let user = 0; user < onPremises.size; user++) {
    if (open.onPremises[user] === 0) continue;
    onPremises.table.showOnly(user, anchors, view);
    const entry = firstEntryOf(view, codes);
    if (entry < 0) continue;
    const key = index.find(view.bytes, view.starts[entry] ?? 0, view.starts[entry + 1] ?? 0);
    if (key < 0) continue;
    links.joinOnPremises(user, key);
    if (isJoined[key] === 1) continue;
    isJoined[key] = 1;
    links.joinOnline(index.holder(key), key);
    for (const other of index.others(key)) links.joinOnline(other.user, key);
  }
  links.tell(listener);
}

/** The ImmutableIds of the online users who can still be matched. */
export function indexAnchors(open: Uint8Array, { size, table }: Directory): KeyIndex {
  const index = new KeyIndex(new PlainTexts({ fold: false }));
  const view = new UserView();
  const hasSome = table.countOf(fieldCodes.immutableId) > 0;
  for (let user = 0; hasSome && user < size; user++) {
    if (open[user] === 0) continue;
    const entry = entryOf(table.showOnly(user, IMMUTABLE_ID, view), fieldCodes.immutableId);
    if (entry >= 0) index.add(view.bytes, view.starts[entry] ?? 0, view.starts[entry + 1] ?? 0, user, 0);
  }
  return index;
}

/**
 * Links by SMTP address: those of `onPremisesLinks` on the one side, of `onlineLinks` on the other, by the numbers that they
 * have. `isBound` tells which online users are bound by their anchor, and are no candidates.
 */
export function linkByAddress(
  open: OpenUsers,
  { onPremises, online }: Directories,
  { softMatch, isBound }: { readonly softMatch: SoftMatch; readonly isBound: (outline: UserOutline) => boolean },
  listener: GroupListener,
): void {
  const candidates = new Uint8Array(online.size);
  for (let user = 0; user < online.size; user++) {
    if (open.online[user] === 1 && !isBound(online.outline(user))) candidates[user] = 1;
  }
  const { addresses } = online;
  const links = new Links(onPremises.size, online.size, addresses.size);
  const states = new Uint8Array(addresses.size);
  /** Joins an address with the candidates who can be found by it, once; tells whether there are any. */
  const joinHolders = (address: number): boolean => {
    if (states[address] === UNSEEN) {
      states[address] = LINKS_NOBODY;
      addresses.forEachHolder(address, (user, attribute) => {
        if (candidates[user] === 0 || !isFoundBy(online, user, attribute)) return;
        links.joinOnline(user, address);
        states[address] = LINKS;
      });
    }
    return states[address] === LINKS;
  };
  const reserved = new DomainFacts(onPremises.addresses, isDiscardedDomain);
  const addressOf = translator(onPremises, addresses);
  let current = 0;
  const visit = (entry: number): void => {
    const own = outline.numbers[entry] ?? NO_ADDRESS;
    const address = addressOf(current, outline, entry);
    if (address < 0) return;
    // Through such an address not even those who hold it online are joined.
    if (own >= 0 ? reserved.of(own) : isReservedText(onPremises.view(current), entry)) return;
    if (joinHolders(address)) links.joinOnPremises(current, address);
  };
  const outline = new UserOutline();
  for (current = 0; current < onPremises.size; current++) {
    if (open.onPremises[current] === 1) forEachLink(onPremises.table.outline(current, outline), softMatch, visit);
  }
  links.tell(listener);
}

const UNSEEN = 0;
const LINKS = 1;
const LINKS_NOBODY = 2;

/**
 * Gives what tells the number that a text of one side has among the addresses of the other; -1 if nobody has it there, or it
 * is no address.
 */
export function translator(
  from: Directory,
  addresses: AddressIndex,
): (user: number, outline: UserOutline, entry: number) => number {
  const translation = from.addresses.translateTo(addresses);
  return (user, { codes, numbers }, entry) => {
    const own = numbers[entry] ?? NO_ADDRESS;
    if (own >= 0) return (translation[own] ?? -1) >> 1;
    if (own !== EXOTIC) return -1;
    const text = textOf(from.view(user), entry);
    // A value of proxyAddresses with white space behind its colon is discarded, and links nobody.
    const isEntry = (codes[entry] ?? 0) >= RAW_ADDRESS;
    const key = parseSmtpAddress(isEntry ? text : text.trim())?.key;
    return key === undefined ? -1 : addresses.findText(key);
  };
}

function textOf({ bytes, starts }: UserView, entry: number): string {
  return new TextDecoder().decode(bytes.subarray(starts[entry], starts[entry + 1]));
}

function isReservedText(view: UserView, entry: number): boolean {
  return isDiscardedDomain(domainOf(textOf(view, entry).trim()));
}

/** An online user is found by its addresses, and by `mail` where it has none; never by its UPN. */
function isFoundBy(online: Directory, user: number, attribute: number): boolean {
  if (attribute === CLAIMED_AS_ADDRESS) return true;
  if (attribute !== CLAIMED_AS_MAIL) return false;
  const { codes, entries } = online.outline(user);
  for (let entry = 0; entry < entries; entry++) if ((codes[entry] ?? 0) >= RAW_ADDRESS) return false;
  return true;
}

/** The first of several texts that is not blank; -1 if none is. */
export function firstEntryOf(view: UserView, codes: readonly number[]): number {
  for (const code of codes) {
    const entry = entryOf(view, code);
    if (entry >= 0) return entry;
  }
  return -1;
}

/** A text that is not blank, by its code; -1 if there is none. */
function entryOf({ codes, starts, entries }: UserView, code: number): number {
  for (let entry = 0; entry < entries; entry++) {
    if (codes[entry] === code && starts[entry] !== starts[entry + 1]) return entry;
  }
  return -1;
}
