import type { Mismatch, MismatchKind } from "../../mismatches/index.ts";

/** What of the tenant and of the exports tells a cause. */
export interface CauseContext {
  readonly verifiedDomains: ReadonlySet<string>;
  readonly initialDomain: string | undefined;
  /** Whether somebody in Active Directory has an address, or a sign-in name, in a domain. */
  readonly isUsedOnPremises: (domain: string) => boolean;
}

/** What is said of a cause. */
interface CauseWords {
  /** Names it in a few words that no count is in: `The UPN suffix contoso.local is not verified`. */
  readonly title: (key: string) => string;
  /** How bad it is, in one sentence that a manager understands. */
  readonly harm: string;
  /** The one thing that cures it. */
  readonly remedy: (key: string) => string;
}

/** The findings of some kinds. */
type Of<Kind extends MismatchKind> = Extract<Mismatch, { readonly kind: Kind }>;

/** A cause as it is declared. */
interface Declaration<Name extends string, Kind extends MismatchKind> extends CauseWords {
  readonly cause: Name;
  /** The kinds of findings that it may explain. */
  readonly kinds: readonly Kind[];
  /**
   * The key of this cause if it explains a finding: what tells it from others of its sort (a domain, a rule), or "" where there is
   * but one. `undefined` if it does not.
   */
  readonly keyOf: (mismatch: Of<Kind>, context: CauseContext) => string | undefined;
  /** What a key is: a domain, or words of this program; a pseudonym stands for a domain. */
  readonly keyIs: "domain" | "words";
  /** Of fewer people it is a coincidence, and no cause. */
  readonly least?: number;
}

/** A cause, for whoever does not know which findings it takes. */
export interface DeclaredCause<Name extends string = string> extends CauseWords {
  readonly cause: Name;
  readonly kinds: readonly MismatchKind[];
  readonly keyOf: (mismatch: Mismatch, context: CauseContext) => string | undefined;
  readonly keyIs: "domain" | "words";
  readonly least?: number;
}

/** Declares a cause of findings. It is asked for findings of its kinds alone. */
export function defineCause<const Name extends string, const Kind extends MismatchKind>(
  declaration: Declaration<Name, Kind>,
): DeclaredCause<Name> {
  return declaration as unknown as DeclaredCause<Name>;
}
