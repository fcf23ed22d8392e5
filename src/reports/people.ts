import type { Analysis } from "../analysis.ts";
import type { People } from "../causes/definition/count-people.ts";

/** What happens to how many, from the worst on; each person is counted once. */
const EFFECTS: Readonly<Record<Exclude<keyof People, "matched">, string>> = {
  refused: "are refused by the service",
  secondAccount: "get a second account",
  signInBlocked: "cannot sign in any more",
  mailChanges: "send mail under another address",
  signInChanges: "sign in with another name",
  losesAddresses: "lose an address",
  other: "cannot be told for certain, or are left alone",
  signInImproves: "sign in with a name in the company's domain at last",
  new: "are new, and get an account",
  onlineOnly: "are online only, and stay as they are",
  unchanged: "notice nothing",
};

/** Says what happens to how many, by the worst that happens to each: what happens to nobody is left out. */
export function sayEffects({
  summary,
}: Pick<Analysis, "summary">): readonly { readonly count: number; readonly what: string }[] {
  const { people } = summary;
  if (people === undefined) return [];
  return Object.entries(EFFECTS)
    .map(([effect, what]) => ({ count: people[effect as keyof People], what }))
    .filter(({ count }) => count > 0);
}
