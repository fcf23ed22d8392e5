import {
  ALIAS,
  checkMail,
  checkProxyAddress,
  checkTargetAddress,
  checkUserPrincipalName,
  SIGN_IN_NAME,
} from "./address-rules.ts";
import { findRefusedCharacters } from "./mailbox-rules.ts";
import {
  ACCOUNT_NAME,
  checkAccountName,
  checkDisplayName,
  checkGivenName,
  checkMailNickname,
  LATEST_OF_NICKNAMES,
  NICKNAME,
} from "./name-rules.ts";
import { NOTHING_KNOWN, type ValueContext } from "./value-context.ts";
import type { ValueProblem } from "./value-problem.ts";

/** The attributes whose values are checked, in the order of reports. */
export const checkedAttributes = [
  "userPrincipalName",
  "proxyAddresses",
  "mail",
  "mailNickname",
  "sAMAccountName",
  "targetAddress",
  "displayName",
  "givenName",
] as const;

/** An attribute whose values are checked. */
export type CheckedAttribute = (typeof checkedAttributes)[number];

/**
 * Finds every rule that a value of Active Directory breaks, from left to right; a length of the whole comes first. A valid
 * value costs next to nothing, and gives the same empty list each time.
 *
 * The value is the one in the directory, not trimmed; those of proxyAddresses and targetAddress have their type. The rules
 * rank their sources: microsoft-365-docs, prepare-for-directory-synchronization ("the page"); KB 3190357, entra-docs and the
 * default synchronization rules; Exchange and Microsoft Graph; the RFCs. Where they disagree, the rule says so.
 */
export function findValueProblems(
  attribute: CheckedAttribute,
  value: string,
  context: ValueContext = NOTHING_KNOWN,
): readonly ValueProblem[] {
  return CHECKS[attribute](value, context);
}

const CHECKS: Readonly<Record<CheckedAttribute, (value: string, context: ValueContext) => readonly ValueProblem[]>> = {
  userPrincipalName: checkUserPrincipalName,
  proxyAddresses: checkProxyAddress,
  mail: checkMail,
  mailNickname: checkMailNickname,
  sAMAccountName: checkAccountName,
  targetAddress: checkTargetAddress,
  displayName: checkDisplayName,
  givenName: checkGivenName,
};

/** What the service writes for a character that a computed name may not have. */
const SUBSTITUTE = "_";

/**
 * Makes the name that the service computes of another (of mailNickname, or what stands for it): for a nickname, or before the
 * `@` of a sign-in name or an address. A character that may not stand there becomes `_`. `undefined` where that gives no valid
 * name, as with a dot at an end or more than 64 characters: what the service then does is documented nowhere. Source: the
 * page, Microsoft Graph.
 */
export function toComputedName(
  name: string,
  attribute: Exclude<NamingAttribute, "sAMAccountName">,
): string | undefined {
  const latest = attribute === "mailNickname" ? LATEST_OF_NICKNAMES : undefined;
  const refused = new Set(findRefusedCharacters(name, 0, NAME_CHARACTERS[attribute], latest).map(({ where }) => where));
  let text = "";
  for (let index = 0; index < name.length; ) {
    const character = String.fromCodePoint(name.codePointAt(index) ?? 0);
    text += refused.has(index) || character === "@" ? SUBSTITUTE : character;
    index += character.length;
  }
  const [value, checked] =
    attribute === "mailNickname"
      ? ([text, "mailNickname"] as const)
      : ([`${text}@contoso.com`, attribute === "proxyAddresses" ? "mail" : attribute] as const);
  return findValueProblems(checked, value).length === 0 ? text : undefined;
}

/** Tells whether an ASCII character may not stand in a name of an attribute, dots and `@` aside. */
export function isRefusedIn(attribute: NamingAttribute, character: string): boolean {
  return NAME_CHARACTERS[attribute][character.charCodeAt(0)] !== 0;
}

/** An attribute of which a name is a part. */
export type NamingAttribute = keyof typeof NAME_CHARACTERS;

const NAME_CHARACTERS = {
  userPrincipalName: SIGN_IN_NAME.characters,
  proxyAddresses: ALIAS.characters,
  mailNickname: NICKNAME,
  sAMAccountName: ACCOUNT_NAME,
};
