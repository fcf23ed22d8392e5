import { NO_ADDRESS } from "../directory/address-index.ts";
import type { Directory } from "../directory/directory.ts";
import { DomainFacts } from "../directory/domain-facts.ts";
import { RowTexts } from "../directory/row-texts.ts";
import { isSmtpAddress, numberOf, UserOutline } from "../directory/user-row.ts";
import { isReservedDomain } from "../model/address.ts";
import { fields } from "../model/fields.ts";
import { ordinaryPersonKnows } from "../model/ordinary-person.ts";
import { purposeReads } from "../model/recipient-type.ts";
import type { UserField } from "../model/user.ts";
import { NO, NOT_EXPORTED, SMTP_PRIMARY, stateOf } from "../model/user-view.ts";
import { overwrittenFields } from "./account-calculation.ts";
import type { Tenant } from "./tenant.ts";

/**
 * The fields that {@link QuietPairs} knows of two people: the licence, what is enabled and texts itself, the others since both
 * are ordinary, taken alone. What an object is for Exchange can only excuse that one of the two is disabled.
 */
export const quietPairKnows: ReadonlySet<UserField> = new Set<UserField>([
  ...ordinaryPersonKnows,
  "isEnabled",
  ...purposeReads,
  ...overwrittenFields,
]);

const UPN = fields.userPrincipalName.code;

/** What is to be known of a domain. */
interface DomainUse {
  readonly isVerified: boolean;
  readonly isReserved: boolean;
  readonly isInitial: boolean;
}

/**
 * Tells, from numbers alone, of which pairs there is nothing to say: most pairs of most directories. For them no user is
 * made and nothing is predicted.
 *
 * What it says is a shortcut and no rule of its own: of whom it says so the kinds find nothing, and a test holds it to
 * that. Whoever has something unusual is simply looked at.
 */
export class QuietPairs {
  readonly #onPremises: Directory;
  readonly #online: Directory;
  readonly #hasInitialDomain: boolean;
  /** Of each on-premises address twice its number online, and 1 more where it is written alike; -1 if it has none. */
  readonly #translation: Int32Array;
  readonly #onPremisesDomains: DomainFacts<DomainUse>;
  readonly #onlineDomains: DomainFacts<DomainUse>;
  readonly #left = new UserOutline();
  readonly #right = new UserOutline();
  /** Of whom {@link keepsNames} was asked last, and what it said. */
  #lastOnPremises = -1;
  #lastOnline = -1;
  #keptNames = false;
  /** Whether it counts who is enabled. */
  readonly #comparesState: boolean;
  /** The codes of the texts that count, and where they stand in the two rows. */
  readonly #texts: readonly number[];
  readonly #ownTexts: RowTexts;
  readonly #otherTexts: RowTexts;

  /** `reads` are the fields that the kinds asked for look at: whether texts and what is enabled count. */
  constructor(onPremises: Directory, online: Directory, tenant: Tenant, reads: ReadonlySet<UserField> = new Set()) {
    this.#onPremises = onPremises;
    this.#online = online;
    this.#hasInitialDomain = tenant.initialDomain !== undefined;
    this.#translation = onPremises.addresses.translateTo(online.addresses);
    this.#comparesState = reads.has("isEnabled");
    this.#texts = overwrittenFields
      .filter((field) => reads.has(field) && onPremises.fields.has(field))
      .map((field) => fields[field].code)
      .filter((code) => online.table.countOf(code) > 0);
    this.#ownTexts = new RowTexts(this.#texts);
    this.#otherTexts = new RowTexts(this.#texts);
    const useOf = (domain: string): DomainUse => ({
      isVerified: tenant.verifiedDomains.has(domain),
      isReserved: isReservedDomain(domain),
      isInitial: domain === tenant.initialDomain,
    });
    this.#onPremisesDomains = new DomainFacts(onPremises.addresses, useOf);
    this.#onlineDomains = new DomainFacts(online.addresses, useOf);
  }

  /** Tells whether the run leaves an online user as it is. Both must be ordinary people (`model/ordinary-person.ts`). */
  has(onPremisesIndex: number, onlineIndex: number): boolean {
    if (!this.keepsNames(onPremisesIndex, onlineIndex)) return false;
    if (this.#comparesState && haveOtherStates(this.#left, this.#right)) return false;
    return this.#haveSameTexts(this.#left, this.#right);
  }

  /**
   * Tells whether the run leaves the sign-in name and the addresses of an online user as they are; both must be ordinary.
   *
   * The two have the same primary address to the letter, and the same addresses in domains that are verified; of the
   * service's own domains only the online user has some, and the one that every licensed user has among them.
   */
  keepsNames(onPremisesIndex: number, onlineIndex: number): boolean {
    const isAskedAgain = this.#lastOnPremises === onPremisesIndex && this.#lastOnline === onlineIndex;
    if (isAskedAgain) return this.#keptNames;
    this.#lastOnPremises = onPremisesIndex;
    this.#lastOnline = onlineIndex;
    this.#keptNames = this.#keepNames(onPremisesIndex, onlineIndex);
    return this.#keptNames;
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

  #keepNames(onPremisesIndex: number, onlineIndex: number): boolean {
    const left = this.#onPremises.table.outline(onPremisesIndex, this.#left);
    const right = this.#online.table.outline(onlineIndex, this.#right);
    if (!left.hasAddresses || !right.hasAddresses) return false;
    const primary = this.#translation[numberOf(left, SMTP_PRIMARY)] ?? -1;
    if (primary < 0 || (primary & 1) === 0 || primary >> 1 !== numberOf(right, SMTP_PRIMARY)) return false;
    return this.#allArrive(left, right) && this.#allStay(left, right);
  }

  /** Whether the online user loses no text: what is blank online is lost by nobody. */
  #haveSameTexts(left: UserOutline, right: UserOutline): boolean {
    const { length } = this.#texts;
    if (length === 0) return true;
    if (!this.#ownTexts.locate(left) || !this.#otherTexts.locate(right)) return false;
    for (let slot = 0; slot < length; slot++) {
      if (this.#otherTexts.lengthOf(slot) > 0 && !this.#ownTexts.isSame(slot, this.#otherTexts)) return false;
    }
    return true;
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

  /** Whether the online user keeps all addresses, and needs no further one in the initial domain. */
  #allStay(left: UserOutline, right: UserOutline): boolean {
    let hasOwn = !this.#hasInitialDomain || stateOf(right.states, fields.isLicensed.code) === NO;
    for (let entry = 0; entry < right.entries; entry++) {
      if (!isSmtpAddress(right, entry)) continue;
      const number = right.numbers[entry] ?? NO_ADDRESS;
      const { isReserved, isInitial } = this.#onlineDomains.of(number);
      if (isInitial) hasOwn = true;
      if (!isReserved && !this.#isFrom(left, number)) return false;
    }
    return hasOwn;
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

/** Whether one is enabled and the other is not. */
function haveOtherStates(left: UserOutline, right: UserOutline): boolean {
  const { code } = fields.isEnabled;
  const [one, other] = [stateOf(left.states, code), stateOf(right.states, code)];
  return one !== other && one !== NOT_EXPORTED && other !== NOT_EXPORTED;
}

function hasNumber(outline: UserOutline, number: number): boolean {
  for (let entry = 0; entry < outline.entries; entry++) {
    if (isSmtpAddress(outline, entry) && outline.numbers[entry] === number) return true;
  }
  return false;
}
