import { NO_ADDRESS } from "../directory/address-index.ts";
import type { Directory } from "../directory/directory.ts";
import { DomainFacts } from "../directory/domain-facts.ts";
import { isSmtpAddress, numberOf, UserOutline } from "../directory/user-row.ts";
import { isReservedDomain } from "../model/address.ts";
import { fields } from "../model/fields.ts";
import type { Side } from "../model/user.ts";
import { NO, SMTP_PRIMARY, stateOf } from "../model/user-view.ts";
import type { Tenant } from "./tenant.ts";

/** What counts of a tenant here: the same whichever service runs. */
type Domains = Pick<Tenant, "verifiedDomains" | "initialDomain">;

/** What is to be known of a domain. */
interface DomainUse {
  readonly isVerified: boolean;
  readonly isReserved: boolean;
  readonly isInitial: boolean;
}

const UPN = fields.userPrincipalName.code;

/** What is known of a pair. */
const CHANGES = 1;
const KEPT = 2;
/** The online user has an address in the initial domain besides. */
const KEPT_WITH_INITIAL = 3;
const STATES = 4;

/** By the on-premises side. */
const known = new WeakMap<Directory, KeptNames>();

/** Knows of two directories whose names the run keeps: once for all who ask, whichever service runs. */
export function keptNamesOf({ onPremises, online }: Readonly<Record<Side, Directory>>, domains: Domains): KeptNames {
  const before = known.get(onPremises);
  if (before?.isAbout(online, domains) === true) return before;
  const names = new KeptNames(onPremises, online, domains);
  known.set(onPremises, names);
  return names;
}

/**
 * Tells, from numbers alone, of which pairs the run leaves the sign-in name and the addresses as they are. It is a shortcut: whoever
 * has something unusual is simply looked at.
 */
class KeptNames {
  readonly #onPremises: Directory;
  readonly #online: Directory;
  readonly #domains: Domains;
  /** Of each on-premises address twice its number online, and 1 more where it is written alike; -1 if it has none. */
  readonly #translation: Int32Array;
  readonly #onPremisesDomains: DomainFacts<DomainUse>;
  readonly #onlineDomains: DomainFacts<DomainUse>;
  readonly #left = new UserOutline();
  readonly #right = new UserOutline();
  /** Of each on-premises user the online one with whom it was held last, and what was found; 0 before that. */
  readonly #found: Uint32Array;

  constructor(onPremises: Directory, online: Directory, domains: Domains) {
    this.#onPremises = onPremises;
    this.#online = online;
    this.#domains = domains;
    this.#translation = onPremises.addresses.translateTo(online.addresses);
    this.#found = new Uint32Array(onPremises.size);
    const useOf = (domain: string): DomainUse => ({
      isVerified: domains.verifiedDomains.has(domain),
      isReserved: isReservedDomain(domain),
      isInitial: domain === domains.initialDomain,
    });
    this.#onPremisesDomains = new DomainFacts(onPremises.addresses, useOf);
    this.#onlineDomains = new DomainFacts(online.addresses, useOf);
  }

  isAbout(online: Directory, { verifiedDomains, initialDomain }: Domains): boolean {
    const { verifiedDomains: verified, initialDomain: initial } = this.#domains;
    return this.#online === online && verified === verifiedDomains && initial === initialDomain;
  }

  /**
   * Tells whether the run leaves the sign-in name and the addresses of an online user as they are; false if one of the two is not
   * ordinary (`model/ordinary-person.ts`).
   *
   * The two have the same primary address to the letter, and the same addresses in domains that are verified; of the
   * service's own domains only the online user has some, and the one that every licensed user has among them.
   */
  has(onPremisesIndex: number, onlineIndex: number): boolean {
    return this.#find(onPremisesIndex, onlineIndex) >= KEPT;
  }

  /** Tells whether names are kept, and the online user has an address in the initial domain, licensed or not. */
  hasWithInitial(onPremisesIndex: number, onlineIndex: number): boolean {
    return this.#find(onPremisesIndex, onlineIndex) === KEPT_WITH_INITIAL;
  }

  #find(onPremisesIndex: number, onlineIndex: number): number {
    const before = this.#found[onPremisesIndex] ?? 0;
    if (before % STATES > 0 && Math.floor(before / STATES) === onlineIndex) return before % STATES;
    const found = this.#compare(onPremisesIndex, onlineIndex);
    this.#found[onPremisesIndex] = onlineIndex * STATES + found;
    return found;
  }

  #compare(onPremisesIndex: number, onlineIndex: number): number {
    if (!this.#onPremises.table.isOrdinary(onPremisesIndex) || !this.#online.table.isOrdinary(onlineIndex)) {
      return CHANGES;
    }
    const left = this.#onPremises.table.outline(onPremisesIndex, this.#left);
    const right = this.#online.table.outline(onlineIndex, this.#right);
    if (!left.hasAddresses || !right.hasAddresses) return CHANGES;
    const primary = this.#translation[numberOf(left, SMTP_PRIMARY)] ?? -1;
    if (primary < 0 || (primary & 1) === 0 || primary >> 1 !== numberOf(right, SMTP_PRIMARY)) return CHANGES;
    return this.#allArrive(left, right) ? this.#allStay(left, right) : CHANGES;
  }

  /**
   * Tells whether the sign-in name is the same before and after, whatever the service: both have it to the letter, and its domain is
   * verified. The on-premises one must be an ordinary person.
   */
  keepsSignInName(onPremisesIndex: number, onlineIndex: number): boolean {
    const own = numberOf(this.#onPremises.table.outline(onPremisesIndex, this.#left), UPN);
    const there = this.#translation[own] ?? -1;
    if (there < 0 || (there & 1) === 0) return false;
    if (there >> 1 !== numberOf(this.#online.table.outline(onlineIndex, this.#right), UPN)) return false;
    const { isVerified, isReserved } = this.#onPremisesDomains.of(own);
    return isVerified && !isReserved;
  }

  /** Whether the online user has all addresses of the on-premises one, and all are in domains that are verified. */
  #allArrive(left: UserOutline, right: UserOutline): boolean {
    for (let entry = 0; entry < left.entries; entry++) {
      if (!isSmtpAddress(left, entry)) continue;
      const number = left.numbers[entry] ?? NO_ADDRESS;
      const there = (this.#translation[number] ?? -1) >> 1;
      if (there < 0 || !hasNumber(right, there)) return false;
      const { isVerified, isReserved } = this.#onPremisesDomains.of(number);
      if (!isVerified || isReserved) return false;
    }
    return true;
  }

  /** Tells whether the online user keeps all addresses, and whether he has one in the initial domain, or needs none. */
  #allStay(left: UserOutline, right: UserOutline): number {
    let hasInitial = false;
    for (let entry = 0; entry < right.entries; entry++) {
      if (!isSmtpAddress(right, entry)) continue;
      const number = right.numbers[entry] ?? NO_ADDRESS;
      const { isReserved, isInitial } = this.#onlineDomains.of(number);
      if (isInitial) hasInitial = true;
      if (!isReserved && !this.#isFrom(left, number)) return CHANGES;
    }
    if (hasInitial) return KEPT_WITH_INITIAL;
    const needsNone = this.#domains.initialDomain === undefined || stateOf(right.states, fields.isLicensed.code) === NO;
    return needsNone ? KEPT : CHANGES;
  }

  /** Whether an on-premises user has the address of an online number. */
  #isFrom(left: UserOutline, number: number): boolean {
    for (let entry = 0; entry < left.entries; entry++) {
      if (isSmtpAddress(left, entry) && (this.#translation[left.numbers[entry] ?? NO_ADDRESS] ?? -1) >> 1 === number)
        return true;
    }
    return false;
  }
}

function hasNumber(outline: UserOutline, number: number): boolean {
  for (let entry = 0; entry < outline.entries; entry++) {
    if (isSmtpAddress(outline, entry) && outline.numbers[entry] === number) return true;
  }
  return false;
}
