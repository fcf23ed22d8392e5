import type { Directory } from "../../directory/directory.ts";
import type { Alignment, Pair } from "../../match/match.ts";
import { addressKey } from "../../model/address.ts";
import type { Side, UserField } from "../../model/user.ts";
import { predict } from "../../predict/predict.ts";
import type { Tenant } from "../../predict/tenant.ts";
import { type Mismatch, type MismatchKind, type MismatchKindDeclaration, mismatchKinds } from "../index.ts";
import type { MatchedPair } from "./define-mismatch.ts";
import { referTo } from "./object-reference.ts";

/** A kind that was not checked, because an export lacks what it needs. */
interface NotChecked {
  readonly kind: MismatchKind;
  readonly side: Side;
  readonly missing: readonly UserField[];
}

/** The mismatches, in the order of reports, and the kinds that could not be checked. */
export interface Findings {
  readonly mismatches: readonly Mismatch[];
  readonly notChecked: readonly NotChecked[];
}

const SIDES: readonly Side[] = ["onPremises", "online"];

type Directories = Readonly<Record<Side, Directory>>;
type Counterparts = Readonly<Record<Side, ReadonlyMap<number, Pair>>>;

/** Finds the mismatches of the kinds asked for: each kind where it looks, each pair predicted once. */
export function findMismatches(
  directories: Directories,
  alignment: Alignment,
  tenant: Tenant,
  kinds: readonly MismatchKind[] | undefined,
): Findings {
  const asked = mismatchKinds.filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  const notChecked = asked.flatMap((declaration) => missingFields(declaration, directories));
  const checked = asked.filter((declaration) => isCheckable(declaration, notChecked));
  const counterparts = {
    onPremises: new Map(alignment.pairs.map((pair) => [pair.onPremises, pair])),
    online: new Map(alignment.pairs.map((pair) => [pair.online, pair])),
  };
  const found = [
    ...findInPairs(checked, directories, alignment, tenant),
    ...checked.flatMap((declaration) => {
      if (declaration.over === "people") return findInPeople(declaration, directories, counterparts, notChecked);
      if (declaration.over === "everything") return findInEverything(declaration, directories, alignment);
      return [];
    }),
  ];
  return { mismatches: sortMismatches(found), notChecked };
}

type KindOver<Over extends MismatchKindDeclaration["over"]> = Extract<MismatchKindDeclaration, { readonly over: Over }>;

function findInPairs(
  checked: readonly MismatchKindDeclaration[],
  directories: Directories,
  { pairs }: Alignment,
  tenant: Tenant,
): readonly Mismatch[] {
  const found: Mismatch[] = [];
  const declarations = checked.filter((declaration) => declaration.over === "pairs");
  if (declarations.length === 0) return found;
  for (const pair of pairs) {
    const matched = lookUp(pair, directories, tenant);
    for (const declaration of declarations) {
      for (const own of declaration.find(matched)) {
        found.push(toMismatch(declaration, { ...referToPair(pair, directories), ...own }));
      }
    }
  }
  return found;
}

function findInPeople(
  declaration: KindOver<"people">,
  directories: Directories,
  counterparts: Counterparts,
  notChecked: readonly NotChecked[],
): readonly Mismatch[] {
  const found: Mismatch[] = [];
  for (const side of SIDES) {
    if (notChecked.some((entry) => entry.kind === declaration.kind && entry.side === side)) continue;
    const directory = directories[side];
    for (let index = 0; index < directory.size; index++) {
      const user = directory.user(index);
      if (user.type !== "user") continue;
      for (const own of declaration.find({ side, user })) {
        const pair = counterparts[side].get(index);
        const references = pair === undefined ? { [side]: referTo(user) } : referToPair(pair, directories);
        found.push(toMismatch(declaration, { ...references, ...own }));
      }
    }
  }
  return found;
}

function findInEverything(
  declaration: KindOver<"everything">,
  directories: Directories,
  alignment: Alignment,
): readonly Mismatch[] {
  return Array.from(declaration.find({ ...directories, alignment }), (own) => toMismatch(declaration, own));
}

/** What a kind finds has its own fields by its declaration; tests hold every kind against its schema. */
function toMismatch({ kind, severity }: MismatchKindDeclaration, own: object): Mismatch {
  return { kind, severity, ...own } as Mismatch;
}

function missingFields({ kind, needs }: MismatchKindDeclaration, directories: Directories): readonly NotChecked[] {
  return SIDES.flatMap((side) => {
    const wanted: readonly UserField[] = (needs as Partial<Record<Side, readonly UserField[]>>)[side] ?? [];
    const missing = wanted.filter((field) => !directories[side].fields.has(field));
    return missing.length === 0 ? [] : [{ kind, side, missing }];
  });
}

/** A kind that looks at people can be checked on one side alone; any other needs both. */
function isCheckable({ kind, over }: MismatchKindDeclaration, notChecked: readonly NotChecked[]): boolean {
  const lacking = notChecked.filter((entry) => entry.kind === kind).length;
  return over === "people" ? lacking < SIDES.length : lacking === 0;
}

function lookUp(pair: Pair, directories: Directories, tenant: Tenant): MatchedPair {
  const onPremises = directories.onPremises.user(pair.onPremises);
  const online = directories.online.user(pair.online);
  return { onPremises, online, match: pair.match, prediction: predict(onPremises, online, tenant) };
}

function referToPair({ onPremises, online, match }: Pair, directories: Directories) {
  return {
    onPremises: referTo(directories.onPremises.user(onPremises)),
    online: referTo(directories.online.user(online)),
    match,
  };
}

/** Order of kinds, then online UPN, then on-premises DN, then the rest, whatever the order of the files. */
function sortMismatches(found: readonly Mismatch[]): readonly Mismatch[] {
  const rank = new Map(mismatchKinds.map(({ kind }, index) => [kind as string, index]));
  const keyed = found.map((mismatch) => ({ mismatch, rank: rank.get(mismatch.kind) ?? 0, keys: sortKeys(mismatch) }));
  keyed.sort((one, other) => one.rank - other.rank || compareAll(one.keys, other.keys));
  return keyed.map(({ mismatch }) => mismatch);
}

function sortKeys(mismatch: Mismatch): readonly string[] {
  const { online, onPremises } = mismatch;
  const own = "address" in mismatch ? mismatch.address : "side" in mismatch ? mismatch.side : "";
  const on = "on" in mismatch ? mismatch.on : "";
  return [addressKey(online?.userPrincipalName ?? ""), addressKey(onPremises?.id ?? online?.id ?? ""), own, on];
}

/** Compares by code unit, which is the same on every machine and in every language. */
function compareAll(one: readonly string[], other: readonly string[]): number {
  for (let index = 0; index < one.length; index++) {
    const left = one[index] ?? "";
    const right = other[index] ?? "";
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
