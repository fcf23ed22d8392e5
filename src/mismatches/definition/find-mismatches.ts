import type { Directory } from "../../directory/directory.ts";
import { findAnchorConflicts } from "../../match/anchor-conflicts.ts";
import { findUnlinkedPairs } from "../../match/likeness.ts";
import type { Alignment, Pair, SoftMatch } from "../../match/match.ts";
import { addressKey } from "../../model/address.ts";
import type { ExportedField, Side, User } from "../../model/user.ts";
import { findCollisions } from "../../predict/collisions.ts";
import { predict } from "../../predict/predict.ts";
import type { Tenant } from "../../predict/tenant.ts";
import { type Mismatch, type MismatchKind, type MismatchKindDeclaration, mismatchKinds } from "../index.ts";
import type { MatchedPair, Overview } from "./define-mismatch.ts";
import { distinguishingTexts } from "./finding-key.ts";
import { referTo } from "./object-reference.ts";

/** A kind that was not checked, because an export lacks what it needs. */
interface NotChecked {
  readonly kind: MismatchKind;
  readonly side: Side;
  readonly missing: readonly ExportedField[];
}

/** The mismatches, in the order of reports, and the kinds that could not be checked. */
export interface Findings {
  readonly mismatches: readonly Mismatch[];
  readonly notChecked: readonly NotChecked[];
}

const SIDES: readonly Side[] = ["onPremises", "online"];

type Directories = Readonly<Record<Side, Directory>>;
type Counterparts = Readonly<Record<Side, ReadonlyMap<number, Pair>>>;

/** Two directories, who is who in them, and what else a kind may need to know. */
export interface Comparison {
  readonly directories: Directories;
  readonly alignment: Alignment;
  readonly tenant: Tenant;
  readonly softMatch: SoftMatch;
  /** Online users as they were when they were activated, by index; `undefined` without a baseline. */
  readonly baseline: ReadonlyMap<number, User> | undefined;
}

/** Finds the mismatches of the kinds asked for: each kind where it looks, each pair predicted once. */
export function findMismatches(comparison: Comparison, kinds: readonly MismatchKind[] | undefined): Findings {
  const { directories, alignment } = comparison;
  const asked = mismatchKinds.filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  const notChecked = asked.flatMap((declaration) => missingFields(declaration, directories));
  const checked = asked.filter((declaration) => isCheckable(declaration, notChecked));
  const counterparts = {
    onPremises: new Map(alignment.pairs.map((pair) => [pair.onPremises, pair])),
    online: new Map(alignment.pairs.map((pair) => [pair.online, pair])),
  };
  const overview = checked.some(({ over }) => over === "everything") ? overlook(comparison) : undefined;
  const found = [
    ...findInPairs(checked, comparison),
    ...checked.flatMap((declaration) => {
      if (declaration.over === "people") return findInPeople(declaration, comparison, counterparts, notChecked);
      if (declaration.over !== "everything" || overview === undefined) return [];
      return Array.from(declaration.find(overview), (own) => toMismatch(declaration, own));
    }),
  ];
  return { mismatches: sortMismatches(found), notChecked };
}

/** Finds what several kinds look at. */
function overlook({ directories, alignment, tenant, softMatch, baseline }: Comparison): Overview {
  const { onPremises, online } = directories;
  const unlinkedPairs = findUnlinkedPairs(onPremises, online, alignment);
  const anchorConflicts = findAnchorConflicts(onPremises, online, alignment, softMatch);
  const collisions = findCollisions(onPremises, online, tenant, { alignment, anchorConflicts, unlinkedPairs });
  return { onPremises, online, alignment, unlinkedPairs, anchorConflicts, collisions, baseline };
}

type KindOver<Over extends MismatchKindDeclaration["over"]> = Extract<MismatchKindDeclaration, { readonly over: Over }>;

/** Looks at every matched pair, and at every on-premises person who will be new. */
function findInPairs(
  checked: readonly MismatchKindDeclaration[],
  { directories, alignment, tenant, baseline }: Comparison,
): readonly Mismatch[] {
  const found: Mismatch[] = [];
  const ofPairs = checked.filter((declaration) => declaration.over === "pairs");
  const ofOutcomes = checked.filter((declaration) => declaration.over === "outcomes");
  if (ofPairs.length + ofOutcomes.length === 0) return found;
  for (const pair of alignment.pairs) {
    const onPremises = directories.onPremises.user(pair.onPremises);
    const online = directories.online.user(pair.online);
    const matched: MatchedPair = {
      onPremises,
      online,
      match: pair.match,
      prediction: predict(onPremises, online, tenant),
      baseline: baseline?.get(pair.online),
      hasBaseline: baseline !== undefined,
    };
    for (const declaration of [...ofPairs, ...ofOutcomes]) {
      for (const own of declaration.find(matched)) {
        found.push(toMismatch(declaration, { ...referToPair(pair, directories), ...own }));
      }
    }
  }
  for (const index of ofOutcomes.length > 0 ? alignment.unmatchedOnPremises : []) {
    const onPremises = directories.onPremises.user(index);
    const prediction = predict(onPremises, undefined, tenant);
    for (const declaration of ofOutcomes) {
      for (const own of declaration.find({ onPremises, online: undefined, match: undefined, prediction })) {
        found.push(toMismatch(declaration, { onPremises: referTo(onPremises), ...own }));
      }
    }
  }
  return found;
}

function findInPeople(
  declaration: KindOver<"people">,
  { directories, tenant }: Comparison,
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
      const pair = counterparts[side].get(index);
      const foresee =
        pair !== undefined && side === "online" && tenant.upnFlow === "unlicensed-only"
          ? { foresee: () => predict(directories.onPremises.user(pair.onPremises), user, tenant) }
          : {};
      for (const own of declaration.find({ side, user, ...foresee })) {
        const references = pair === undefined ? { [side]: referTo(user) } : referToPair(pair, directories);
        found.push(toMismatch(declaration, { ...references, ...own }));
      }
    }
  }
  return found;
}

/** What a kind finds has its own fields by its declaration; tests hold every kind against its schema. */
function toMismatch({ kind, severity }: MismatchKindDeclaration, own: object): Mismatch {
  return { kind, severity, ...own } as Mismatch;
}

function missingFields({ kind, needs }: MismatchKindDeclaration, directories: Directories): readonly NotChecked[] {
  return SIDES.flatMap((side) => {
    const wanted: readonly ExportedField[] = (needs as Partial<Record<Side, readonly ExportedField[]>>)[side] ?? [];
    const { fields } = directories[side];
    const missing = wanted.filter(
      (field) => !fields.has(field) && !(isMarkOnly(field) && !fields.has("proxyAddresses")),
    );
    return missing.length === 0 ? [] : [{ kind, side, missing }];
  });
}

/** Where the addresses themselves are missing, the mark of the primary one needs no mention. */
function isMarkOnly(field: ExportedField): boolean {
  return field === "primarySmtpAddress";
}

/** A kind that looks at people can be checked on one side alone; any other needs both. */
function isCheckable({ kind, over }: MismatchKindDeclaration, notChecked: readonly NotChecked[]): boolean {
  const lacking = notChecked.filter((entry) => entry.kind === kind).length;
  return over === "people" ? lacking < SIDES.length : lacking === 0;
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
  return [
    addressKey(online?.userPrincipalName ?? ""),
    addressKey(onPremises?.id ?? online?.id ?? ""),
    addressKey(online?.id ?? ""),
    ...distinguishingTexts(mismatch),
  ];
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
