import { addressKey, domainOf } from "../model/address.ts";
import { smtpAddresses, type User } from "../model/user.ts";
import type { Prediction } from "../predict/predict.ts";
import { certaintyOf } from "../predict/rules.ts";
import type { Tenant } from "../predict/tenant.ts";
import { type Certainty, certaintySchema } from "./outcome.ts";

/** What of an analysis is only assumed, or doubtful. */
interface Assumptions {
  readonly tenant: Tenant;
  /** Whether it is only assumed that nobody on-premises has proxyAddresses. */
  readonly assumesMail?: boolean;
}

export function leastSure(one: Certainty, other: Certainty): Certainty {
  const { options } = certaintySchema;
  return options.indexOf(one) > options.indexOf(other) ? one : other;
}

/** How sure a prediction is: as the least sure of its rules, and of what is only assumed of the exports and the tenant. */
export function certaintyOfPrediction({ rules, user }: Prediction, { tenant, assumesMail }: Assumptions): Certainty {
  const names = [user.userPrincipalName ?? "", ...smtpAddresses(user).map(({ address }) => address)];
  if (names.some((name) => isDoubtful(name, tenant))) return "unknown";
  return leastSure(certaintyOf(rules), assumesMail === true ? "inferred" : "documented");
}

/** How sure it is that values stand in the way of a user: as the surest of them. */
export function certaintyOfRefusal(
  { userPrincipalName = "" }: User,
  values: readonly string[],
  { tenant, assumesMail }: Assumptions,
): Certainty {
  const sure = values.filter((value) => !isDoubtful(value, tenant));
  if (sure.length === 0) return "unknown";
  return assumesMail === true && !sure.includes(addressKey(userPrincipalName)) ? "inferred" : "documented";
}

function isDoubtful(name: string, { doubtfulDomains }: Tenant): boolean {
  return doubtfulDomains?.has(domainOf(name)) === true;
}
