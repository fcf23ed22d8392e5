import type { Directory } from "../directory/directory.ts";
import {
  addressKey,
  domainOf,
  formatProxyAddress,
  isReservedDomain,
  type ProxyAddress,
  parseSmtpAddress,
} from "../model/address.ts";
import { findAddressProblems } from "../model/address-rules.ts";
import { isExternal, markedPrimaries, primarySmtpAddress, type User } from "../model/user.ts";
import { findValueProblems, toComputedName } from "../model/value-rules.ts";
import { type Prediction, predict } from "../predict/predict.ts";
import type { Tenant } from "../predict/tenant.ts";
import { calculateMailNickname, isComputed } from "../predict/upn-calculation.ts";
import type { AttributeChange } from "./plan.ts";

/** What an object is to become, or why nobody should write that without looking. */
export type Target =
  | { readonly type: "changes"; readonly changes: readonly AttributeChange[] }
  | { readonly type: "refused"; readonly reason: string };

/** Two users who are matched, and the directories that they stand in. */
export interface TargetContext {
  readonly onPremises: Directory;
  readonly online: Directory;
  readonly onPremisesIndex: number;
  readonly onlineIndex: number;
  readonly tenant: Tenant;
  /** The attribute of Active Directory that is the sign-in name; usually `userPrincipalName`. */
  readonly upnSource?: string | undefined;
}

/**
 * Says what the on-premises user is to become so that the online one stays as it is: its sign-in name, its primary address
 * and its aliases. Aliases that only Active Directory has stay, unless another online object holds them.
 */
export function targetOnPremises(context: TargetContext): Target {
  const user = context.onPremises.user(context.onPremisesIndex);
  const online = context.online.user(context.onlineIndex);
  if (isExternal(online)) return refuse(OF_GUEST);
  const primary = online.proxyAddresses === undefined ? undefined : primarySmtpAddress(online);
  const changes: AttributeChange[] = [];

  if (!user.distinguishedName) {
    return refuse("the on-premises export does not tell its distinguished name, by which Active Directory is changed");
  }
  const upn = online.userPrincipalName ?? "";
  // Another attribute than the one that a plan changes is left as it is.
  const isOwnName = context.upnSource === undefined || addressKey(context.upnSource) === "userprincipalname";
  const hasOther = user.userPrincipalName !== undefined && addressKey(upn) !== addressKey(user.userPrincipalName);
  if (isOwnName && hasOther && upn !== "") {
    if (isReservedDomain(domainOf(upn))) return refuse(`the online sign-in name ${upn} is in the service's own domain`);
    changes.push({ attribute: "userPrincipalName", before: listed(user.userPrincipalName ?? ""), after: [upn] });
  }
  if (user.proxyAddresses !== undefined && primary !== undefined && primary !== "") {
    if (isReservedDomain(domainOf(primary))) {
      return refuse(
        `the online primary address ${primary} is in the service's own domain, and Active Directory cannot keep it`,
      );
    }
    const before = user.proxyAddresses.map(formatProxyAddress);
    const after = addressesFromOnline(user, online, primary, context);
    if (!sameValues(before, after)) changes.push({ attribute: "proxyAddresses", before, after });
    if (user.mail && addressKey(user.mail) !== addressKey(primary)) {
      changes.push({ attribute: "mail", before: [user.mail], after: [primary] });
    }
  }
  return checkValues(changes, context.tenant);
}

function addressesFromOnline(
  user: User,
  online: User,
  primary: string,
  { online: directory, onlineIndex, tenant }: TargetContext,
): readonly string[] {
  const own = (online.proxyAddresses ?? []).filter(
    ({ type, address }) =>
      type === "SMTP" && parseSmtpAddress(address) !== undefined && tenant.verifiedDomains.has(domainOf(address)),
  );
  const fromOnline = own.filter(({ address }) => !isReservedDomain(domainOf(address)));
  const taken = new Set([primary, ...fromOnline.map(({ address }) => address)].map(addressKey));
  // What stands there stays as it is; a primary address that breaks a rule is not written anew as an alias.
  const isWorthKeeping = (entry: ProxyAddress): boolean =>
    !entry.primary || findAddressProblems({ ...entry, primary: false }).length === 0;
  const isAnothers = ({ address }: ProxyAddress): boolean =>
    directory.addresses.claims(address).some(({ index }) => index !== onlineIndex);
  const kept = (user.proxyAddresses ?? []).filter(
    (entry) =>
      entry.type !== "SMTP" || (!taken.has(addressKey(entry.address)) && !isAnothers(entry) && isWorthKeeping(entry)),
  );
  const aliases = fromOnline.filter(({ address }) => addressKey(address) !== addressKey(primary));
  return [
    `SMTP:${primary}`,
    ...aliases.map(({ address }) => `smtp:${address}`),
    ...kept.map((entry) => formatProxyAddress(entry.type === "SMTP" ? { ...entry, primary: false } : entry)),
  ];
}

const OF_GUEST = "the online user is a guest";

/** Says what the online user is to become so that the run finds it done already: what the run would make of it. */
export function targetOnline({ onPremises, online, onPremisesIndex, onlineIndex, tenant }: TargetContext): Target {
  const user = online.user(onlineIndex);
  const cause = onPremises.user(onPremisesIndex);
  if (isExternal(user)) return refuse(OF_GUEST);
  const prediction = predict(cause, user, tenant);
  const { user: after, addressesKnown } = prediction;
  const reason = findInvalidCause(cause, prediction);
  if (reason !== undefined) return refuse(reason);
  const changes: AttributeChange[] = [];
  const upn = after.userPrincipalName ?? "";
  if (upn !== "" && user.userPrincipalName && addressKey(upn) !== addressKey(user.userPrincipalName)) {
    if (tenant.initialDomain === undefined && !isComputed(upn)) {
      return refuse("the new sign-in name is in the initial domain, which is not known: name it with --initial-domain");
    }
    changes.push({ attribute: "userPrincipalName", before: [user.userPrincipalName], after: [upn] });
  }
  if (addressesKnown && user.proxyAddresses !== undefined) {
    if (after.proxyAddresses?.filter(({ type, primary }) => type === "SMTP" && primary).length !== 1) {
      return refuse("nobody can tell which address becomes the primary one");
    }
    const before = user.proxyAddresses.map(formatProxyAddress);
    const values = after.proxyAddresses.map(formatProxyAddress);
    if (!sameValues(before, values)) changes.push({ attribute: "proxyAddresses", before, after: values });
  }
  return checkValues(changes, tenant);
}

/**
 * Says which value on-premises the run would replace or leave out because it breaks a rule, where what becomes of the person
 * depends on it: it is to be corrected, and not to be answered by a change online.
 */
function findInvalidCause(user: User, { upnReason, discarded, rules }: Prediction): string | undefined {
  if (upnReason === "invalid-value") return `userPrincipalName ${user.userPrincipalName} ${BREAKS_RULE}`;
  const names = [...markedPrimaries(user).map((address) => `SMTP:${address}`), `SMTP:${user.mail ?? ""}`];
  const primary = discarded.find(({ address, reason }) => reason === "malformed" && names.includes(address));
  if (primary !== undefined) return `the primary address ${primary.address} ${BREAKS_RULE}`;
  const name = calculateMailNickname(user) ?? "";
  const isUsed = upnReason === "suffix-not-verified" || rules.includes("moera-made");
  if (isUsed && toComputedName(name, "userPrincipalName") !== name) {
    return `a name would be made of ${name}, which may not stand before an @: correct it in Active Directory first`;
  }
  return undefined;
}

const BREAKS_RULE = "breaks a rule: correct it in Active Directory first";

/** Refuses values that the service would not take, those aside that stand there already. */
function checkValues(changes: readonly AttributeChange[], { verifiedDomains }: Tenant): Target {
  for (const { attribute, before, after } of changes) {
    const known = new Set(before.map(addressKey));
    for (const value of after.filter((one) => !known.has(addressKey(one)))) {
      const [problem] = findValueProblems(attribute, value, { verifiedDomains });
      if (problem !== undefined) return refuse(`${attribute} ${value} would not be accepted (${problem.rule})`);
    }
  }
  return { type: "changes", changes };
}

function refuse(reason: string): Target {
  return { type: "refused", reason };
}

function listed(value: string): readonly string[] {
  return value === "" ? [] : [value];
}

/** Compares lists of values without regard to their order; letter case counts. */
function sameValues(one: readonly string[], other: readonly string[]): boolean {
  const sorted = [one.toSorted(), other.toSorted()] as const;
  return sorted[0].length === sorted[1].length && sorted[0].every((value, index) => value === sorted[1][index]);
}
