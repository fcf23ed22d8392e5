import type { Thing } from "./things.ts";

/**
 * A second account of what the service does with every object: small, slow, and written from the facts alone (service.md,
 * semantics.md), not from the product. It knows no index and no shortcut: everybody is compared with everybody.
 *
 * Where the facts say that something is not known, it says `unknown`, and nothing is compared.
 */
export interface Told {
  outcome: "linked" | "created" | "refused" | "ambiguous" | "not-synchronized" | "unknown";
  partner?: Thing;
  /** Of a refusal; absent where it is not known which. */
  error?: string;
  /** Values that do not arrive, as `attribute:value`. */
  held: Set<string>;
  /** Values of which nobody knows whether they arrive, in the same form. */
  doubtful: Set<string>;
  after?: After;
  /** The documents tell two things of it. */
  isOfTwoMinds?: boolean;
  /** The rules that spoke. */
  rules: string[];
}

/** What the online object has after the run; absent: not known. */
export interface After {
  upn?: string;
  primary?: string;
  addresses?: ReadonlySet<string>;
  isEnabled?: boolean;
}

export type Service = "dirsync-v2" | "entra-connect";
