import * as z from "zod/mini";
import { type Likeness, likenessSchema } from "../match/likeness.ts";
import { leftoverReads } from "../predict/collisions.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";
import { referTo } from "./definition/object-reference.ts";

/** Two users look like one person and share no linking address: the run makes a second account. */
export const unlinkedPair = defineMismatch({
  kind: "unlinked-pair",
  severity: "error",
  remedy: "person",
  needs: {},
  reads: leftoverReads,
  fields: {
    likeness: z.array(likenessSchema).check(z.minLength(1), z.describe("What they have in common, the surest first.")),
  },
  distinguish: () => [],
  change: "none",
  title: (count) => countOf(count, "person will get a second account", "people will get a second account"),
  explanation:
    "An on-premises user and an online one look like one person and share no address by which the run could match them; " +
    "it makes a second account, with an empty mailbox.",
  advice:
    "If they are one person, give both a common address: make the on-premises primary an address of the online user, or " +
    "set the online ImmutableId to the on-premises source anchor.",
  describe: ({ likeness }) => `the same ${likeness.map((one) => WORDS[one]).join(" and ")}, no common address`,
  over: "everything",
  *find({ onPremises, online, unlinkedPairs }) {
    for (const pair of unlinkedPairs) {
      yield {
        onPremises: referTo(onPremises.user(pair.onPremises)),
        online: referTo(online.user(pair.online)),
        likeness: [...pair.likeness],
      };
    }
  },
});

const WORDS: Readonly<Record<Likeness, string>> = {
  userPrincipalName: "sign-in name",
  localPart: "name before @",
  displayName: "display name",
};
