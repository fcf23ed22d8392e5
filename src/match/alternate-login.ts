import type { Directory } from "../directory/directory.ts";
import { addressKey } from "../model/address.ts";
import { type Diagnostic, diagnose } from "../model/diagnostic.ts";
import type { Side, User } from "../model/user.ts";
import { countOf, formatNumber } from "../text/count.ts";
import type { Alignment } from "./alignment.ts";

/** So many tell; where it is not so for half of the first ones, nobody else is asked. */
const FEWEST = 3;
const SAMPLE = 200;
const NEARLY_ALL = 0.9;

/** `mail` as the sign-in name of everybody, told from those who are synchronized. */
export interface AlternateLogin {
  /** The on-premises objects, whose `userPrincipalName` is their `mail`. */
  readonly directory: Directory;
  /** How many sign in with it. */
  readonly hits: number;
  readonly diagnostic: Diagnostic;
}

/**
 * Tells whether `mail` is the sign-in name (alternate login ID): those who are synchronized already, and have another UPN than `mail`
 * on-premises, sign in with their `mail`. It is a setting of the installation, told once for all, and no reason to rename anybody.
 *
 * Source: entra-docs, plan-connect-userprincipalname.
 */
export function tellAlternateLogin(
  { onPremises, online }: Readonly<Record<Side, Directory>>,
  { pairs }: Alignment,
): AlternateLogin | undefined {
  if (!online.fields.has("isSynchronized") && !online.fields.has("lastSyncTime")) return undefined;
  let telling = 0;
  let byMail = 0;
  for (let index = 0; index < onPremises.size; index++) {
    const partner = pairs.onlineOf(index);
    // The names of an ordinary person are one.
    if (partner < 0 || onPremises.table.isOrdinary(index)) continue;
    const { isSynchronized, lastSyncTime, userPrincipalName = "" } = online.user(partner);
    if (isSynchronized !== true && !lastSyncTime) continue;
    const { mail = "", userPrincipalName: own = "" } = onPremises.user(index);
    if (mail === "" || own === "" || addressKey(mail) === addressKey(own)) continue;
    telling++;
    if (addressKey(userPrincipalName) === addressKey(mail)) byMail++;
    if (telling === SAMPLE && 2 * byMail < telling) return undefined;
  }
  if (byMail < FEWEST || byMail < NEARLY_ALL * telling) return undefined;
  const people = countOf(telling, "person", "people");
  const diagnostic = diagnose("alternate-login-id", {
    detail: byMail === telling ? `All ${people}` : `${formatNumber(byMail)} of ${people}`,
  });
  return { directory: nameByMail(onPremises), hits: byMail, diagnostic };
}

/** The same objects, and people whose sign-in name is their `mail`, as `--upn-source mail` reads them. */
export function nameByMail(directory: Directory): Directory {
  let last: User | undefined;
  let named: User | undefined;
  const user = (index: number): User => {
    const own = directory.user(index);
    if (own !== last || named === undefined) {
      last = own;
      named = own.type === "user" && own.mail !== undefined ? { ...own, userPrincipalName: own.mail.trim() } : own;
    }
    return named;
  };
  return { ...directory, user, identity: user };
}
