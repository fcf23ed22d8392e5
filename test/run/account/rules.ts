import {
  isReserved,
  isVerified,
  linkingAddresses,
  markedOf,
  masksNobodyKnows,
  signInNameOf,
  smtpOf,
  sourceOf,
} from "./addresses.ts";
import { domainOf, isGuest, key, presentAddresses, type Thing, type World } from "./things.ts";
import type { Service, Told } from "./told.ts";

/** What is looked up of one object before any rule is asked. */
export interface Facts {
  readonly thing: Thing;
  readonly world: World;
  readonly service: Service;
  /** Online users with its anchor. */
  readonly byAnchor: readonly Thing[];
  /** Online objects that have an address of it which links. */
  readonly byAddress: readonly Thing[];
  /** Online objects that have an address of it which does not link. */
  readonly byAlias: readonly Thing[];
  /** Online users in the recycle bin with its anchor. */
  readonly byDeleted: readonly Thing[];
  /** Online users that have its sign-in name. */
  readonly byName: readonly Thing[];
}

type Decision = Pick<Told, "outcome" | "partner" | "error">;

interface Rule {
  readonly name: string;
  readonly source: string;
  /** Default: of both. */
  readonly in?: Service;
  readonly when: (facts: Facts) => boolean;
  readonly decide: (facts: Facts) => Decision;
}

export const isBound = (online: Thing): boolean => online.anchor !== "";
export const freeByAddress = ({ thing, byAddress }: Facts): readonly Thing[] =>
  byAddress.filter((one) => one.type === thing.type && !isBound(one) && one.recipientType !== "GroupMailbox");
const freeByName = ({ byName }: Facts): readonly Thing[] => byName.filter((one) => !isBound(one));

/** If … then …: the first that fits decides who links with whom, and what becomes of him who does not. */
export const rules: readonly Rule[] = [
  {
    name: "a contact without mail is left out today, and one without any address always was",
    source: "service.md 1 and 5 (DEF, RULES; KB 2643629)",
    when: ({ thing, service }) =>
      thing.type === "contact" && thing.mail === "" && (service === "entra-connect" || smtpOf(thing).length === 0),
    decide: () => ({ outcome: "not-synchronized" }),
  },
  {
    name: "whether small letters make a contact or list mail-enabled is told in two ways",
    source: "semantics-reference, groups and contacts (RULES against UGC)",
    when: ({ thing }) => thing.type !== "user" && thing.addresses.length > 0 && markedOf(thing).length === 0,
    decide: () => ({ outcome: "unknown" }),
  },
  {
    name: "whether two contacts with one mail are joined is told of two forests only",
    source: "service.md 6.7 (RULES, Contact Join)",
    when: ({ thing, world }) =>
      thing.type === "contact" &&
      world.onPremises.some(
        (other) => other !== thing && other.type === "contact" && key(other.mail) === key(thing.mail),
      ),
    decide: () => ({ outcome: "unknown" }),
  },
  {
    name: "whether other values mask mail is not known",
    source: "service.md 4 (U), semantics-reference 2.3",
    when: ({ thing }) => masksNobodyKnows(thing),
    decide: () => ({ outcome: "unknown" }),
  },
  {
    name: "which of two marked addresses is the primary is not known",
    source: "semantics.md 3, 2",
    when: ({ thing }) => markedOf(thing).length > 1,
    decide: () => ({ outcome: "unknown" }),
  },
  {
    name: "what an address of a list in the domain of the service does is not known",
    source: "not written: KB 3190357 is about users",
    when: ({ thing }) =>
      thing.type !== "user" &&
      [thing.mail, ...smtpOf(thing).map(({ address }) => address)].some((one) => isReserved(domainOf(one))),
    decide: () => ({ outcome: "unknown" }),
  },
  {
    name: "an anchor of several, of whom the cloud has the one",
    source: "not written",
    when: ({ thing, world, byAnchor }) =>
      byAnchor.some(({ isCloudManaged }) => isCloudManaged) &&
      world.onPremises.some((other) => other !== thing && other.type === "user" && other.anchor === thing.anchor),
    decide: () => ({ outcome: "unknown" }),
  },
  {
    name: "Active Directory is not read for whom the cloud has the say over",
    source: "service.md 6.4 (SOA)",
    when: ({ byAnchor }) => byAnchor.some(({ isCloudManaged }) => isCloudManaged),
    decide: () => ({ outcome: "not-synchronized" }),
  },
  {
    name: "the anchor links",
    source: "service.md 1 (hard match)",
    when: ({ byAnchor }) => byAnchor.length > 0,
    decide: ({ byAnchor }) => partner(byAnchor[0]),
  },
  {
    name: "the anchor brings back who was deleted, unless an active object has the name or an address",
    source: "service.md 6.2 (JP2)",
    when: ({ byDeleted }) => byDeleted.length > 0,
    decide: ({ byDeleted, world }) => {
      const [deleted] = byDeleted;
      const names = deleted === undefined ? [] : [...presentAddresses(deleted), key(deleted.upn)];
      const taken = names.filter((name) =>
        world.online.some((online) => key(online.upn) === name || presentAddresses(online).includes(name)),
      );
      if (taken.length === 0) return partner(deleted);
      // Of an address that the service made up nothing is written.
      if (taken.every((name) => isReserved(domainOf(name)) && name !== key(deleted?.upn ?? "")))
        return { outcome: "unknown" };
      return { outcome: "refused", error: "AttributeValueMustBeUnique", ...(deleted && { partner: deleted }) };
    },
  },
  {
    name: "whether the alias of a list or contact links is not known",
    source: "service.md 1 (ET: only the primary; for groups: addresses)",
    in: "entra-connect",
    when: ({ thing, byAlias }) => thing.type !== "user" && byAlias.length > 0,
    decide: () => ({ outcome: "unknown" }),
  },
  {
    name: "what a match with a guest does is written nowhere",
    source: "service.md 4 (soft match hits a guest)",
    when: (facts) => freeByAddress(facts).some(isGuest),
    decide: () => ({ outcome: "unknown" }),
  },
  {
    name: "addresses of several online users, one of whom has a role, decide nothing that is written",
    source: "not written: does the role turn the others into the match?",
    in: "dirsync-v2",
    when: (facts) => freeByAddress(facts).length > 1 && freeByAddress(facts).some(({ hasRole }) => hasRole),
    decide: () => ({ outcome: "unknown" }),
  },
  {
    name: "addresses of several online users decide nothing",
    source: "semantics.md 2 (one-to-many)",
    in: "dirsync-v2",
    when: (facts) => freeByAddress(facts).length > 1,
    decide: () => ({ outcome: "ambiguous" }),
  },
  {
    name: "who has a role is never soft matched",
    source: "service.md 1 and 2 (ET, TS)",
    when: (facts) => freeByAddress(facts).some(({ hasRole }) => hasRole),
    decide: () => ({ outcome: "refused", error: "ExistingAdminRoleConflict" }),
  },
  {
    name: "an address links",
    source: "service.md 1 (ET; ART)",
    when: (facts) => freeByAddress(facts).length === 1,
    decide: (facts) => partner(freeByAddress(facts)[0]),
  },
  {
    name: "a Microsoft 365 group never links, it collides",
    source: "service.md 1 (ET); which error comes is not known",
    when: ({ thing, byAddress }) =>
      thing.type === "group" && byAddress.some(({ recipientType }) => recipientType === "GroupMailbox"),
    decide: () => ({ outcome: "refused" }),
  },
  {
    name: "whether an address that would be discarded collides is not known",
    source: "not written: KB 3190357 discards it for whoever has a licence; reserved domains of lists",
    when: ({ thing, world, byAddress }) =>
      byAddress.some(({ type }) => type !== thing.type) &&
      sourceOf(thing).some(({ address }) => !isVerified(address, world)),
    decide: () => ({ outcome: "unknown" }),
  },
  {
    name: "the address is that of an object of another type, the sign-in name that of a user who is free",
    source: "not written: is the name still tried?",
    in: "entra-connect",
    when: (facts) => facts.byAddress.some(({ type }) => type !== facts.thing.type) && freeByName(facts).length > 0,
    decide: () => ({ outcome: "unknown" }),
  },
  {
    name: "the address is that of an object of another type",
    source: "service.md 1 (TS)",
    when: ({ thing, byAddress }) => byAddress.some(({ type }) => type !== thing.type),
    decide: ({ byAddress, service }) => ({
      outcome: "refused",
      ...(byAddress.some(isBound) && service === "dirsync-v2" ? {} : { error: "ObjectTypeMismatch" }),
    }),
  },
  {
    name: "the address is that of somebody bound elsewhere, the sign-in name that of somebody who is free",
    source: "not written: is the name still tried?",
    in: "entra-connect",
    when: (facts) => facts.byAddress.some(isBound) && freeByName(facts).length > 0,
    decide: () => ({ outcome: "unknown" }),
  },
  {
    name: "the address is that of somebody bound elsewhere",
    source: "service.md 1 (TS, DAR)",
    when: ({ byAddress }) => byAddress.some(isBound),
    decide: ({ thing, world, service, byAddress, byName }) => {
      if (service === "entra-connect") return { outcome: "created" };
      // Whether an address in a domain that is not verified, which does not arrive, still stands in the way is not written.
      const own = linkingAddresses(thing, service);
      const shared = byAddress
        .filter(isBound)
        .flatMap(presentAddresses)
        .filter((address) => own.has(address));
      if (!shared.some((address) => isVerified(address, world))) return { outcome: "unknown" };
      // Which error it is where others stand in the way besides is not written.
      const isSure = [...byAddress, ...byName].every(isBound) && !isAddressOfList(thing.upn, world);
      return { outcome: "refused", ...(isSure ? { error: "InvalidSoftMatch" } : {}) };
    },
  },
  {
    name: "somebody with a role, wanted by name and by the address of another",
    source: "not written",
    in: "entra-connect",
    when: (facts) =>
      freeByName(facts).some(
        (online) =>
          online.hasRole &&
          facts.world.onPremises.some((other) =>
            presentAddresses(online).some((address) => linkingAddresses(other, facts.service).has(address)),
          ),
      ),
    decide: () => ({ outcome: "unknown" }),
  },
  {
    name: "who has a role is not matched by the sign-in name either",
    source: "service.md 1 and 2 (ET, TS)",
    in: "entra-connect",
    when: (facts) => freeByName(facts).some(({ hasRole }) => hasRole),
    decide: () => ({ outcome: "refused", error: "ExistingAdminRoleConflict" }),
  },
  {
    name: "a sign-in name links today",
    source: "service.md 1 (SF, TS): tried after the address",
    in: "entra-connect",
    when: (facts) => freeByName(facts).length > 0,
    decide: (facts) => partner(freeByName(facts)[0]),
  },
  {
    name: "a sign-in name of somebody bound elsewhere",
    source: "service.md 1 and 2 (TS, DAR)",
    in: "entra-connect",
    when: ({ byName }) => byName.some(isBound),
    decide: () => ({ outcome: "created" }),
  },
  {
    name: "a sign-in name that was taken in 2012",
    source: "service.md 4: same UPN, no common address",
    in: "dirsync-v2",
    when: ({ byName }) => byName.length > 0,
    decide: () => ({ outcome: "refused" }),
  },
  {
    name: "an alias is that of an object of another type",
    source: "service.md 1: other kind of object has the address",
    in: "entra-connect",
    when: ({ thing, byAlias }) => byAlias.some(({ type }) => type !== thing.type),
    decide: () => ({ outcome: "refused", error: "ObjectTypeMismatch" }),
  },
  { name: "nobody is there", source: "service.md 1", when: () => true, decide: () => ({ outcome: "created" }) },
];

/** Whether a sign-in name is the address of a list or contact online. */
function isAddressOfList(name: string, { online }: World): boolean {
  return online.some((one) => one.type !== "user" && presentAddresses(one).includes(key(name)));
}

function partner(online: Thing | undefined): Decision {
  return { outcome: "linked", ...(online === undefined ? {} : { partner: online }) };
}

/** Looks up what is asked by the rules. */
export function lookUp(thing: Thing, world: World, service: Service): Facts {
  const addresses = linkingAddresses(thing, service);
  const others = new Set(
    sourceOf(thing)
      .map(({ address }) => key(address))
      .filter((address) => !addresses.has(address)),
  );
  const isUser = thing.type === "user";
  return {
    thing,
    world,
    service,
    byAnchor: world.online.filter((one) => isUser && one.type === "user" && one.anchor === thing.anchor),
    byDeleted: world.deleted.filter((one) => isUser && one.anchor === thing.anchor),
    byAddress: world.online.filter((one) => presentAddresses(one).some((address) => addresses.has(address))),
    byAlias: world.online.filter((one) => presentAddresses(one).some((address) => others.has(address))),
    byName: world.online.filter((one) => isUser && one.type === "user" && key(one.upn) === key(signInNameOf(thing))),
  };
}
