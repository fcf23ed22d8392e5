import * as z from "zod/mini";
import { sideSchema, smtpAddresses, type User } from "../model/user.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch, listNames } from "./definition/define-mismatch.ts";
import { objectReferenceSchema, referTo } from "./definition/object-reference.ts";

const candidateSchema = z.extend(objectReferenceSchema, { side: sideSchema });

/** Users of both sides link to each other in more than one way. */
export const ambiguousMatch = defineMismatch({
  kind: "ambiguous-match",
  severity: "error",
  remedy: "person",
  needs: {},
  reads: ["proxyAddresses", "mail", "userPrincipalName", "sourceAnchor", "immutableId"],
  fields: {
    on: z.string().check(z.describe("An anchor, address or UPN that links them.")),
    candidates: z
      .array(candidateSchema)
      .check(
        z.minLength(2),
        z.describe("The users who may be one person; where one side has a single user, those of the other."),
      ),
    likely: z.optional(
      z
        .string()
        .check(
          z.describe("The id of the candidate who alone has it in proxyAddresses: likely, but the order decides."),
        ),
    ),
  },
  distinguish: ({ on }) => [on],
  change: "none",
  title: (count) =>
    countOf(count, "group of users cannot be matched one to one", "groups of users cannot be matched one to one"),
  explanation:
    "One user shares addresses with several users of the other side; which of them the run takes for the same person " +
    "cannot be foreseen, and the others get errors or a second account. Nothing else is predicted for them.",
  advice:
    "Find out who is who, and remove each address that belongs to somebody else; or bind the right pair by setting the " +
    "online ImmutableId to the on-premises source anchor.",
  describe: ({ on, candidates, likely }) => {
    const own = (wanted: z.infer<typeof sideSchema>) => candidates.filter(({ side }) => side === wanted);
    const groups = [
      [own("onPremises"), "on-premises"],
      [own("online"), "online"],
    ] as const;
    const names = groups.flatMap(([group, where]) =>
      group.length === 0 ? [] : [`${listNames(group, ({ displayName, id }) => displayName ?? id)} ${where}`],
    );
    const [best] = candidates.filter(({ id, side }) => side === "onPremises" && id === likely);
    const guess = best === undefined ? "" : `; likely ${best.displayName ?? best.id}, unless another comes first`;
    // An address has an @; objects are made with an anchor each.
    const isCopied = !on.includes("@") && own("onPremises").length > 1;
    return `${names.join("; ")}: linked by ${isCopied ? `the source anchor ${on}, which was copied` : on}${guess}`;
  },
  over: "everything",
  *find({ onPremises, online, alignment }) {
    for (const group of alignment.ambiguous) {
      const left = group.onPremises.map((index) => referTo(onPremises.user(index)));
      const right = group.online.map((index) => referTo(online.user(index)));
      const candidates = [
        ...(left.length > 1 ? left.map((reference) => ({ ...reference, side: "onPremises" as const })) : []),
        ...(right.length > 1 ? right.map((reference) => ({ ...reference, side: "online" as const })) : []),
      ];
      yield {
        on: group.on,
        candidates: sorted(candidates),
        ...likelyOf(group.on, right.length === 1 ? group.onPremises.map((index) => onPremises.user(index)) : []),
        // A side with a single user is whom the finding is about.
        ...(left.length === 1 && left[0] !== undefined ? { onPremises: left[0] } : {}),
        ...(right.length === 1 && right[0] !== undefined ? { online: right[0] } : {}),
      };
    }
  },
});

/** Of several with one address, who alone has it as one: the others have it in `mail` only. */
function likelyOf(on: string, users: readonly User[]): { readonly likely?: string } {
  const [one, ...others] = users.filter((user) => smtpAddresses(user).some(({ key }) => key === on));
  const areByMail = users.every((user) => user === one || user.proxyAddresses?.length === 0);
  return one !== undefined && others.length === 0 && areByMail ? { likely: one.id } : {};
}

function sorted(candidates: z.infer<typeof candidateSchema>[]): z.infer<typeof candidateSchema>[] {
  const key = ({ side, id }: z.infer<typeof candidateSchema>) => `${side === "online" ? 1 : 0}${id}`;
  return candidates.sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
