import { parseSmtpAddress } from "../../model/address.ts";
import type { SuggestionClause } from "../../model/suggestion-clauses.ts";
import { toReason } from "../../model/suggestion-clauses.ts";
import { primarySmtpAddress, type User } from "../../model/user.ts";
import { fieldCodes } from "../../model/user-view.ts";
import { type CheckedAttribute, findValueProblems, toComputedName } from "../../model/value-rules.ts";
import type { ValueSuggestion } from "../../model/value-suggestion.ts";
import type { Overview } from "./define-mismatch.ts";
import { commonNameOf } from "./invalid-values.ts";

/** Something that the service takes, and that is better mended: as IdFix told it. */
export interface Untidy {
  readonly user: User;
  readonly attribute: CheckedAttribute;
  readonly rule: "blank" | "white-space";
  readonly value: string;
  readonly suggestion: ValueSuggestion | undefined;
}

/**
 * Finds what the service fills in by itself, or lists as it is: a display name that is missing or has white space at its ends, a
 * contact without mailNickname or targetAddress. It is told of whoever has an address, where Active Directory is looked at alone.
 */
export function* findUntidy({ onPremises, isOrdinary }: Overview): Generator<Untidy> {
  for (let index = 0; index < onPremises.size; index++) {
    if (isOrdinary(index) && hasName(onPremises.outline(index))) continue;
    const user = onPremises.user(index);
    const address = primarySmtpAddress(user) ?? user.mail ?? "";
    if (address === "") continue;
    if (onPremises.fields.has("displayName")) yield* nameOf(user);
    if (user.type === "contact") yield* contactNamesOf(user, address, onPremises);
  }
}

function* nameOf(user: User): Generator<Untidy> {
  const { displayName = "" } = user;
  const tidy = displayName.trim();
  if (displayName === "") yield blank(user, "displayName", commonNameOf(user.id), "it is the object's cn");
  else if (tidy !== displayName && tidy !== "") {
    const suggestion = edit(tidy, "white space at the ends goes", "certain");
    yield { user, attribute: "displayName", rule: "white-space", value: displayName, suggestion };
  }
}

/** An attribute that no object has was perhaps not exported. */
function* contactNamesOf(user: User, address: string, { table }: Overview["onPremises"]): Generator<Untidy> {
  const { mail, mailNickname = "", targetAddress = "" } = user;
  if (mailNickname === "" && table.countOf(fieldCodes.mailNickname) > 0) {
    const name = toComputedName(parseSmtpAddress(address)?.localPart ?? "", "mailNickname");
    yield blank(user, "mailNickname", name, "it is what the object's own address begins with");
  }
  if (targetAddress === "" && table.countOf(fieldCodes.targetAddress) > 0) {
    yield blank(user, "targetAddress", mail ? `SMTP:${mail}` : undefined, "it is the contact's mail");
  }
}

function hasName({ codes, entries }: { readonly codes: ArrayLike<number>; readonly entries: number }): boolean {
  for (let entry = 0; entry < entries; entry++) if (codes[entry] === fieldCodes.displayName) return true;
  return false;
}

function blank(user: User, attribute: CheckedAttribute, value: string | undefined, clause: SuggestionClause): Untidy {
  const isGood = value !== undefined && value !== "" && findValueProblems(attribute, value).length === 0;
  return { user, attribute, rule: "blank", value: "", suggestion: isGood ? edit(value, clause, "likely") : undefined };
}

function edit(value: string, clause: SuggestionClause, confidence: "certain" | "likely"): ValueSuggestion {
  return { action: "edit", value, confidence, reason: toReason([clause]) };
}
