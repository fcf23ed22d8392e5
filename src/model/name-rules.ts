import { checkUserPrincipalName } from "./address-rules.ts";
import { findDots, findRefusedCharacters, inOrder, refuseCharacters } from "./mailbox-rules.ts";
import { NOTHING_KNOWN, type ValueContext } from "./value-context.ts";
import { NO_PROBLEMS, tooLong, type ValueProblem } from "./value-problem.ts";

const LONGEST_NICKNAME = 64;
const LONGEST_ACCOUNT_NAME = 20;
const LONGEST_DISPLAY_NAME = 256;
const LONGEST_GIVEN_NAME = 64;

/**
 * No dot at the beginning (the page), at the end, or beside another (Exchange, Set-Mailbox -Alias, which also says 64). The
 * characters are those that Microsoft Graph refuses and Entra writes as `_`. Exchange takes letters up to U+00FF and the
 * apostrophe, Graph's page of groups does not: they are let pass.
 */
export function checkMailNickname(value: string): readonly ValueProblem[] {
  if (value.length <= LONGEST_NICKNAME && isPlainNickname(value)) return NO_PROBLEMS;
  const found = [
    ...findRefusedCharacters(value, 0, NICKNAME, LATEST_OF_NICKNAMES),
    ...findDots(value, 0).filter(({ rule }) => rule !== "dot-before-at"),
  ];
  if (value.length > 1 && value.endsWith(".")) found.push({ rule: "trailing-dot", where: value.length - 1 });
  const all = inOrder(found);
  return value.length > LONGEST_NICKNAME ? [...tooLong(LONGEST_NICKNAME), ...all] : all;
}

export const NICKNAME = refuseCharacters('()\\[]";:<>,@');
/** The last character that Exchange takes in a nickname. */
export const LATEST_OF_NICKNAMES = 0xff;
const DOT = 46;

function isPlainNickname(value: string): boolean {
  let previous = DOT;
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    if (code > 127 || NICKNAME[code] !== 0 || (code === DOT && previous === DOT)) return false;
    previous = code;
  }
  return value === "" || previous !== DOT;
}

/**
 * The page: 20 characters, and a list of invalid ones, for people without a valid sign-in name alone. An apostrophe at the
 * end of that list may close it: it is let pass.
 */
export function checkAccountName(
  value: string,
  { type = "user", userPrincipalName = "" }: ValueContext,
): readonly ValueProblem[] {
  if (type !== "user" || value === "") return NO_PROBLEMS;
  if (userPrincipalName && checkUserPrincipalName(userPrincipalName, NOTHING_KNOWN).length === 0) return NO_PROBLEMS;
  const found = findRefusedCharacters(value, 0, ACCOUNT_NAME, Number.POSITIVE_INFINITY).filter(
    ({ rule }) => rule === "invalid-character",
  );
  return value.length > LONGEST_ACCOUNT_NAME ? [...tooLong(LONGEST_ACCOUNT_NAME), ...found] : found;
}

export const ACCOUNT_NAME = refuseCharacters('[]\\"|,/:<>+=;?*');

/**
 * The page and the schema of Active Directory: 256 (IdFix: 255), not blank where the attribute has a value. Any character may
 * stand in a name.
 */
export function checkDisplayName(value: string): readonly ValueProblem[] {
  if (value.length > LONGEST_DISPLAY_NAME) return tooLong(LONGEST_DISPLAY_NAME);
  return value !== "" && value.trim() === "" ? [{ rule: "blank", where: 0 }] : NO_PROBLEMS;
}

/** The page: 64 (IdFix: 63). */
export function checkGivenName(value: string): readonly ValueProblem[] {
  return value.length > LONGEST_GIVEN_NAME ? tooLong(LONGEST_GIVEN_NAME) : NO_PROBLEMS;
}
