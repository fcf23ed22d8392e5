import { appendAll } from "../text/append.ts";
import { domainOf, type ProxyAddress, parseProxyAddress } from "./address.ts";
import { displayFormOf, severalAddressesIn, typeInFrontOf } from "./address-forms.ts";
import {
  findMailboxProblems,
  findRefusedCharacters,
  isPlainMailbox,
  type MailboxGrammar,
  refuseCharacters,
} from "./mailbox-rules.ts";
import { NOTHING_KNOWN, type ValueContext } from "./value-context.ts";
import { characterProblem, NO_PROBLEMS, tooLong, type ValueProblem } from "./value-problem.ts";

const LONGEST_VALUE = 256;
const LONGEST_SIGN_IN_NAME = 113;

/**
 * The page: at most 113 characters, 64 before and 48 behind `@`, in a domain that is routed. `$` and the backtick are
 * neither among its allowed nor among its invalid characters: they are taken as allowed, here and in the prediction.
 */
export const SIGN_IN_NAME: MailboxGrammar = {
  characters: refuseCharacters('\\%&*+/=?{}|<>();:,[]"'),
  longestDomain: 48,
  isRouted: true,
};

/** The page's list, and the backslash, which RFC 5322, 3.2.3, has in no address. What else is ASCII may stand there. */
const REFUSED_IN_ADDRESSES = '<>():;,[]"\\';
const PRIMARY_ADDRESS: MailboxGrammar = {
  characters: refuseCharacters(REFUSED_IN_ADDRESSES, "second"),
  longestDomain: LONGEST_VALUE,
  isRouted: true,
};
/** An alias that is not routed is dropped, and that is all (KB 3190357): Exchange gives one to everybody. */
export const ALIAS: MailboxGrammar = { ...PRIMARY_ADDRESS, isRouted: false };
/** `mail` is the primary address where proxyAddresses is empty; it has no type. */
const MAIL: MailboxGrammar = { ...PRIMARY_ADDRESS, characters: refuseCharacters(REFUSED_IN_ADDRESSES) };

export function checkUserPrincipalName(
  value: string,
  { type, verifiedDomains }: ValueContext,
): readonly ValueProblem[] {
  if (isPlainMailbox(value)) {
    if (verifiedDomains === undefined || verifiedDomains.has(domainOf(value))) return NO_PROBLEMS;
    return type === undefined || type === "user" ? unverified(value) : NO_PROBLEMS;
  }
  // The page: blank names are to be filled. Groups and contacts have none.
  if (value === "") return type === undefined || type === "user" ? [{ rule: "blank" }] : NO_PROBLEMS;
  if (value.trim() === "") return [{ rule: "blank", where: 0 }];
  const isVerified = verifiedDomains?.has(domainOf(value.trim()));
  // A domain that is verified is routed, whatever its ending.
  const found = checkAddressForms(value, 0, isVerified ? { ...SIGN_IN_NAME, isRouted: false } : SIGN_IN_NAME);
  const all = value.length > LONGEST_SIGN_IN_NAME ? [...tooLong(LONGEST_SIGN_IN_NAME), ...found] : found;
  return isVerified === false && !all.some(isAboutDomain) && hasCleanDomain(value)
    ? [...all, ...unverified(value)]
    : all;
}

function unverified(value: string): readonly ValueProblem[] {
  return [{ rule: "unverified-domain", where: value.lastIndexOf("@") + 1 }];
}

function isAboutDomain({ rule }: ValueProblem): boolean {
  return ABOUT_DOMAINS.has(rule);
}

/** The rules that speak of the domain as a whole. */
const ABOUT_DOMAINS: ReadonlySet<string> = new Set([
  "blank",
  "display-form",
  "several-values",
  "no-at-sign",
  "nothing-behind-at",
  "domain-malformed",
  "label-too-long",
  "domain-too-long",
  "not-routable",
] satisfies ValueProblem["rule"][]);

function hasCleanDomain(value: string): boolean {
  const domain = value.slice(value.lastIndexOf("@") + 1).trim();
  return findRefusedCharacters(domain, 0, SIGN_IN_NAME.characters).length === 0;
}

/** proxyAddresses is trimmed by the default synchronization rules; offsets count from where the value begins all the same. */
export function checkProxyAddress(value: string, context: ValueContext): readonly ValueProblem[] {
  const start = value.length - value.trimStart().length;
  return findAddressProblems(parseProxyAddress(value), context, start);
}

/** Finds what is wrong with an entry of proxyAddresses: see {@link findValueProblems}. `start` is where it begins in its value. */
export function findAddressProblems(
  entry: ProxyAddress,
  context: ValueContext = NOTHING_KNOWN,
  start = 0,
): readonly ValueProblem[] {
  const { type, address, primary } = entry;
  const offset = start + type.length + 1;
  if (type === "SMTP" && address.length < LONGEST_PLAIN_ADDRESS && isPlainMailbox(address)) return NO_PROBLEMS;
  // The page: 256 a value, with its type.
  const length = type.length + (type === "" ? 0 : 1) + address.length;
  const long = length > LONGEST_VALUE ? tooLong(start + LONGEST_VALUE) : NO_PROBLEMS;
  const found = checkAddressOfType();
  return long.length === 0 ? found : [...long, ...found];

  function checkAddressOfType(): readonly ValueProblem[] {
    switch (type) {
      case "SMTP": {
        const isDropped = primary && context.isLicensed !== false && !context.verifiedDomains?.has(domainOf(address));
        return checkSmtpAddress(address, offset, isDropped ? PRIMARY_ADDRESS : ALIAS);
      }
      case "X400":
      case "X500":
        // The page forbids spaces and parentheses, too, but Exchange itself writes them.
        return findRefusedInNames(address, offset);
      case "SIP":
        return findRefusedCharacters(address, offset, PRIMARY_ADDRESS.characters);
      case "":
      case "MAILTO":
        return [{ rule: "no-prefix", where: start }];
      default:
        // EUM and the types of old mail systems have a form of their own, which Exchange writes.
        return NO_PROBLEMS;
    }
  }
}

/** Shorter than any limit, with its type. */
const LONGEST_PLAIN_ADDRESS = 200;

/** X.400 and X.500 refuse control characters and `[ ] "`. */
function findRefusedInNames(text: string, offset: number): readonly ValueProblem[] {
  if (!/[\p{Cc}[\]"]/u.test(text)) return NO_PROBLEMS;
  return Array.from(text.matchAll(/[\p{Cc}[\]"]/gu), ({ index }) => {
    const rule = /\p{Cc}/u.test(text[index] ?? "") ? "control-character" : "invalid-character";
    return characterProblem(rule, text, index, offset);
  });
}

function checkSmtpAddress(address: string, offset: number, grammar: MailboxGrammar): readonly ValueProblem[] {
  return address.trim() === "" ? [{ rule: "blank", where: offset }] : checkAddressForms(address, offset, grammar);
}

/** Looks behind what stands around an address: a second type, a name, a further address. */
function checkAddressForms(text: string, offset: number, grammar: MailboxGrammar): readonly ValueProblem[] {
  const found: ValueProblem[] = [];
  let start = 0;
  for (let prefix = typeInFrontOf(text); prefix !== ""; prefix = typeInFrontOf(text.slice(start))) {
    found.push({ rule: "nested-prefix", where: offset + start });
    start += prefix.length;
  }
  const separator = severalAddressesIn(text)?.separator;
  if (separator !== undefined) return [{ rule: "several-values", where: offset + separator }];
  appendAll(found, checkInnerForm(text.slice(start), offset + start, grammar));
  return found;
}

function checkInnerForm(text: string, offset: number, grammar: MailboxGrammar): readonly ValueProblem[] {
  const inner = displayFormOf(text);
  if (inner === undefined) return findMailboxProblems(text, offset, grammar);
  return [
    { rule: "display-form", where: offset },
    ...findMailboxProblems(inner.address, offset + inner.start, grammar),
  ];
}

/**
 * `mail` is trimmed by the default synchronization rules. The schema of Active Directory: 256. Accents: Microsoft Graph, the
 * user resource. For the rest it is an address, and the primary one where proxyAddresses is empty (KB 2643629).
 */
export function checkMail(value: string, { isLicensed, verifiedDomains }: ValueContext): readonly ValueProblem[] {
  if (value === "" || isPlainMailbox(value)) return NO_PROBLEMS;
  const text = value.trim();
  if (text === "") return NO_PROBLEMS;
  const isDropped = isLicensed !== false && !verifiedDomains?.has(domainOf(text));
  const grammar = isDropped ? MAIL : { ...MAIL, isRouted: false };
  const found = checkAddressForms(text, value.length - value.trimStart().length, grammar);
  return value.length > LONGEST_VALUE ? [...tooLong(LONGEST_VALUE), ...found] : found;
}

/**
 * The page: 256 (IdFix: 255), the characters of addresses. It shows a type and does not say what happens without one, and no
 * source asks for a domain that is routed. Nothing trims it.
 */
export function checkTargetAddress(value: string): readonly ValueProblem[] {
  if (value === "") return NO_PROBLEMS;
  const long = value.length > LONGEST_VALUE ? tooLong(LONGEST_VALUE) : NO_PROBLEMS;
  const start = value.length - value.trimStart().length;
  const { type } = parseProxyAddress(value);
  const offset = type === "" ? 0 : start + type.length + 1;
  const around =
    start === 0 || type === "" ? NO_PROBLEMS : findRefusedCharacters(value.slice(0, start), 0, ALIAS.characters);
  const found =
    type === "SMTP" || type === ""
      ? checkSmtpAddress(value.slice(offset), offset, ALIAS)
      : findAddressProblems(parseProxyAddress(value), NOTHING_KNOWN, start);
  return [...long, ...around, ...found];
}
