import type { User } from "./user.ts";

/** What a value is judged by besides itself. What is not known is not judged. */
export interface ValueContext {
  readonly type?: User["type"];
  /** Domains verified in the tenant, in lower case. */
  readonly verifiedDomains?: ReadonlySet<string> | undefined;
  /** Whether the person is licensed online: an address in a domain that is not routed is dropped only then. */
  readonly isLicensed?: boolean | undefined;
  /** The object's sign-in name, blank or `null` without any: with a valid one the account name does not count. */
  readonly userPrincipalName?: string | null | undefined;
}

/** Where nothing is known, a value is judged by itself. */
export const NOTHING_KNOWN: ValueContext = {};
