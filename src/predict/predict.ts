import { isExternal, type User, type UserField } from "../model/user.ts";
import { toComputedName } from "../model/value-rules.ts";
import { calculateAccount } from "./account-calculation.ts";
import type { AddressDoubt } from "./doubts.ts";
import { isGroupOrContact } from "./group-links.ts";
import { calculateAddresses, type DiscardedAddress } from "./proxy-calculation.ts";
import type { RuleName } from "./rules.ts";
import type { Tenant } from "./tenant.ts";
import { calculateMailNickname, calculateUpn, type UpnReason } from "./upn-calculation.ts";

/** The fields of both users that the sign-in name and the addresses of a prediction depend on. */
export const predictionReads = [
  "userPrincipalName",
  "proxyAddresses",
  "mail",
  "mailNickname",
  "samAccountName",
  "isLicensed",
  "isGuest",
  "isSynchronized",
  "lastSyncTime",
  "isExchangeCloudManaged",
  "remoteRecipientType",
] as const satisfies readonly UserField[];

/** What the online user becomes. */
export interface Prediction {
  /** The online user after the run; for a new one, the user that is made. */
  readonly user: User;
  /** Why the UPN is what it is; `undefined` if the on-premises export has no UPN. */
  readonly upnReason: UpnReason | undefined;
  /** The on-premises addresses that do not reach the service. */
  readonly discarded: readonly DiscardedAddress[];
  /** Whether the addresses could be predicted: not without proxyAddresses in the on-premises export. */
  readonly addressesKnown: boolean;
  /** Set if the addresses may become other ones. */
  readonly doubt: AddressDoubt | undefined;
  /** The rules that had an effect: those of the UPN, of the addresses, of the account. */
  readonly rules: readonly RuleName[];
}

/**
 * Predicts what the first run makes of an online user that is matched with an on-premises one, or of a new one.
 *
 * Pure: the same users and tenant give the same prediction, and predicting again from the result changes nothing.
 * A user of whom no licence is known is taken as licensed.
 */
export function predict(onPremises: User, online: User | undefined, tenant: Tenant): Prediction {
  if (online !== undefined && isExternal(online)) {
    // What a match with a guest does is documented nowhere.
    return {
      user: online,
      upnReason: "kept",
      discarded: [],
      addressesKnown: false,
      doubt: undefined,
      rules: ["guest-linked"],
    };
  }
  // Groups and contacts have no licence, and no sign-in name.
  const isOther = isGroupOrContact(onPremises);
  const licensed = !isOther && (online?.isLicensed ?? true);
  const upn = isOther ? undefined : calculateUpn(onPremises, online, tenant);
  const userPrincipalName = upn?.userPrincipalName ?? online?.userPrincipalName;
  const mailNickname = calculateMailNickname(onPremises);
  const addresses = calculateAddresses(onPremises, { tenant, licensed, userPrincipalName, mailNickname, online });
  const nickname = mailNickname === undefined ? undefined : toComputedName(mailNickname, "mailNickname");
  const account = calculateAccount(onPremises, online);
  const before: User = online ?? { type: "user", id: onPremises.id, origin: onPremises.origin };
  return {
    user: {
      ...before,
      ...account.fields,
      ...(userPrincipalName === undefined ? {} : { userPrincipalName }),
      ...(nickname === undefined ? {} : { mailNickname: nickname }),
      ...(addresses === undefined ? {} : { proxyAddresses: addresses.proxyAddresses }),
      ...(addresses?.primary === undefined ? {} : { mail: addresses.primary }),
    },
    upnReason: upn?.reason,
    discarded: addresses?.discarded ?? [],
    addressesKnown: addresses !== undefined,
    doubt: addresses?.doubt,
    rules: joinRules([upn, addresses, account]),
  };
}

/** The rules of several parts of a prediction, each once: a name that is made up is the sign-in name and an address. */
function joinRules(parts: readonly ({ readonly rules: readonly RuleName[] } | undefined)[]): readonly RuleName[] {
  const joined: RuleName[] = [];
  for (const part of parts) {
    for (const rule of part?.rules ?? []) if (!joined.includes(rule)) joined.push(rule);
  }
  return joined;
}
