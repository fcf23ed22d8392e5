import { addresses, cleaningOf, type NameKind } from "./mailbox-cleaning.ts";
import { type Candidate, localPartOf, ownValue, type ValueCase } from "./value-case.ts";
import { type Cleaned, cleanName, leastSure } from "./value-cleaning.ts";

const NICKNAMES: NameKind = {
  attribute: "mailNickname",
  ofDropping: () => "likely",
  ofLeadingDot: "certain",
  ofTrailingDot: "likely",
};
const ACCOUNT_NAMES: NameKind = { ...addresses, attribute: "sAMAccountName" };

/** Proposes nicknames: one that is cleaned beyond doubt, what the object's own address begins with, one that is guessed. */
export function* proposeNicknames(from: ValueCase): Generator<Candidate | undefined> {
  const { value, known, rules } = from;
  const { primary, others = [], mail } = known;
  // Of letters on which the documents do not agree those are proposed that are valid everywhere.
  if (rules.size === 0 && !/[^\p{ASCII}]/u.test(value)) return;
  const [, local, domain = ""] = /^([^@\s]+)@([^@\s]+)$/.exec(value) ?? [];
  const inner = /.\../.test(domain) ? local : undefined;
  const cleaned = rules.has("too-long")
    ? undefined
    : toCandidate(cleanName(inner ?? value, cleaningOf(NICKNAMES, from)));
  if (cleaned?.confidence === "certain" && inner === undefined) yield cleaned;
  const address = primary ?? (others.length === 1 ? others[0] : mail);
  yield ownValue(localPartOf(address), "likely", "it is what the object's own address begins with");
  if (cleaned === undefined || inner === undefined) yield cleaned;
  else {
    const confidence = leastSure(cleaned.confidence, "likely");
    yield { ...cleaned, confidence, steps: ["it is an address, of which the beginning is the name"] };
  }
}

/** Proposes account names: the one without what may not stand in it. */
export function* proposeAccountNames(from: ValueCase): Generator<Candidate | undefined> {
  if (from.rules.size > 0) yield toCandidate(cleanName(from.value, cleaningOf(ACCOUNT_NAMES, from)));
}

const LONGEST_DISPLAY_NAME = 256;

/** Proposes display names: made of the object's other names if blank, cut at a word if too long, without what cannot be seen. */
export function* proposeDisplayNames({ value, known, rules }: ValueCase): Generator<Candidate | undefined> {
  const { givenName = "", sn = "", cn = "" } = known;
  if (rules.has("blank")) {
    const names = [givenName, sn].map((name) => name.trim()).filter((name) => name !== "");
    yield ownValue(names.join(" "), "likely", "it is what givenName and sn have");
    yield ownValue(cn.trim(), "likely", "it is the object's cn");
  } else if (rules.has("too-long")) {
    const cut = /^.+(?=\s)/su.exec(value.slice(0, LONGEST_DISPLAY_NAME + 1))?.[0].trimEnd();
    yield ownValue(cut, "likely", "it is cut at a word");
  } else if (/^\s|\s$|\p{Cc}/u.test(value)) {
    const confidence = /\p{Cc}/u.test(value) ? "likely" : "certain";
    yield { value: value.replace(/\p{Cc}/gu, "").trim(), confidence, steps: ["what cannot be seen goes"] };
  }
}

function toCandidate(cleaned: Cleaned | undefined): Candidate | undefined {
  return cleaned && { value: cleaned.text, confidence: cleaned.confidence, steps: cleaned.steps };
}
