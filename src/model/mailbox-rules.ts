import { appendAll } from "../text/append.ts";
import { characterProblem, type ValueProblem, type ValueRule } from "./value-problem.ts";

/** What a mailbox address, or a sign-in name of its form, must obey; the attributes differ in little. */
export interface MailboxGrammar {
  /** Which rule each ASCII character breaks, as a number of {@link CHARACTER_RULES}; 0: none. */
  readonly characters: Uint8Array;
  readonly longestDomain: number;
  /** Whether the domain must be one that the Internet routes. */
  readonly isRouted: boolean;
}

/** What a character may break; the place in this list is its number in a table of characters. */
const CHARACTER_RULES = [
  undefined,
  "white-space",
  "control-character",
  "invalid-character",
  "second-colon",
  "non-ascii-character",
] as const satisfies readonly (ValueRule | undefined)[];

const WHITE = 1;
const CONTROL = 2;
const INVALID = 3;
const COLON = 4;
const NON_ASCII = 5;

/** Makes the table of an attribute: which of the ASCII characters are refused besides white space and control characters. */
export function refuseCharacters(refused: string, colon: "refused" | "second" = "refused"): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => {
    const character = String.fromCharCode(code);
    if (/\s/.test(character)) return WHITE;
    if (code < 32 || code === 127) return CONTROL;
    if (!refused.includes(character)) return 0;
    return character === ":" && colon === "second" ? COLON : INVALID;
  });
}

/**
 * Finds each character that breaks a rule; `latest` is the last code that is not told as non-ASCII where more than ASCII is
 * allowed. Problems stand from left to right.
 */
export function findRefusedCharacters(
  text: string,
  offset: number,
  characters: Uint8Array,
  latest = 127,
): readonly ValueProblem[] {
  const found: ValueProblem[] = [];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const rule = CHARACTER_RULES[code < 128 ? (characters[code] ?? 0) : ruleBeyondAscii(code, latest)];
    if (rule === undefined) continue;
    found.push(characterProblem(rule, text, index, offset));
    if ((text.codePointAt(index) ?? 0) > 0xffff) index++;
  }
  return found;
}

function ruleBeyondAscii(code: number, latest: number): number {
  if (code < 0xa0) return CONTROL;
  if (/\s/.test(String.fromCharCode(code))) return WHITE;
  return code <= latest ? 0 : NON_ASCII;
}

const LONGEST_LOCAL_PART = 64;
/** RFC 1035, 2.3.4. */
const LONGEST_LABEL = 63;

/** Finds what is wrong with a mailbox address that is not plain. `offset` is where it begins in its value. */
export function findMailboxProblems(text: string, offset: number, grammar: MailboxGrammar): readonly ValueProblem[] {
  const found = [...findRefusedCharacters(text, offset, grammar.characters)];
  const at = text.lastIndexOf("@");
  if (at < 0)
    return inOrder([...found, ...findDots(text, offset), { rule: "no-at-sign", where: offset + text.length }]);
  const localPart = text.slice(0, at);
  for (let index = text.indexOf("@") + 1; index < text.length; index++) {
    if (text[index] === "@") found.push(characterProblem("two-at-signs", text, index, offset));
  }
  if (localPart === "") found.push({ rule: "nothing-before-at", where: offset });
  if (localPart.length > LONGEST_LOCAL_PART) {
    found.push({ rule: "local-part-too-long", where: offset + LONGEST_LOCAL_PART });
  }
  appendAll(found, findDots(text.slice(0, at + 1), offset));
  appendAll(found, findDomainProblems(text, at + 1, offset, grammar));
  return inOrder(found);
}

/** RFC 5322, 3.2.3: a dot stands between other characters. A dot that begins a name and ends it is told once. */
export function findDots(text: string, offset: number): readonly ValueProblem[] {
  const found: ValueProblem[] = [];
  for (let index = text.indexOf("."); index >= 0; index = text.indexOf(".", index + 1)) {
    if (index === 0) found.push(characterProblem("leading-dot", text, index, offset));
    else {
      if (text[index - 1] === ".") found.push(characterProblem("double-dot", text, index, offset));
      if (text[index + 1] === "@") found.push(characterProblem("dot-before-at", text, index, offset));
    }
  }
  return found;
}

function findDomainProblems(
  text: string,
  start: number,
  offset: number,
  { characters, longestDomain, isRouted }: MailboxGrammar,
): readonly ValueProblem[] {
  const written = text.slice(start);
  const domain = written.trim();
  const begin = offset + start + written.indexOf(domain);
  if (domain === "") return [{ rule: "nothing-behind-at", where: begin }];
  const found: ValueProblem[] = [];
  if (domain.length > longestDomain) found.push({ rule: "domain-too-long", where: begin + longestDomain });
  // A character that is told already makes the labels say nothing more.
  if (findRefusedCharacters(domain, 0, characters).length > 0) return found;
  return [...found, ...findLabelProblems(domain, begin, isRouted)];
}

/** RFC 1035, 2.3: labels of letters, digits and inner hyphens; RFC 3696, 2: the last is not all digits. */
function findLabelProblems(domain: string, begin: number, isRouted: boolean): readonly ValueProblem[] {
  const found: ValueProblem[] = [];
  let start = 0;
  const labels = domain.split(".");
  for (const [index, label] of labels.entries()) {
    if (label.length > LONGEST_LABEL) found.push({ rule: "label-too-long", where: begin + start + LONGEST_LABEL });
    const fault = findLabelFault(label);
    // Where a label is missing, the dot that is too many is named.
    const extraDot = index === labels.length - 1 ? start - 1 : start;
    if (label === "") found.push({ rule: "domain-malformed", where: begin + extraDot });
    else if (fault >= 0) found.push({ rule: "domain-malformed", where: begin + start + fault });
    start += label.length + 1;
  }
  if (found.some(({ rule }) => rule === "domain-malformed")) return found;
  const ending = domain.slice(domain.lastIndexOf(".") + 1);
  const where = begin + domain.length - ending.length;
  if (labels.length === 1 || isNotRouted(domain)) return isRouted ? [...found, { rule: "not-routable", where }] : found;
  if (!/^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/i.test(ending)) found.push({ rule: "domain-malformed", where });
  return found;
}

function findLabelFault(label: string): number {
  if (label.startsWith("-")) return 0;
  const strange = label.search(/[^a-z0-9-]/i);
  return strange < 0 && label.endsWith("-") ? label.length - 1 : strange;
}

/** Endings that are not routed in the Internet: RFC 6761, RFC 2606, and what companies call their own networks. */
const NOT_ROUTED: readonly string[] = [
  "corp",
  "example",
  "home",
  "internal",
  "intranet",
  "invalid",
  "lan",
  "local",
  "localdomain",
  "localhost",
  "private",
  "test",
].map((ending) => `.${ending}`);

/** Whether a domain, in whatever letters, has an ending that the Internet does not route. */
export function isNotRouted(domain: string): boolean {
  const small = domain.toLowerCase();
  return NOT_ROUTED.some((ending) => small.endsWith(ending));
}

/** Puts problems from left to right; those of one place stay in their order. */
export function inOrder(problems: readonly ValueProblem[]): readonly ValueProblem[] {
  return problems.toSorted((one, other) => (one.where ?? 0) - (other.where ?? 0));
}

/** The longest domain that is plain: what a sign-in name may have. */
const LONGEST_PLAIN_DOMAIN = 48;

/**
 * Whether a text is surely a valid address in every attribute: nearly all are, and nothing is allocated for them. Letters, digits, `-`, `_` and inner dots before `@`; behind it a domain that is routed.
 */
export function isPlainMailbox(text: string, start = 0): boolean {
  const at = text.indexOf("@", start);
  if (at - start < 1 || at - start > LONGEST_LOCAL_PART) return false;
  if (text.length - at - 1 > LONGEST_PLAIN_DOMAIN || text.length - start > LONGEST_PLAIN) return false;
  return (
    arePlainNames(text, start, at, true) && arePlainNames(text, at + 1, text.length, false) && isPlainEnding(text, at)
  );
}

const LONGEST_PLAIN = 113;
const DOT = 46;
const HYPHEN = 45;
const UNDERSCORE = 95;

/** Whether a part is of letters, digits and hyphens, with single dots between; a local part may have underscores. */
function arePlainNames(text: string, start: number, end: number, isLocalPart: boolean): boolean {
  let previous = DOT;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    const isPlain = isLetterOrDigit(code) || (code === UNDERSCORE && isLocalPart);
    if (!isPlain) {
      if (code !== DOT && code !== HYPHEN) return false;
      if (previous === DOT && (code === DOT || !isLocalPart)) return false;
      if (previous === HYPHEN && code === DOT && !isLocalPart) return false;
    }
    previous = code;
  }
  return previous !== DOT && (isLocalPart || previous !== HYPHEN);
}

function isLetterOrDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122);
}

/** Whether a domain has a dot and ends in a label of two letters or more that may be routed. */
function isPlainEnding(text: string, at: number): boolean {
  const dot = text.lastIndexOf(".");
  if (dot < at || text.length - dot < 3) return false;
  for (let index = dot + 1; index < text.length; index++) {
    // Capitals are rare: they are looked at the long way, as is an xn-- ending.
    const code = text.charCodeAt(index);
    if (code < 97 || code > 122) return false;
  }
  for (const ending of NOT_ROUTED) if (text.endsWith(ending)) return false;
  return true;
}
