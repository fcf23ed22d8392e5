import * as z from "zod/mini";
import { addressKey, sortAddresses } from "../model/address.ts";
import { primarySmtpAddress, sideSchema, type User } from "../model/user.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";

/** The chat address is neither the sign-in name nor the mail address. */
export const sipMisalignment = defineMismatch({
  kind: "sip-misalignment",
  severity: "warning",
  remedy: "person",
  needs: { onPremises: ["userPrincipalName"], online: ["userPrincipalName"] },
  alone: ["onPremises", "online"],
  reads: ["sipAddress", "userPrincipalName", "proxyAddresses", "mail", "isGuest"],
  fields: {
    side: sideSchema,
    sipAddress: z.string(),
    userPrincipalName: z.string(),
    primarySmtpAddress: z.optional(z.string()),
  },
  distinguish: ({ side }) => [side],
  change: "none",
  title: (count) =>
    countOf(count, "chat address differs from sign-in or mail", "chat addresses differ from sign-in or mail"),
  explanation:
    "The SIP address, under which the user is found in chat and calls, is not the sign-in name or not the mail address; " +
    "people use one name for all three.",
  advice:
    "Make sign-in name, primary address and SIP address one name; on-premises that is msRTCSIP-PrimaryUserAddress, and a " +
    "change means that meetings are scheduled anew and external contacts add the user again.",
  describe: ({ side, sipAddress, userPrincipalName, primarySmtpAddress: primary }) =>
    `${side === "online" ? "online" : "on-premises"}: chat ${sipAddress}, sign-in ${userPrincipalName}${primary === undefined ? "" : `, mail ${primary}`}`,
  over: "people",
  *find({ side, user }) {
    const { userPrincipalName } = user;
    const sipAddress = sipAddressOf(user);
    const primary = primarySmtpAddress(user);
    if (!sipAddress || !userPrincipalName || user.isGuest) return;
    const names = primary === undefined ? [userPrincipalName] : [userPrincipalName, primary];
    if (names.every((name) => addressKey(name) === addressKey(sipAddress))) return;
    yield { side, sipAddress, userPrincipalName, ...(primary === undefined ? {} : { primarySmtpAddress: primary }) };
  },
});

/** The attribute of its own counts; `SIP:` in proxyAddresses stands in for it. */
function sipAddressOf({ sipAddress, proxyAddresses = [] }: User): string | undefined {
  const entries = proxyAddresses.filter(({ type }) => type === "SIP");
  const marked = entries.filter(({ primary }) => primary);
  return sipAddress || sortAddresses((marked.length > 0 ? marked : entries).map(({ address }) => address))[0];
}
