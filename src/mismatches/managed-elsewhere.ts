import * as z from "zod/mini";
import { addressKey } from "../model/address.ts";
import { isExternal, primarySmtpAddress, smtpAddresses, type User } from "../model/user.ts";
import { type Prediction, predictionReads } from "../predict/predict.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch, listNames } from "./definition/define-mismatch.ts";

const wouldSchema = z.object({
  userPrincipalName: z.optional(z.string()),
  primarySmtpAddress: z.optional(z.string()),
  loses: z.array(z.string()).check(z.describe("Addresses that it has now, and would not have any more.")),
});

type Would = Readonly<z.infer<typeof wouldSchema>>;

/** Active Directory has not the say over an online user, or not over all of it. */
export const managedElsewhere = defineMismatch({
  kind: "managed-elsewhere",
  severity: "info",
  remedy: "person",
  needs: {},
  reads: predictionReads,
  fields: {
    reason: z
      .enum(["cloud-managed", "not-synchronized-now", "exchange-cloud-managed", "guest"])
      .check(
        z.describe(
          "not-synchronized-now: it is bound, and not synchronized while most are; exchange-cloud-managed: of its addresses alone.",
        ),
      ),
    would: z.optional(
      wouldSchema.check(z.describe("What would become of it if Active Directory had the say; absent if nothing.")),
    ),
  },
  distinguish: ({ reason }) => [reason],
  change: "none",
  title: (count, severity) =>
    severity === "error"
      ? countOf(count, "person is linked with a guest", "people are linked with guests")
      : countOf(
          count,
          "online user is not ruled by Active Directory",
          "online users are not ruled by Active Directory",
        ),
  explanation:
    "The user is managed in the cloud, not synchronized now, or a guest, or its mailbox is managed online: what Active Directory has does not " +
    "arrive, or nobody can tell whether it does.",
  advice:
    "Change Active Directory before the say is given back to it; until then nothing is to be done. Take the address from whoever is linked " +
    "with a guest.",
  describe: ({ reason, would }) => {
    const [says, condition] = WORDS[reason];
    return would === undefined ? says : `${says}; ${condition}: ${describeWould(would)}`;
  },
  over: "pairs",
  seesApart: true,
  *find({ online, apart, foreseeRuled }) {
    if (apart !== undefined) yield { reason: apart, ...wouldOf(online, foreseeRuled()) };
    else if (isExternal(online)) yield { reason: "guest" as const, severity: "error" as const };
    else if (online.isExchangeCloudManaged === true) {
      // Its sign-in name follows in any case.
      const would = wouldOf({ ...online, userPrincipalName: "" }, foreseeRuled());
      if (would !== undefined) yield { reason: "exchange-cloud-managed" as const, ...would };
    }
  },
});

const WORDS = {
  "cloud-managed": ["managed in the cloud: nothing changes", "if Active Directory gets the say back"],
  "not-synchronized-now": ["bound, and not synchronized now: nothing changes", "if it is synchronized again"],
  "exchange-cloud-managed": ["the mailbox is managed online: its addresses stay", "if that is taken back"],
  guest: [
    "the online user is a guest: what a match with one does is not documented, and it is reported that it stays a guest",
    "",
  ],
} as const;

/** What would change of an online user. */
function wouldOf(now: User, { user, addressesKnown }: Prediction): { readonly would: Would } | undefined {
  const [name, primary] = [user.userPrincipalName ?? "", primarySmtpAddress(user) ?? ""];
  const kept = new Set(smtpAddresses(user).map(({ key }) => key));
  const loses = smtpAddresses(now).filter(({ key }) => addressesKnown && !kept.has(key));
  const would = {
    ...(isOther(now.userPrincipalName, name) ? { userPrincipalName: name } : {}),
    ...(addressesKnown && isOther(primarySmtpAddress(now), primary) ? { primarySmtpAddress: primary } : {}),
    loses: loses.map(({ address }) => address),
  };
  return Object.keys(would).length > 1 || loses.length > 0 ? { would } : undefined;
}

function isOther(before: string | undefined, after: string): boolean {
  return Boolean(before) && after !== "" && addressKey(before ?? "") !== addressKey(after);
}

function describeWould({ userPrincipalName, primarySmtpAddress: primary, loses }: Would): string {
  return [
    ...(userPrincipalName === undefined ? [] : [`signs in as ${userPrincipalName}`]),
    ...(primary === undefined ? [] : [`mail from ${primary}`]),
    ...(loses.length === 0 ? [] : [`loses ${listNames(loses, (address) => address)}`]),
  ].join(", ");
}
