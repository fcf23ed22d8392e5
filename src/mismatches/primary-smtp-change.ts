import * as z from "zod/mini";
import { addressKey } from "../model/address.ts";
import { ownsAddress, primarySmtpAddress, type User } from "../model/user.ts";
import { predictionReads } from "../predict/predict.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";

/** The online primary SMTP address silently becomes another one. */
export const primarySmtpChange = defineMismatch({
  kind: "primary-smtp-change",
  severity: "error",
  remedy: "planned",
  needs: {
    onPremises: ["proxyAddresses", "primarySmtpAddress"],
    // A column that lists the primary address alone is enough.
    online: ["primarySmtpAddress"],
  },
  reads: predictionReads,
  fields: {
    before: z.string().check(z.describe("The primary SMTP address online now; blank if there is none.")),
    after: z.string().check(z.describe("The primary SMTP address after the run.")),
    caseOnly: z.boolean().check(z.describe("Whether only letter case differs: the same mailbox address.")),
    beforeStays: z
      .boolean()
      .check(z.describe("true: the old address remains an alias; false: it is lost, and mail to it bounces.")),
    movedBy: z
      .enum(["online", "on-premises", "both", "unknown"])
      .check(z.describe("On which side the primary address was changed since the user was activated.")),
    movedByFrom: z
      .enum(["baseline", "inference"])
      .check(
        z.describe(
          "baseline: an export of that time tells; inference: the sign-in name, stamped from the primary address then, suggests it.",
        ),
      ),
  },
  distinguish: () => [],
  change: ({ before, after }) => ({ before, after }),
  title: (count, severity) =>
    severity === "warning"
      ? countOf(count, "person gets a first mail address", "people get a first mail address")
      : severity === "info"
        ? countOf(count, "mail address changes in letter case only", "mail addresses change in letter case only")
        : countOf(count, "person will send mail under another address", "people will send mail under another address"),
  explanation:
    "The first run replaces the online primary SMTP address by the on-premises one; the user goes on sending mail, " +
    "under another address, and learns it from a puzzled correspondent.",
  advice:
    "Decide for each person which address is right. Either make it the primary (SMTP:) in Active Directory before the run, " +
    "or change the online primary now, and tell the person.",
  describe: ({ before, after, beforeStays, movedBy, movedByFrom }) => {
    const lost = beforeStays ? "" : " (old address is lost)";
    const moved = movedBy === "both" ? "on both sides" : movedBy;
    const cause = movedByFrom === "baseline" ? `, changed ${moved} since activation` : `, probably changed ${moved}`;
    return `${before || "none"} → ${after}${lost}${movedBy === "unknown" ? "" : cause}`;
  },
  over: "pairs",
  *find({ onPremises, online, prediction, baseline }) {
    const before = primarySmtpAddress(online);
    const isKnown = prediction.addressesKnown && prediction.doubt === undefined;
    const after = isKnown ? primarySmtpAddress(prediction.user) : undefined;
    if (after === undefined || before === after) return;
    if (before === undefined) {
      // A first address is a change of the one that mail comes from; of several primaries nobody knows which one it is.
      const hasNone = online.proxyAddresses?.length === 0;
      if (hasNone)
        yield {
          severity: "warning" as const,
          before: "",
          after,
          caseOnly: false,
          beforeStays: true,
          movedBy: "unknown" as const,
          movedByFrom: "inference" as const,
        };
      return;
    }
    const caseOnly = addressKey(before) === addressKey(after);
    yield {
      ...(caseOnly ? { severity: "info" as const } : {}),
      ...(prediction.rules.includes("may-be-moved-away") ? { unsure: "may-be-moved-away" as const } : {}),
      before,
      after,
      caseOnly,
      beforeStays: ownsAddress(prediction.user, before),
      ...(caseOnly
        ? { movedBy: "unknown" as const, movedByFrom: "inference" as const }
        : findMover({ before, after, onPremises, online, baseline })),
    };
  },
});

type Mover = "online" | "on-premises" | "both" | "unknown";

/** The names from which it is told who moved. */
interface Names {
  readonly before: string;
  readonly after: string;
  readonly onPremises: User;
  readonly online: User;
  readonly baseline: User | undefined;
}

/**
 * Says on which side the primary address was changed since activation, when DirSync V1 stamped both the sign-in name and
 * the primary address from the on-premises primary (the article).
 */
function findMover(names: Names): { readonly movedBy: Mover; readonly movedByFrom: "baseline" | "inference" } {
  const { before, after, baseline } = names;
  const stamped = baseline === undefined ? undefined : primarySmtpAddress(baseline) || baseline.userPrincipalName;
  if (!stamped) return { movedBy: inferMover(names), movedByFrom: "inference" };
  const movedOnline = addressKey(before) !== addressKey(stamped);
  const movedOnPremises = addressKey(after) !== addressKey(stamped);
  const movedBy = movedOnline && movedOnPremises ? "both" : movedOnline ? "online" : "on-premises";
  return { movedBy, movedByFrom: "baseline" };
}

/** A sign-in name, or an alias, that is still the other side's primary is what is left of the time before the change. */
function inferMover({ before, after, onPremises, online }: Names): Mover {
  if (addressKey(online.userPrincipalName ?? "") === addressKey(after)) return "online";
  const isLeftOnline = ownsAddress(online, after);
  const isLeftOnPremises = ownsAddress(onPremises, before);
  if (isLeftOnline === isLeftOnPremises) return "unknown";
  return isLeftOnline ? "online" : "on-premises";
}
