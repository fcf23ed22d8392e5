import * as z from "zod/mini";
import { type Likeness, likenessSchema } from "../match/likeness.ts";
import { leftoverReads } from "../predict/collisions.ts";
import { predict } from "../predict/predict.ts";
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
    outcome: z
      .enum(["created-beside", "created", "refused"])
      .check(
        z.describe(
          "created-beside: a second account is made; created: one is made without the sign-in name, which is taken; refused: none is made, because the name is taken.",
        ),
      ),
    as: z
      .string()
      .check(z.describe("created-beside: the sign-in name of the second account, if it is known; else blank.")),
  },
  distinguish: () => [],
  change: "none",
  title: (count) =>
    countOf(count, "person is not linked with the account online", "people are not linked with their accounts online"),
  explanation:
    "An on-premises user and an online one look like one person and share nothing by which the run links them: it makes a second " +
    "account, with an empty mailbox, or the service refuses the user, because the sign-in name is taken.",
  advice:
    "If they are one person, give both a common address: make the on-premises primary an address of the online user, or " +
    "set the online ImmutableId to the on-premises source anchor.",
  describe: ({ likeness, outcome, as }) =>
    `the same ${likeness.map((one) => WORDS[one]).join(" and ")}, and nothing links them: ${OUTCOMES[outcome]}${as && `, ${as}`}`,
  over: "everything",
  *find({ onPremises, online, service, tenant, unlinkedPairs, anchorConflicts }) {
    // Whose address is somebody's who is bound elsewhere is told there.
    const told = new Set(anchorConflicts.map((conflict) => conflict.onPremises));
    const taken = service.contested === "refused" ? ("refused" as const) : ("created" as const);
    for (const pair of unlinkedPairs) {
      if (told.has(pair.onPremises)) continue;
      yield {
        onPremises: referTo(onPremises.user(pair.onPremises)),
        online: referTo(online.user(pair.online)),
        ...(pair.mayLink ? { severity: "warning" as const, unsure: "mail-masked" as const } : {}),
        likeness: [...pair.likeness],
        ...(pair.likeness.includes("userPrincipalName")
          ? { outcome: taken, as: "" }
          : {
              outcome: "created-beside" as const,
              as: predict(onPremises.user(pair.onPremises), undefined, tenant).user.userPrincipalName ?? "",
            }),
      };
    }
  },
});

const WORDS: Readonly<Record<Likeness, string>> = {
  userPrincipalName: "sign-in name",
  localPart: "name before @",
  displayName: "display name",
};

const OUTCOMES = {
  "created-beside": "a second account is made",
  created: "a second account is made, without the sign-in name, which is taken",
  refused: "refused, because the sign-in name is taken",
} as const;
