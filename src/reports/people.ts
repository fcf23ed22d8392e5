import type { Analysis } from "../analysis.ts";
import type { People } from "../causes/definition/count-people.ts";

/** What happens to how many, from the worst on; each person is counted once. */
const EFFECTS: Readonly<Record<Exclude<keyof People, "matched">, readonly [one: string, many: string]>> = {
  refused: ["is refused by the service", "are refused by the service"],
  secondAccount: ["gets a second account", "get a second account"],
  signInBlocked: ["cannot sign in any more", "cannot sign in any more"],
  mailChanges: ["sends mail under another address", "send mail under another address"],
  signInChanges: ["signs in with another name", "sign in with another name"],
  losesAddresses: ["loses an address", "lose an address"],
  other: ["cannot be told for certain, or is left alone", "cannot be told for certain, or are left alone"],
  signInImproves: [
    "signs in with a name in the company's domain at last",
    "sign in with a name in the company's domain at last",
  ],
  new: ["is new, and gets an account", "are new, and get an account"],
  onlineOnly: ["is online only, and stays as it is", "are online only, and stay as they are"],
  unchanged: ["notices nothing", "notice nothing"],
};

/** Says what happens to how many, by the worst that happens to each: what happens to nobody is left out. */
export function sayEffects({
  summary,
}: Pick<Analysis, "summary">): readonly { readonly count: number; readonly what: string }[] {
  const { people } = summary;
  if (people === undefined) return [];
  return Object.entries(EFFECTS)
    .map(([effect, [one, many]]) => {
      const count = people[effect as keyof People];
      return { count, what: count === 1 ? one : many };
    })
    .filter(({ count }) => count > 0);
}
