import * as z from "zod/mini";
import type { Directory } from "../directory/directory.ts";
import { findSharedTexts } from "../directory/shared-texts.ts";
import { formatProxyAddress } from "../model/address.ts";
import { sideSchema, type User } from "../model/user.ts";
import { fieldCodes } from "../model/user-view.ts";
import { brokenRule, type CheckedAttribute, type ValueRule, valueRuleSchema } from "../model/value-rules.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";
import { referTo } from "./definition/object-reference.ts";

/** A value that the service does not accept. */
export const invalidValue = defineMismatch({
  kind: "invalid-value",
  severity: "error",
  remedy: "person",
  needs: {},
  reads: [
    "userPrincipalName",
    "proxyAddresses",
    "mail",
    "mailNickname",
    "samAccountName",
    "targetAddress",
    "displayName",
  ],
  fields: {
    side: sideSchema,
    attribute: z.string().check(z.describe("Name of the attribute in Active Directory.")),
    value: z.string(),
    rule: valueRuleSchema,
  },
  distinguish: ({ side, attribute, rule, value }) => [side, attribute, rule, value],
  change: "none",
  title: (count) => countOf(count, "value is not accepted online", "values are not accepted online"),
  explanation:
    "A value in Active Directory breaks a rule of the service: it is too long, has a character that is not allowed, is " +
    "malformed or not unique. The object is refused, or the value is left out.",
  advice: "Correct the value in Active Directory before the run.",
  describe: ({ attribute, value, rule }) => `${attribute} ${value}: ${WORDS[rule]}${foreignLetters(rule, value)}`,
  over: "everything",
  *find({ onPremises, isOrdinary }) {
    for (let index = 0; index < onPremises.size; index++) {
      if (isOrdinary(index)) continue;
      const user = onPremises.user(index);
      for (const [attribute, value] of valuesOf(user)) {
        const rule = brokenRule(attribute, value);
        if (rule !== undefined)
          yield { onPremises: referTo(user), side: "onPremises" as const, attribute, value, rule };
      }
    }
    for (const user of sharingNicknames(onPremises)) {
      const value = user.mailNickname ?? "";
      const place = { side: "onPremises", attribute: "mailNickname", rule: "not-unique" } as const;
      yield { onPremises: referTo(user), ...place, value };
    }
  },
});

const WORDS: Readonly<Record<ValueRule, string>> = {
  "too-long": "too long",
  "local-part-too-long": "more than 64 characters before @",
  "domain-too-long": "more than 48 characters behind @",
  "invalid-character": "a character that is not allowed",
  malformed: "malformed",
  "not-routable": "the domain is not routed in the Internet",
  "leading-dot": "begins with a dot",
  blank: "blank",
  "not-unique": "another object has the same",
};

/** Names what is not ASCII in a value that should be: a letter of another alphabet may look like the right one. */
function foreignLetters(rule: ValueRule, value: string): string {
  if (rule !== "malformed" && rule !== "invalid-character") return "";
  const foreign = new Set(Array.from(value).filter((letter) => (letter.codePointAt(0) ?? 0) > 0x7e));
  if (foreign.size === 0) return "";
  const codes = Array.from(
    foreign,
    (letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
  return ` (has ${codes.slice(0, MOST_LETTERS).join(", ")}${codes.length > MOST_LETTERS ? " …" : ""})`;
}

const MOST_LETTERS = 4;

function valuesOf(user: User): readonly (readonly [CheckedAttribute, string])[] {
  const { userPrincipalName = "", mail = "", mailNickname = "", targetAddress = "", displayName = "" } = user;
  return [
    ["userPrincipalName", userPrincipalName],
    ...(user.proxyAddresses ?? []).map((entry) => ["proxyAddresses", formatProxyAddress(entry)] as const),
    ["mail", mail],
    ["mailNickname", mailNickname],
    // The account name counts only where there is no UPN.
    ["sAMAccountName", userPrincipalName === "" && user.type === "user" ? (user.samAccountName ?? "") : ""],
    ["targetAddress", targetAddress],
    ["displayName", displayName],
  ];
}

/** An alias must be unique, whatever the domain (KB 2647098). */
function sharingNicknames({ table, user }: Directory): readonly User[] {
  const shared = findSharedTexts(table, fieldCodes.mailNickname, () => true);
  return [...shared.values()].flatMap((indexes) => indexes.map(user));
}
