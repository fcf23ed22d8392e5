import { domainOf } from "../../model/address.ts";
import type { Doubt } from "../../predict/doubts.ts";
import type { Tenant } from "../../predict/tenant.ts";
import type { Needs } from "./define-mismatch.ts";

/** What of an analysis is only assumed, or doubtful. */
interface Assumptions {
  readonly tenant: Tenant;
  readonly assumesMail?: boolean;
}

/** Why a finding is not certain, whatever its kind says: it hangs on what is only assumed of the exports, or of the tenant. */
export function doubtOf(
  declaration: { readonly needs: Needs },
  own: object,
  { tenant, assumesMail }: Assumptions,
): Doubt | undefined {
  const { onPremises = [] } = declaration.needs;
  const isMadeByRun = "madeByRun" in own && own.madeByRun === true;
  const isSeenOnline = "side" in own && own.side === "online" && !isMadeByRun;
  if (assumesMail === true && !isSeenOnline && onPremises.includes("proxyAddresses")) return "no-proxy-addresses";
  if (tenant.doubtfulDomains === undefined) return undefined;
  const after = "after" in own ? own.after : isMadeByRun && "primarySmtpAddress" in own ? own.primarySmtpAddress : "";
  return typeof after === "string" && tenant.doubtfulDomains.has(domainOf(after)) ? "doubtful-domain" : undefined;
}
