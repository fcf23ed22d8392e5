import * as z from "zod/mini";
import { parseProxyAddress } from "./address.ts";

/** A rule that a value breaks. */
export const valueRuleSchema = z.enum([
  "too-long",
  "local-part-too-long",
  "domain-too-long",
  "invalid-character",
  "malformed",
  "not-routable",
  "leading-dot",
  "blank",
  "not-unique",
]);

/** A rule that a value breaks. */
export type ValueRule = z.infer<typeof valueRuleSchema>;

/** The attributes whose values are checked. */
export type CheckedAttribute =
  | "userPrincipalName"
  | "proxyAddresses"
  | "mail"
  | "mailNickname"
  | "sAMAccountName"
  | "targetAddress"
  | "displayName";

/**
 * Says which rule a value of Active Directory breaks that the service has for its attribute, or `undefined`.
 *
 * The rules are facts from microsoft-365-docs, prepare-for-directory-synchronization, and from the documentation of
 * Microsoft's IdFix, retired in June 2026. Blank values break none, unless the attribute may not be blank.
 */
export function brokenRule(attribute: CheckedAttribute, value: string): ValueRule | undefined {
  if (value === "") return undefined;
  return CHECKS[attribute](value);
}

const CHECKS: Readonly<Record<CheckedAttribute, (value: string) => ValueRule | undefined>> = {
  userPrincipalName: checkUserPrincipalName,
  proxyAddresses: (value) => checkProxyAddress(value, 256),
  mail: (value) => (value.length > 256 ? "too-long" : undefined),
  mailNickname: (value) => (value.length > 64 ? "too-long" : value.startsWith(".") ? "leading-dot" : undefined),
  sAMAccountName: checkAccountName,
  targetAddress: (value) => checkProxyAddress(value, 255),
  displayName: (value) => (value.length > 255 ? "too-long" : value.trim() === "" ? "blank" : undefined),
};

/** At most 113 characters, 64 before and 48 after `@`; no white space, no umlaut, none of `\ % & * + / = ? { } | < > ( ) ; : , [ ] "`. */
function checkUserPrincipalName(value: string): ValueRule | undefined {
  if (value.length > 113) return "too-long";
  const at = value.indexOf("@");
  if (at <= 0 || at === value.length - 1 || value.includes("@", at + 1)) return "malformed";
  const localPart = value.slice(0, at);
  const domain = value.slice(at + 1);
  if (localPart.length > 64) return "local-part-too-long";
  if (domain.length > 48) return "domain-too-long";
  if (/[\s\\%&*+/=?{}|<>();:,[\]"]/.test(value) || /[^\p{ASCII}]/u.test(value)) return "invalid-character";
  return checkMailbox(localPart, domain);
}

/** SMTP addresses take the form of RFC 2822; X.400 and X.500 only refuse control characters and `[ ] "`. */
function checkProxyAddress(value: string, longest: number): ValueRule | undefined {
  if (value.length > longest) return "too-long";
  const { type, address } = parseProxyAddress(value);
  if (type === "X400" || type === "X500") return /[\p{Cc}[\]"]/u.test(address) ? "invalid-character" : undefined;
  if (type === "") return "malformed";
  if (type !== "SMTP") return undefined;
  if (/[\s<>();,[\]":]/.test(address)) return "invalid-character";
  const at = address.indexOf("@");
  if (at <= 0 || address.includes("@", at + 1)) return "malformed";
  return checkMailbox(address.slice(0, at), address.slice(at + 1));
}

function checkAccountName(value: string): ValueRule | undefined {
  if (value.length > 20) return "too-long";
  return /[[\]\\"|,/:<>+=;?*]/.test(value) ? "invalid-character" : undefined;
}

/** Endings that are not routed in the Internet: RFC 6761, RFC 2606, and what companies call their own networks. */
const NOT_ROUTED = new Set([
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
]);

/** Runs of RFC 2822's atext joined by single dots, and labels of letters, digits and inner hyphens. */
function checkMailbox(localPart: string, domain: string): ValueRule | undefined {
  if (!/^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i.test(localPart)) return "malformed";
  const labels = domain.toLowerCase().split(".");
  const ending = labels.at(-1) ?? "";
  if (!labels.every((label) => /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(label))) return "malformed";
  if (NOT_ROUTED.has(ending) || labels.length === 1) return "not-routable";
  return /^(?:[a-z]{2,17}|xn--[a-z0-9-]+)$/.test(ending) ? undefined : "malformed";
}
