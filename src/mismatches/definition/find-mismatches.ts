import type { Directory } from "../../directory/directory.ts";
import { findAnchorConflicts } from "../../match/anchor-conflicts.ts";
import { findUnlinkedPairs } from "../../match/likeness.ts";
import type { Alignment, Pair, SoftMatch } from "../../match/match.ts";
import { addressKey } from "../../model/address.ts";
import type { ExportedField, Side, User } from "../../model/user.ts";
import { PERSON } from "../../model/user-view.ts";
import { findCollisions } from "../../predict/collisions.ts";
import { predict } from "../../predict/predict.ts";
import { Quiet } from "../../predict/quiet.ts";
import type { Tenant } from "../../predict/tenant.ts";
import { type Mismatch, type MismatchKind, type MismatchKindDeclaration, mismatchKinds } from "../index.ts";
import type { MatchedPair, Overview, Person } from "./define-mismatch.ts";
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

/** Two directories, who is who in them, and what else a kind may need to know. */
export interface Comparison {
  readonly directories: Directories;
  readonly alignment: Alignment;
  readonly tenant: Tenant;
  readonly softMatch: SoftMatch;
  /** Online users as they were when they were activated, by index; `undefined` without a baseline. */
  readonly baseline: ReadonlyMap<number, User> | undefined;
}

/**
 * Finds the mismatches of the kinds asked for: each kind where it looks, each pair predicted once. Of whom there is nothing
 * to say nobody is made a user; `passOver` says to look at them all the same.
 */
export function findMismatches(
  comparison: Comparison,
  kinds: readonly MismatchKind[] | undefined,
  passOver: "quiet" | "nobody" = "quiet",
): Findings {
  const { directories, tenant } = comparison;
  const quiet = new Quiet(tenant);
  const silence: Silence = {
    pairs: quiet,
    people:
      passOver === "quiet"
        ? { onPremises: quiet.people(directories.onPremises), online: quiet.people(directories.online) }
        : { onPremises: new Uint8Array(directories.onPremises.size), online: new Uint8Array(directories.online.size) },
  };
  const asked = mismatchKinds.filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  const notChecked = asked.flatMap((declaration) => missingFields(declaration, directories));
  const checked = asked.filter((declaration) => isCheckable(declaration, notChecked));
  const overview = checked.some(({ over }) => over === "everything") ? overlook(comparison, silence) : undefined;
  const found = [
    ...findInPairs(checked, comparison, silence),
    ...SIDES.flatMap((side) => findInPeople(peopleKinds(checked, side, notChecked), side, comparison, silence)),
    ...checked.flatMap((declaration) => {
      if (declaration.over !== "everything" || overview === undefined) return [];
      return Array.from(declaration.find(overview), (own) => toMismatch(declaration, own));
    }),
  ];
  return { mismatches: sortMismatches(found), notChecked };
}

/** Of whom there is nothing to say: people by index, and what tells it of pairs. */
interface Silence {
  readonly people: Readonly<Record<Side, Uint8Array>>;
  readonly pairs: Quiet;
}

/** Finds what several kinds look at. */
function overlook({ directories, alignment, tenant, softMatch, baseline }: Comparison, { people }: Silence): Overview {
  const { onPremises, online } = directories;
  const unlinkedPairs = findUnlinkedPairs(onPremises, online, alignment);
  const anchorConflicts = findAnchorConflicts(onPremises, online, alignment, softMatch);
  const collisions = findCollisions(onPremises, online, tenant, { alignment, anchorConflicts, unlinkedPairs });
  const quiet = people.onPremises;
  return { onPremises, online, alignment, quiet, unlinkedPairs, anchorConflicts, collisions, baseline };
}

type KindOver<Over extends MismatchKindDeclaration["over"]> = Extract<MismatchKindDeclaration, { readonly over: Over }>;

/** Looks at every matched pair, and at every on-premises person who will be new. */
function findInPairs(
  checked: readonly MismatchKindDeclaration[],
  { directories, alignment, tenant, baseline }: Comparison,
  { people, pairs }: Silence,
): readonly Mismatch[] {
  const found: Mismatch[] = [];
  const ofPairs = checked.filter((declaration) => declaration.over === "pairs");
  const ofOutcomes = checked.filter((declaration) => declaration.over === "outcomes");
  if (ofPairs.length + ofOutcomes.length === 0) return found;
  for (const pair of alignment.pairs) {
    const areQuiet = people.onPremises[pair.onPremises] === 1 && people.online[pair.online] === 1;
    const views = [directories.onPremises.view(pair.onPremises), directories.online.view(pair.online)] as const;
    if (areQuiet && pairs.isQuietPair(...views)) continue;
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

/** The kinds that look at people, less those for which the side's export lacks something. */
function peopleKinds(
  checked: readonly MismatchKindDeclaration[],
  side: Side,
  notChecked: readonly NotChecked[],
): readonly KindOver<"people">[] {
  const lacking = new Set(notChecked.filter((entry) => entry.side === side).map(({ kind }) => kind));
  return checked.filter((declaration) => declaration.over === "people").filter(({ kind }) => !lacking.has(kind));
}

/** Looks at every person of a side, once for all kinds. */
function findInPeople(
  kinds: readonly KindOver<"people">[],
  side: Side,
  comparison: Comparison,
  { people }: Silence,
): readonly Mismatch[] {
  if (kinds.length === 0) return [];
  const { directories, alignment, tenant } = comparison;
  const directory = directories[side];
  // Whose sign-in name stays while the address changes cannot be told from one side alone.
  const quiet = side === "online" && tenant.upnFlow === "unlicensed-only" ? undefined : people[side];
  const pairs = new Map<number, Pair>();
  for (const pair of alignment.pairs) if (quiet?.[pair[side]] !== 1) pairs.set(pair[side], pair);
  const found: Mismatch[] = [];
  for (let index = 0; index < directory.size; index++) {
    if (quiet?.[index] === 1 || directory.view(index).type !== PERSON) continue;
    const pair = pairs.get(index);
    const person = { side, user: directory.user(index), ...foreseeOf(side, index, pair, comparison) };
    for (const declaration of kinds) found.push(...findOfPerson(declaration, person, pair, directories));
  }
  return found;
}

function findOfPerson(
  declaration: KindOver<"people">,
  person: Person,
  pair: Pair | undefined,
  directories: Directories,
): readonly Mismatch[] {
  return Array.from(declaration.find(person), (own) => {
    const references = pair === undefined ? { [person.side]: referTo(person.user) } : referToPair(pair, directories);
    return toMismatch(declaration, { ...references, ...own });
  });
}

/** How to predict what becomes of a matched online user, where that cannot be seen on-premises. */
function foreseeOf(
  side: Side,
  index: number,
  pair: Pair | undefined,
  { directories, tenant }: Comparison,
): Pick<Person, "foresee"> {
  if (pair === undefined || side !== "online" || tenant.upnFlow !== "unlicensed-only") return {};
  return {
    foresee: () => predict(directories.onPremises.user(pair.onPremises), directories.online.user(index), tenant),
  };
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
