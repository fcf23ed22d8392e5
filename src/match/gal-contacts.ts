import type { Directory } from "../directory/directory.ts";
import { addressKey } from "../model/address.ts";
import { type Diagnostic, diagnose } from "../model/diagnostic.ts";
import { partsOfName } from "../model/distinguished-name.ts";
import { primarySmtpAddress } from "../model/user.ts";
import { CONTACT, PERSON } from "../model/user-view.ts";
import { countOf } from "../text/count.ts";

const known = new WeakMap<Directory, ReadonlySet<number>>();

/**
 * Finds the contacts that stand for people of another forest, with their mail address, as GALSync makes them: once for all who ask.
 * Entra Connect joins the two if it was told to match by mail, so they are no duplicates of an address.
 *
 * Source: entra-docs, plan-connect-topologies ("Multiple forests: full mesh with optional GALSync").
 */
export function findGalContacts(onPremises: Directory): ReadonlySet<number> {
  const before = known.get(onPremises);
  if (before !== undefined) return before;
  const contacts = new Set<number>();
  for (let index = 0; index < onPremises.size; index++) {
    if (onPremises.table.typeOf(index) === CONTACT && standsForAnother(onPremises, index)) contacts.add(index);
  }
  known.set(onPremises, contacts);
  return contacts;
}

function standsForAnother({ table, addresses, user }: Directory, index: number): boolean {
  const contact = user(index);
  const mail = contact.mail || primarySmtpAddress(contact);
  if (!mail) return false;
  const people = addresses
    .claims(addressKey(mail))
    .filter((claim) => claim.attribute !== "userPrincipalName" && table.typeOf(claim.index) === PERSON)
    .map((claim) => user(claim.index));
  const isForeign = (other: typeof contact): boolean =>
    areOfTwoForests(contact.id, other.id, contact.origin.name !== other.origin.name);
  return people.length > 0 && people.every(isForeign);
}

/** Domains of one forest have one root, as a rule the last two labels; two forests below one name stand in files of their own. */
function areOfTwoForests(one: string, other: string, areOfTwoFiles: boolean): boolean {
  const [left, right] = [one, other].map((name) => partsOfName(name).filter((part) => part.startsWith("dc=")));
  if (left === undefined || right === undefined || left.length === 0 || right.length === 0) return false;
  const same = left.findIndex((label, at) => label !== right[at]);
  const isBelow = same < 0 || same === right.length;
  return !isBelow && (areOfTwoFiles || same < ROOT_LABELS);
}

const ROOT_LABELS = 2;

/** Says once how many there are. */
export function nameGalContacts(onPremises: Directory): Diagnostic | undefined {
  const { size } = findGalContacts(onPremises);
  return size === 0
    ? undefined
    : diagnose("contacts-of-other-forest", {
        detail: countOf(size, "contact stands for a person", "contacts stand for people"),
      });
}
