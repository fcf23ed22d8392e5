import type { Directory } from "../directory/directory.ts";
import { RowTexts } from "../directory/row-texts.ts";
import { UserOutline } from "../directory/user-row.ts";
import { fields } from "../model/fields.ts";
import { ordinaryPersonKnows } from "../model/ordinary-person.ts";
import { purposeReads } from "../model/recipient-type.ts";
import type { Side, UserField } from "../model/user.ts";
import { NOT_EXPORTED, stateOf } from "../model/user-view.ts";
import { overwrittenFields } from "./account-calculation.ts";
import { keptNamesOf } from "./kept-names.ts";
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
  readonly #names: ReturnType<typeof keptNamesOf>;
  readonly #left = new UserOutline();
  readonly #right = new UserOutline();
  /** Whether it counts who is enabled. */
  readonly #comparesState: boolean;
  /** The codes of the texts that count, and where they stand in the two rows. */
  readonly #texts: readonly number[];
  readonly #ownTexts: RowTexts;
  readonly #otherTexts: RowTexts;

  /** `reads` are the fields that the kinds asked for look at: whether texts and what is enabled count. */
  constructor(directories: Readonly<Record<Side, Directory>>, tenant: Tenant, reads: ReadonlySet<UserField>) {
    const { onPremises, online } = directories;
    this.#onPremises = onPremises;
    this.#online = online;
    this.#names = keptNamesOf(directories, tenant);
    this.#comparesState = reads.has("isEnabled");
    this.#texts = overwrittenFields
      .filter((field) => reads.has(field) && onPremises.fields.has(field))
      .map((field) => fields[field].code)
      .filter((code) => online.table.countOf(code) > 0);
    this.#ownTexts = new RowTexts(this.#texts);
    this.#otherTexts = new RowTexts(this.#texts);
  }

  /** Tells whether the run leaves an online user as it is; false if one of the two is not ordinary (`model/ordinary-person.ts`). */
  has(onPremisesIndex: number, onlineIndex: number): boolean {
    if (!this.keepsNames(onPremisesIndex, onlineIndex)) return false;
    if (!this.#comparesState && this.#texts.length === 0) return true;
    const left = this.#onPremises.table.outline(onPremisesIndex, this.#left);
    const right = this.#online.table.outline(onlineIndex, this.#right);
    return !(this.#comparesState && haveOtherStates(left, right)) && this.#haveSameTexts(left, right);
  }

  /** Tells whether the run leaves the sign-in name and the addresses of an online user as they are; false as in {@link has}. */
  keepsNames(onPremisesIndex: number, onlineIndex: number): boolean {
    return this.#names.has(onPremisesIndex, onlineIndex);
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
}

/** Whether one is enabled and the other is not. */
function haveOtherStates(left: UserOutline, right: UserOutline): boolean {
  const { code } = fields.isEnabled;
  const [one, other] = [stateOf(left.states, code), stateOf(right.states, code)];
  return one !== other && one !== NOT_EXPORTED && other !== NOT_EXPORTED;
}
