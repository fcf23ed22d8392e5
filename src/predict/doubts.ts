import * as z from "zod/mini";

/** Why something is not sure: the ends of sentences. */
const DOUBTS = {
  "may-be-moved-away":
    "msExchRemoteRecipientType is not in the export: where it is 8, the address does not arrive, and the one in the initial domain is the primary",
  "doubtful-domain": "whether the domain is verified is not known",
  "mail-masked":
    "proxyAddresses has no SMTP address, and whether mail counts beside its other values is not documented",
  "neither-address":
    "Active Directory has neither mail nor proxyAddresses; it comes in the second cycle, and the documents disagree",
  "no-proxy-addresses": "the export shows proxyAddresses of nobody, and mail is taken for the address",
  "several-primaries": "which of them wins is not documented",
} as const;

const schema = z.enum(Object.keys(DOUBTS) as [Doubt, ...Doubt[]]).check(z.describe("Set if it is not certain: why."));

type Schema = typeof schema;
/** The schema of a {@link Doubt}; by its name declarations refer to it. */
export interface DoubtSchema extends Schema {}

/** Why something is not sure. */
export const doubtSchema: DoubtSchema = schema;

/** Why something is not sure. */
export type Doubt = keyof typeof DOUBTS;

/** Says why something is not sure, as the end of a sentence. */
export function describeDoubt(doubt: Doubt): string {
  return DOUBTS[doubt];
}

/** What may become of addresses where it is not sure. */
export interface AddressDoubt {
  readonly doubt: Doubt;
  /** The primary addresses that may be afterwards, the surest first. */
  readonly primaries: readonly string[];
  /** SMTP addresses of the online user that may be gone. */
  readonly mayLose: readonly string[];
}
