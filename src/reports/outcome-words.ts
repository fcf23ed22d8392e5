import type { OnlineOutcome, OnPremisesOutcome } from "../run/outcome.ts";

/** What the run does with an object, in a few words. */
export const outcomeWords: Readonly<Record<OnPremisesOutcome["outcome"] | OnlineOutcome["outcome"], string>> = {
  linked: "the online object is taken over",
  created: "a new online object is made",
  "created-beside": "a second account is made beside the one that looks like the same person",
  refused: "the service refuses the object, and neither makes nor updates it",
  ambiguous: "nobody can tell who is who",
  "not-synchronized": "nothing is made of it, and nothing is changed by it",
  "taken-over": "Active Directory has the say from now on",
  "cloud-only": "stays as it is, managed in the cloud only",
  bound: "stays as it is, and bound",
  deleted: "stays in the recycle bin",
  restored: "comes back from the recycle bin",
};
