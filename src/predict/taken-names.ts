import { NO_ADDRESS } from "../directory/address-index.ts";
import type { Directory } from "../directory/directory.ts";
import { DomainFacts } from "../directory/domain-facts.ts";
import { Fingerprints } from "../directory/fingerprints.ts";
import { isSmtpAddress, numberOf, UserOutline } from "../directory/user-row.ts";
import type { Alignment } from "../match/alignment.ts";
import { addressKey } from "../model/address.ts";
import { fields } from "../model/fields.ts";
import { hasAddress, type Side } from "../model/user.ts";
import { fieldCodes, PERSON, stateOf, YES } from "../model/user-view.ts";
import { toComputedName } from "../model/value-rules.ts";
import { appendTo } from "../text/append.ts";
import { keptNamesOf } from "./kept-names.ts";
import { predict } from "./predict.ts";
import type { TakenName, Tenant } from "./tenant.ts";
import { calculateMailNickname, calculateUpn } from "./upn-calculation.ts";

type Directories = Readonly<Record<Side, Directory>>;

/** The same tenant, and which names that the service would make up there are not free. */
export function withTakenNames(
  { takenNames: _, ...tenant }: Tenant,
  directories: Directories,
  alignment: Alignment,
): Tenant {
  const takenNames = findTakenNames(directories, alignment, tenant);
  return takenNames.size === 0 ? tenant : { ...tenant, takenNames };
}

/**
 * Finds the names that the service would make up (`mailNickname@initial domain`: as an address of whoever has a licence and none
 * there, or as the sign-in name where the UPN cannot be used) and that another online object has, or that several
 * people would get. Whoever has a name already keeps it. A licence may come later: it does not count here.
 */
function findTakenNames(
  directories: Directories,
  alignment: Alignment,
  tenant: Tenant,
): ReadonlyMap<string, TakenName> {
  const taken = new Map<string, TakenName>();
  if (tenant.initialDomain === undefined) return taken;
  const maker = new NameMaker(directories, alignment, tenant, tenant.initialDomain);
  const suspects = findSuspects(directories, alignment, maker);
  if (suspects.size === 0) return taken;
  const people = new Map<string, number[]>();
  const signInNames = new Set<string>();
  for (let index = 0; index < directories.onPremises.size; index++) {
    for (const [name, isSignInName] of maker.namesFor(index)) {
      if (!suspects.has(name)) continue;
      appendTo(people, name, index);
      if (isSignInName) signInNames.add(name);
    }
  }
  for (const [name, made] of people) {
    // Whoever has it now: that somebody gives it up in the same run is no help.
    const holders = directories.online.addresses.claims(name).map(({ index }) => index);
    const own = new Set(made);
    const claimed = maker.claimantsOf(name).filter((index) => !own.has(index));
    if (holders.length === 0 && made.length + claimed.length < 2) continue;
    taken.set(name, { made, claimed, holders, isSignInName: signInNames.has(name) });
  }
  return taken;
}

/** Finds the names that may not be free: hardly ever any. */
function findSuspects(
  { onPremises, online }: Directories,
  { pairs }: Alignment,
  maker: NameMaker,
): ReadonlySet<string> {
  const suspects = new Set<string>();
  const seen = new Fingerprints();
  const encoder = new TextEncoder();
  for (let index = 0; index < onPremises.size; index++) {
    for (const name of maker.namesFor(index).keys()) {
      const bytes = encoder.encode(name);
      const isKnown = seen.note(bytes, 0, bytes.length, true);
      const isAnothers =
        isHeldByAnother(online, name, pairs.onlineOf(index)) || isHeldByAnother(onPremises, name, index);
      if (isKnown || isAnothers) suspects.add(name);
    }
  }
  return suspects;
}

function isHeldByAnother({ addresses }: Directory, name: string, own: number): boolean {
  const number = addresses.findText(name);
  return number >= 0 && !addresses.isHeldOnlyBy(number, own);
}

/** Knows for whom the service makes up which name. */
class NameMaker {
  readonly #directories: Directories;
  readonly #alignment: Alignment;
  readonly #tenant: Tenant;
  readonly #initialDomain: string;
  readonly #undecided: ReadonlySet<number>;
  readonly #kept: ReturnType<typeof keptNamesOf>;
  readonly #isInitial: DomainFacts<boolean>;
  readonly #isVerified: DomainFacts<boolean>;
  readonly #left = new UserOutline();
  readonly #right = new UserOutline();

  constructor(directories: Directories, alignment: Alignment, tenant: Tenant, initialDomain: string) {
    this.#directories = directories;
    this.#alignment = alignment;
    this.#tenant = tenant;
    this.#initialDomain = initialDomain;
    this.#kept = keptNamesOf(directories, tenant);
    const { ambiguous, restored, barred, apart } = alignment;
    this.#undecided = new Set([
      ...ambiguous.flatMap((group) => group.onPremises),
      ...[...restored, ...barred, ...apart].map((pair) => pair.onPremises),
    ]);
    this.#isInitial = new DomainFacts(directories.online.addresses, (domain) => domain === initialDomain);
    this.#isVerified = new DomainFacts(directories.onPremises.addresses, (domain) =>
      tenant.verifiedDomains.has(domain),
    );
  }

  /** The names that are made up for a person, in lower case, and whether each is to be the sign-in name. */
  namesFor(index: number): ReadonlyMap<string, boolean> {
    const { onPremises, online } = this.#directories;
    const partner = this.#alignment.pairs.onlineOf(index);
    if (partner >= 0 && this.#kept.hasWithInitial(index, partner)) return NONE;
    const needsAddress = this.#needsAddress(partner);
    if (!(needsAddress || this.#needsName(index, partner)) || this.#undecided.has(index)) return NONE;
    if (onPremises.table.typeOf(index) !== PERSON) return NONE;
    const user = onPremises.user(index);
    const present = partner < 0 ? undefined : online.user(partner);
    const names = new Map<string, boolean>();
    const note = (name: string, isSignInName: boolean): void => {
      const key = addressKey(name);
      if (present === undefined || !hasAddress(present, key)) names.set(key, isSignInName || names.get(key) === true);
    };
    const upn = calculateUpn(user, present, this.#tenant);
    if (upn?.reason === "suffix-not-verified" || upn?.reason === "invalid-value") note(upn.userPrincipalName, true);
    const nickname = needsAddress ? calculateMailNickname(user) : undefined;
    const local = nickname === undefined ? undefined : toComputedName(nickname, "proxyAddresses");
    if (local !== undefined) note(`${local}@${this.#initialDomain}`, false);
    return names;
  }

  /** Whether somebody has no address in the initial domain yet. */
  #needsAddress(partner: number): boolean {
    const { online } = this.#directories;
    if (partner < 0) return true;
    const outline = online.table.outline(partner, this.#right);
    for (let entry = 0; entry < outline.entries; entry++) {
      const number = outline.numbers[entry] ?? NO_ADDRESS;
      if (isSmtpAddress(outline, entry) && number >= 0 && this.#isInitial.of(number)) return false;
    }
    return true;
  }

  /** Whether the sign-in name on-premises may be one that the service replaces. */
  #needsName(index: number, partner: number): boolean {
    const { onPremises, online } = this.#directories;
    if (partner >= 0 && this.#tenant.upnFlow === "unlicensed-only") {
      const { states } = online.table.outline(partner, this.#right);
      if (stateOf(states, fields.isLicensed.code) === YES) return false;
    }
    if (!onPremises.table.isOrdinary(index)) return true;
    // Of an ordinary person the name is an address.
    const name = numberOf(onPremises.table.outline(index, this.#left), fieldCodes.userPrincipalName);
    return name < 0 || !this.#isVerified.of(name);
  }

  /** The people of Active Directory who bring a name, and do not have it yet. */
  claimantsOf(name: string): readonly number[] {
    const { onPremises, online } = this.#directories;
    return onPremises.addresses
      .claims(name)
      .map(({ index }) => index)
      .filter((index) => {
        const partner = this.#alignment.pairs.onlineOf(index);
        const present = partner < 0 ? undefined : online.user(partner);
        if (present !== undefined && hasAddress(present, name)) return false;
        return hasAddress(predict(onPremises.user(index), present, this.#tenant).user, name);
      });
  }
}

const NONE: ReadonlyMap<string, boolean> = new Map();
