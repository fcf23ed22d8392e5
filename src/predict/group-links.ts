import type { Directory } from "../directory/directory.ts";
import { addressKey } from "../model/address.ts";
import { type Side, smtpAddresses, type User } from "../model/user.ts";
import type { Service } from "../service/service.ts";

/** Both sides, and which service links them. */
interface Linking {
  readonly directories: Readonly<Record<Side, Directory>>;
  readonly service: Service;
}

/** Whether an object has no licence and no sign-in name, as no group and no contact has. */
export function isGroupOrContact({ type }: Pick<User, "type">): boolean {
  return type === "group" || type === "contact";
}

/** A Microsoft 365 group is never taken over, it collides: entra-docs, how-to-connect-install-existing-tenant. */
function isMicrosoft365Group({ type, recipientType }: User): boolean {
  return type === "group" && recipientType === "GroupMailbox";
}

/** Whether a group or contact and an online object can be one: only people are matched. */
export function isSameKind(onPremises: User, holder: User): boolean {
  return onPremises.type !== "user" && holder.type === onPremises.type && !isMicrosoft365Group(holder);
}

/** The objects of the same kind that have an address of a group or contact. */
export function sameKind(user: User, { addresses, user: userAt }: Directory): readonly User[] {
  if (!isGroupOrContact(user) || isMicrosoft365Group(user)) return [];
  const own = smtpAddresses(user).map(({ key }) => key);
  const keys = user.proxyAddresses?.length || !user.mail ? own : [addressKey(user.mail)];
  const indexes = new Set(keys.flatMap((key) => addresses.claims(key).map(({ index }) => index)));
  return [...indexes].map(userAt).filter((other) => other.type === user.type && !isMicrosoft365Group(other));
}

/** A contact whom only this service leaves out. */
export function isLeftOutToday({ type, mail }: User, { contactWithoutMail }: Service): boolean {
  return contactWithoutMail === "left-out" && type === "contact" && mail === "";
}

/** The groups or contacts of Active Directory that would take over an online one. */
export function claimantsOf(online: User, { directories, service }: Linking): readonly User[] {
  return sameKind(online, directories.onPremises).filter(
    (one) => !isLeftOutToday(one, service) && sameKind(one, directories.online).some(({ id }) => id === online.id),
  );
}

/** The online group or contact that one of Active Directory takes over: the only one, of which it is the only one. */
export function takenOverBy(user: User, linking: Linking): User | undefined {
  if (!isGroupOrContact(user) || isLeftOutToday(user, linking.service)) return undefined;
  const [partner, ...others] = sameKind(user, linking.directories.online);
  if (partner === undefined || others.length > 0) return undefined;
  return claimantsOf(partner, linking).length === 1 ? partner : undefined;
}
