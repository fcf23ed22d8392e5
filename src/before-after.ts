import type { LiveAnalysis } from "./live-analysis.ts";
import type { User } from "./model/user.ts";
import { predict } from "./predict/predict.ts";

/** One person, before and after the run. */
export interface BeforeAfter {
  readonly onPremises: User | undefined;
  readonly online: User | undefined;
  /** What the online user becomes; `undefined` where nothing is predicted. */
  readonly after: User | undefined;
  readonly fate: "matched" | "new" | "online-only" | "ambiguous";
}

/**
 * Lists everybody of both sides, and what becomes of whom: the matched first, then who will be new, who stays online only
 * and who cannot be matched.
 */
export function* listBeforeAfter({ comparison }: LiveAnalysis): Generator<BeforeAfter> {
  const { directories, alignment, tenant } = comparison;
  const { onPremises, online } = directories;
  for (const pair of alignment.pairs) {
    const [left, right] = [onPremises.user(pair.onPremises), online.user(pair.online)];
    yield { onPremises: left, online: right, after: predict(left, right, tenant).user, fate: "matched" };
  }
  for (const index of alignment.unmatchedOnPremises) {
    const user = onPremises.user(index);
    yield { onPremises: user, online: undefined, after: predict(user, undefined, tenant).user, fate: "new" };
  }
  for (const index of alignment.unmatchedOnline) {
    yield { onPremises: undefined, online: online.user(index), after: online.user(index), fate: "online-only" };
  }
  for (const group of alignment.ambiguous) {
    for (const index of group.onPremises) {
      yield { onPremises: onPremises.user(index), online: undefined, after: undefined, fate: "ambiguous" };
    }
    for (const index of group.online) {
      yield { onPremises: undefined, online: online.user(index), after: undefined, fate: "ambiguous" };
    }
  }
}
