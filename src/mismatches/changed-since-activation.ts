import * as z from "zod/mini";
import { addressKey } from "../model/address.ts";
import { primarySmtpAddress, type User } from "../model/user.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";
import { referTo } from "./definition/object-reference.ts";

/** An online user was renamed since it was activated. */
export const changedSinceActivation = defineMismatch({
  kind: "changed-since-activation",
  severity: "warning",
  remedy: "person",
  needs: {},
  reads: ["userPrincipalName", "proxyAddresses", "mail"],
  fields: {
    attribute: z.enum(["userPrincipalName", "primarySmtpAddress"]),
    atActivation: z.string(),
    now: z.string(),
  },
  distinguish: ({ attribute }) => [attribute],
  change: ({ atActivation, now }) => ({ before: atActivation, after: now }),
  title: (count) =>
    countOf(count, "name was changed online since activation", "names were changed online since activation"),
  explanation:
    "The sign-in name or the primary address of an online user is another one than when it was activated: somebody changed " +
    "it, in the administration center or with PowerShell, and Active Directory may not know of it.",
  advice:
    "Ask whether the change was meant; if so, make it in Active Directory too, before the run. It is the first question of " +
    "Microsoft's own review before DirSync V2.",
  describe: ({ attribute, atActivation, now }) =>
    `${attribute === "userPrincipalName" ? "sign-in" : "mail"} ${atActivation} → ${now}`,
  over: "everything",
  *find({ onPremises, online, alignment, baseline }) {
    for (const [index, earlier] of baseline ?? []) {
      const user = online.user(index);
      const pair = alignment.pairs.ofOnline(index);
      for (const { attribute, atActivation, now } of changes(earlier, user)) {
        yield {
          ...(pair === undefined ? {} : { onPremises: referTo(onPremises.user(pair.onPremises)) }),
          online: referTo(user),
          attribute,
          atActivation,
          now,
        };
      }
    }
  },
});

function* changes(earlier: User, user: User) {
  const names = [
    ["userPrincipalName", earlier.userPrincipalName, user.userPrincipalName],
    ["primarySmtpAddress", primarySmtpAddress(earlier), primarySmtpAddress(user)],
  ] as const;
  for (const [attribute, atActivation, now] of names) {
    if (atActivation && now && addressKey(atActivation) !== addressKey(now)) yield { attribute, atActivation, now };
  }
}
