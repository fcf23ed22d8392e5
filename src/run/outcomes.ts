import type { Directory } from "../directory/directory.ts";
import type { RemovedUser } from "../formats/reading/source.ts";
import type { Alignment, ApartPair, BarredPair, RestoredUser } from "../match/alignment.ts";
import type { AnchorConflict } from "../match/anchor-conflicts.ts";
import { findGalContacts } from "../match/gal-contacts.ts";
import type { UnlinkedPair } from "../match/likeness.ts";
import { addressKey } from "../model/address.ts";
import { hasAddress, type Side, type User } from "../model/user.ts";
import { PERSON } from "../model/user-view.ts";
import { isChatAddress } from "../predict/chat-addresses.ts";
import { claimsOf } from "../predict/collisions.ts";
import { findConflicts } from "../predict/conflicts.ts";
import { claimantsOf, isGroupOrContact, isLeftOutToday, sameKind } from "../predict/group-links.ts";
import { type Prediction, predict } from "../predict/predict.ts";
import { holdersOf } from "../predict/removed-users.ts";
import type { RuleName } from "../predict/rules.ts";
import type { Tenant } from "../predict/tenant.ts";
import type { Service } from "../service/service.ts";
import { certaintyOfPrediction, certaintyOfRefusal, leastSure } from "./certainty.ts";
import {
  BAR_ERRORS,
  type Certainty,
  type OnlineOutcome,
  type OnPremisesOutcome,
  type ServiceError,
} from "./outcome.ts";
import { SharedAddresses } from "./shared-addresses.ts";
import { heldBackOf, stateOf, withhold } from "./state.ts";

/** What the outcomes follow from. */
export interface RunInput {
  readonly directories: Readonly<Record<Side, Directory>>;
  readonly alignment: Alignment;
  readonly tenant: Tenant;
  readonly service: Service;
  /** Whether it is only assumed that nobody on-premises has proxyAddresses. */
  readonly assumesMail?: boolean;
  /** Online users in the recycle bin, and those of whom a mailbox is kept. */
  readonly removed?: readonly RemovedUser[];
}

/** A value that an object is to get, and the online object that keeps it; indexes into the directories. */
interface Contest {
  readonly address: string;
  readonly holder: number;
}

const LINKED_BY = { hard: "linked-by-anchor", "soft-smtp": "linked-by-address", "soft-upn": "linked-by-upn" } as const;

/** Rules that say already why a value does not arrive. */
const SAY_WHY: ReadonlySet<RuleName> = new Set(["upn-taken", "bound-elsewhere", "soft-match-blocked"]);

/**
 * The outcome of every object of both sides: what the run does with it, how sure that is, and why.
 *
 * Each object has exactly one. Objects that the service leaves out are counted with the inputs, and are not here, except for
 * contacts that it leaves out only because they have no `mail`.
 *
 * Sources: entra-docs, how-to-connect-install-existing-tenant, how-to-connect-syncservice-duplicate-attribute-resiliency and
 * tshoot-connect-sync-errors.
 */
export class Outcomes {
  readonly #input: RunInput;
  readonly #ambiguous: Readonly<Record<Side, ReadonlySet<number>>>;
  readonly #contests: ReadonlyMap<number, readonly Contest[]>;
  readonly #conflicts: ReadonlyMap<number, readonly AnchorConflict[]>;
  readonly #likenesses: ReadonlyMap<number, UnlinkedPair>;
  readonly #barred: ReadonlyMap<number, BarredPair>;
  readonly #apart: ReadonlyMap<number, ApartPair>;
  readonly #apartOnline: ReadonlyMap<number, ApartPair>;
  /** By index on-premises, who is restored. */
  readonly #restored: ReadonlyMap<number, RestoredUser>;

  /** Whether the online export shows groups or contacts: where it does not, nobody knows which are there already. */
  readonly #showsOthers: boolean;

  readonly #shared: SharedAddresses;

  constructor(input: RunInput) {
    const { alignment } = input;
    const { unlinkedPairs, anchorConflicts, collisions } = findConflicts(input);
    this.#input = input;
    this.#shared = new SharedAddresses(input.directories.onPremises);
    this.#showsOthers = hasOthers(input.directories.online);
    this.#ambiguous = {
      onPremises: new Set(alignment.ambiguous.flatMap((group) => group.onPremises)),
      online: new Set(alignment.ambiguous.flatMap((group) => group.online)),
    };
    this.#contests = group(collisions);
    this.#conflicts = group(anchorConflicts);
    this.#apart = new Map(alignment.apart.map((pair) => [pair.onPremises, pair]));
    this.#apartOnline = new Map(alignment.apart.map((pair) => [pair.online, pair]));
    this.#restored = new Map(alignment.restored.map((pair) => [pair.onPremises, pair]));
    this.#barred = new Map(alignment.barred.map((pair) => [pair.onPremises, pair]));
    this.#likenesses = new Map(unlinkedPairs.map((pair) => [pair.onPremises, pair]));
  }

  /** Goes through the objects of Active Directory. */
  *onPremises(): Generator<OnPremisesOutcome> {
    for (let index = 0; index < this.#input.directories.onPremises.size; index++) yield this.ofOnPremises(index);
  }

  /** Goes through the objects of the online service. */
  *online(): Generator<OnlineOutcome> {
    for (let index = 0; index < this.#input.directories.online.size; index++) yield this.ofOnline(index);
    yield* this.#ofRemoved();
  }

  /** Those in the recycle bin: restored, or not. A mailbox that is kept is no user. */
  *#ofRemoved(): Generator<OnlineOutcome> {
    const owners = new Map(Array.from(this.#restored.values(), ({ onPremises, removed }) => [removed, onPremises]));
    for (const [index, { user, reason }] of (this.#input.removed ?? []).entries()) {
      if (reason !== "deleted") continue;
      const { id, type } = user;
      const owner = owners.get(index);
      const own = owner === undefined ? undefined : this.ofOnPremises(owner);
      const before = stateOf(user);
      yield own?.outcome === "linked"
        ? { id, type, outcome: "restored", onPremises: own.id, before, certainty: "documented" }
        : { id, type, outcome: "deleted", before, certainty: "documented" };
    }
  }

  /**
   * The outcome of an object of Active Directory, by its index. Of two that bring one address the run takes the first: who that is,
   * nobody knows (entra-docs, how-to-connect-syncservice-duplicate-attribute-resiliency).
   */
  ofOnPremises(index: number): OnPremisesOutcome {
    const outcome = this.#ofObject(index);
    const { outcome: what, rules } = outcome;
    const isDone = what === "linked" || what === "created" || what === "created-beside";
    return isDone && this.#shared.areOf(index)
      ? { ...outcome, certainty: "unknown", rules: [...rules, "address-shared"] }
      : outcome;
  }

  #ofObject(index: number): OnPremisesOutcome {
    const user = this.#input.directories.onPremises.user(index);
    if (user.type !== "user") return this.#ofOther(index, user);
    if (this.#ambiguous.onPremises.has(index)) {
      return { ...identify(user), outcome: "ambiguous", certainty: "unknown", rules: ["several-linked"] };
    }
    const partner = this.#input.alignment.pairs.onlineOf(index);
    if (partner >= 0) return this.#ofLinked(index, user, partner);
    const apart = this.#apart.get(index);
    if (apart !== undefined) return this.#ofApart(user, apart);
    const restored = this.#restored.get(index);
    if (restored !== undefined) return this.#ofRestored(index, user, restored);
    const barred = this.#barred.get(index);
    return barred === undefined ? this.#ofNewcomer(index, user) : this.#ofBarred(user, barred);
  }

  /** Whether an unmatched person is new, and nothing stands in the way: the outcome is `created`. */
  isOrdinaryNewcomer(index: number): boolean {
    const known = [this.#contests, this.#conflicts, this.#apart, this.#restored, this.#barred, this.#likenesses];
    return !this.#ambiguous.onPremises.has(index) && known.every((objects) => !objects.has(index));
  }

  /** Whether a value of an object of Active Directory is an online object's that keeps it. */
  isContested(index: number): boolean {
    return this.#contests.has(index);
  }

  /** The outcome of an online object, by its index. */
  ofOnline(index: number): OnlineOutcome {
    const { directories, alignment } = this.#input;
    const user = directories.online.user(index);
    const { id, type } = user;
    const before = stateOf(user);
    if (this.#ambiguous.online.has(index)) return { id, type, outcome: "ambiguous", before, certainty: "unknown" };
    const apart = this.#apartOnline.get(index);
    if (apart !== undefined) {
      const onPremises = directories.onPremises.user(apart.onPremises).id;
      return { id, type, outcome: "bound", onPremises, before, certainty: "documented" };
    }
    const partners =
      user.type === "user"
        ? [alignment.pairs.onPremisesOf(index)].filter((at) => at >= 0).map(directories.onPremises.user)
        : claimantsOf(user, this.#input);
    const [partner] = partners;
    const isShared = partners.length > 1 || (partner !== undefined && sameKind(partner, directories.online).length > 1);
    if (isShared) return { id, type, outcome: "ambiguous", before, certainty: "unknown" };
    if (partner !== undefined) {
      return { id, type, outcome: "taken-over", onPremises: partner.id, certainty: "documented" };
    }
    return { id, type, outcome: user.immutableId ? "bound" : "cloud-only", before, certainty: "documented" };
  }

  #ofLinked(index: number, user: User, partner: number): OnPremisesOutcome {
    const { directories, alignment, tenant } = this.#input;
    const online = directories.online.user(partner);
    const prediction = predict(user, online, tenant);
    const pair = alignment.pairs.ofOnPremises(index);
    const rules = [LINKED_BY[pair?.method ?? "hard"]];
    const linked = { ...identify(user), outcome: "linked", online: online.id, before: stateOf(online) } as const;
    const contests = this.#contests.get(index) ?? [];
    return this.#settle(linked, prediction, contests, rules);
  }

  /** Active Directory does not rule the online user. */
  #ofApart(user: User, { online: index, reason }: ApartPair): OnPremisesOutcome {
    const online = this.#input.directories.online.user(index);
    const certainty = reason === "cloud-managed" ? "documented" : "inferred";
    const stays = { ...identify(user), outcome: "not-synchronized", online: online.id } as const;
    return { ...stays, before: stateOf(online), certainty, rules: [reason] };
  }

  /**
   * Who has the anchor of a user in the recycle bin: that one is restored, unless the tenant blocks it, or somebody has its name or
   * an address meanwhile. Source: jpazureid/blog on duplicate attributes, scenario 3 (Microsoft's support).
   */
  #ofRestored(index: number, user: User, { removed, isBlocked }: RestoredUser): OnPremisesOutcome {
    const { directories, tenant } = this.#input;
    const deleted = this.#input.removed?.[removed]?.user;
    if (deleted === undefined) throw new Error("nobody is restored");
    const own = { ...identify(user), online: deleted.id, before: stateOf(deleted), certainty: "documented" } as const;
    if (isBlocked) {
      return { ...own, outcome: "refused", error: "InvalidHardMatch", rules: ["hard-match-blocked"] };
    }
    if (holdersOf(deleted, directories.online).length > 0) {
      const rules: OnPremisesOutcome["rules"] = ["restored-by-anchor", "address-taken"];
      return { ...own, outcome: "refused", error: "AttributeValueMustBeUnique", rules };
    }
    const linked = { ...own, outcome: "linked" } as const;
    return this.#settle(linked, predict(user, deleted, tenant), this.#contests.get(index) ?? [], [
      "restored-by-anchor",
    ]);
  }

  /** Who shares what links with somebody with whom it may not be linked. */
  #ofBarred(user: User, { online: holder, bar }: BarredPair): OnPremisesOutcome {
    const { directories, tenant } = this.#input;
    const online = directories.online.user(holder);
    const error = BAR_ERRORS[bar];
    if (bar === "soft-match-blocked") {
      const prediction = predict(user, undefined, tenant);
      const contests = claimsOf(prediction.user)
        .filter((address) => hasAddress(online, address))
        .map((address): Contest => ({ address, holder }));
      return this.#settle({ ...identify(user), outcome: "created" }, prediction, contests, [bar], error);
    }
    const before = stateOf(online);
    const refused = { ...identify(user), outcome: "refused", online: online.id, before } as const;
    return { ...refused, error, certainty: "documented", rules: [bar] };
  }

  #ofNewcomer(index: number, user: User): OnPremisesOutcome {
    const { directories, tenant } = this.#input;
    const prediction = predict(user, undefined, tenant);
    const created = { ...identify(user), outcome: "created" } as const;
    const contests = this.#contests.get(index) ?? [];
    const conflicts = this.#conflicts.get(index) ?? [];
    if (conflicts.length > 0) {
      const bound = conflicts.map(({ online: holder, on }): Contest => ({ address: on, holder }));
      return this.#settle(created, prediction, join(bound, contests), ["bound-elsewhere"], "InvalidSoftMatch");
    }
    const likeness = this.#likenesses.get(index);
    if (likeness?.likeness.includes("userPrincipalName")) {
      const contest = { address: addressKey(user.userPrincipalName ?? ""), holder: likeness.online };
      const settled = this.#settle(created, prediction, join([contest], contests), ["upn-taken"]);
      return likeness.mayLink ? { ...settled, certainty: "unknown" } : settled;
    }
    if (likeness === undefined) return this.#settle(created, prediction, contests, ["not-linked"]);
    const settled = this.#settle(created, prediction, contests, ["not-linked", "looks-like-one"]);
    if (settled.outcome !== "created") return settled;
    const beside = directories.online.user(likeness.online).id;
    const certainty: Certainty = likeness.mayLink ? "unknown" : "inferred";
    return { ...settled, outcome: "created-beside", online: beside, certainty };
  }

  /** Groups and contacts link by address with an object of their kind, and collide with any other. */
  #ofOther(index: number, user: User): OnPremisesOutcome {
    const { directories, service, tenant } = this.#input;
    const known = identify(user);
    // Of a contact with nothing but `mail` the rules and KB 2643629 say that it comes, the default configuration does not.
    const isDoubtful = user.type === "contact" && user.proxyAddresses?.length === 0 && user.mail !== "";
    const certainty: Certainty = user.type === "unknown" ? "unknown" : isDoubtful ? "inferred" : "documented";
    if (isLeftOutToday(user, service)) {
      return { ...known, outcome: "not-synchronized", certainty, rules: ["contact-without-mail"] };
    }
    const partners = sameKind(user, directories.online);
    const contests = this.#contests.get(index) ?? [];
    const [contest] = contests;
    const [partner] = partners;
    if (partner !== undefined && (partners.length > 1 || claimantsOf(partner, this.#input).length > 1)) {
      return { ...known, outcome: "ambiguous", certainty: "unknown", rules: ["several-linked"] };
    }
    if (partner !== undefined && !areRefused(service, contests)) {
      const prediction = predict(user, partner, tenant);
      const linked = { outcome: "linked", online: partner.id, before: stateOf(partner) } as const;
      const heldBack = contests.flatMap(({ address, holder }) =>
        heldBackOf(prediction.user, address, directories.online.user(holder).id),
      );
      const after = stateOf(withhold(prediction.user, heldBack, tenant));
      const rules: OnPremisesOutcome["rules"] = ["linked-by-address", ...prediction.rules];
      const sure = leastSure(certainty, certaintyOfPrediction(prediction, this.#input));
      return { ...known, ...linked, ...(heldBack.length === 0 ? {} : { heldBack }), after, certainty: sure, rules };
    }
    if (findGalContacts(directories.onPremises).has(index)) {
      return { ...known, outcome: "not-synchronized", certainty: "unknown", rules: ["stands-for-another"] };
    }
    if (contest === undefined) {
      const sure = this.#showsOthers ? certainty : "unknown";
      return { ...known, outcome: "created", certainty: sure, rules: ["not-linked"] };
    }
    const error = this.#errorOf(user, contest);
    const rules = [error === "ObjectTypeMismatch" ? "other-type" : "address-taken"] as const;
    return { ...known, outcome: "refused", error, certainty, rules: [...rules] };
  }

  /** Says what comes of an outcome when values are contested. */
  #settle(
    settled: Known & Pick<OnPremisesOutcome, "online" | "before"> & { readonly outcome: "linked" | "created" },
    prediction: Prediction,
    contests: readonly Contest[],
    rules: readonly RuleName[],
    error?: ServiceError,
  ): OnPremisesOutcome {
    const { directories, service } = this.#input;
    const certainty = certaintyOfPrediction(prediction, this.#input);
    const [first] = contests;
    if (first === undefined) {
      return { ...settled, after: stateOf(prediction.user), certainty, rules: [...rules, ...prediction.rules] };
    }
    const isOtherType = contests.some(({ holder }) => isGroupOrContact(directories.online.user(holder)));
    const taken = isOtherType ? "other-type" : "address-taken";
    const why: readonly RuleName[] = rules.some((rule) => SAY_WHY.has(rule)) ? rules : [...rules, taken];
    if (areRefused(service, contests) || isOtherType) {
      return {
        ...settled,
        outcome: "refused",
        error:
          error ??
          (isOtherType ? "ObjectTypeMismatch" : this.#errorOf(prediction.user, first, settled.outcome === "created")),
        certainty: certaintyOfRefusal(
          prediction.user,
          contests.map(({ address }) => address),
          this.#input,
        ),
        rules: [...why, "contested-refused"],
      };
    }
    const heldBack = contests.flatMap(({ address, holder }) =>
      heldBackOf(prediction.user, address, directories.online.user(holder).id),
    );
    const after = stateOf(withhold(prediction.user, heldBack, this.#input.tenant));
    return {
      ...settled,
      heldBack: [...heldBack],
      after,
      certainty,
      rules: [...why, "contested-held-back", ...prediction.rules],
    };
  }

  /** Of a new object: InvalidSoftMatch where the holder is bound, whoever is bound to it. */
  #errorOf(user: User, { holder }: Contest, isNew = false): ServiceError {
    const { type, immutableId } = this.#input.directories.online.user(holder);
    if (isNew && type === user.type && immutableId) return "InvalidSoftMatch";
    return type === user.type || type === "unknown" ? "AttributeValueMustBeUnique" : "ObjectTypeMismatch";
  }
}

/** Whether an object is refused for its contests: for a chat address always, resiliency does not cover it (jpazureid/blog). */
function areRefused({ contested }: Service, contests: readonly Contest[]): boolean {
  return contests.length > 0 && (contested === "refused" || contests.some(({ address }) => isChatAddress(address)));
}

/** What an object of Active Directory is known by afterwards. */
type Known = Pick<OnPremisesOutcome, "id" | "type" | "anchor">;

/** Whether somebody in a directory is no person. */
function hasOthers({ size, table }: Directory): boolean {
  for (let index = 0; index < size; index++) if (table.typeOf(index) !== PERSON) return true;
  return false;
}

function identify({ id, type, sourceAnchor }: User): Known {
  return { id, type, ...(sourceAnchor ? { anchor: sourceAnchor } : {}) };
}

/** The same contest is told once. */
function join(these: readonly Contest[], those: readonly Contest[]): readonly Contest[] {
  const further = those.filter(
    ({ address, holder }) => !these.some((one) => one.address === address && one.holder === holder),
  );
  return [...these, ...further];
}

function group<One extends { readonly onPremises: number }>(all: readonly One[]): ReadonlyMap<number, readonly One[]> {
  const groups = new Map<number, One[]>();
  for (const one of all) {
    const known = groups.get(one.onPremises);
    if (known === undefined) groups.set(one.onPremises, [one]);
    else known.push(one);
  }
  return groups;
}
