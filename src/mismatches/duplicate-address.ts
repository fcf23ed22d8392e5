import * as z from "zod/mini";
import { type AddressClaim, NO_ADDRESS } from "../directory/address-index.ts";
import type { Directory } from "../directory/directory.ts";
import { findSharedTexts } from "../directory/shared-texts.ts";
import { isSmtpAddress, type UserOutline } from "../directory/user-row.ts";
import { findGalContacts } from "../match/gal-contacts.ts";
import { addressKey, parseSmtpAddress } from "../model/address.ts";
import type { Severity } from "../model/severity.ts";
import type { User } from "../model/user.ts";
import { fieldCodes } from "../model/user-view.ts";
import { findSharedChats } from "../predict/chat-addresses.ts";
import { predictionReads } from "../predict/predict.ts";
import { LEGACY_TYPES } from "../predict/proxy-calculation.ts";
import { appendTo } from "../text/append.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch, listNames } from "./definition/define-mismatch.ts";
import { objectReferenceSchema, referTo } from "./definition/object-reference.ts";
import { findSharedTargets } from "./definition/shared-targets.ts";
import { findSharedValues } from "./definition/shared-values.ts";

const claimantSchema = z.extend(objectReferenceSchema, {
  attribute: z
    .enum(["proxyAddresses", "mail", "userPrincipalName", "targetAddress", "sipAddress", "computed"])
    .check(z.describe("The attribute by which the object claims the address; computed: the service makes it up.")),
});

/** Two objects claim one address. */
export const duplicateAddress = defineMismatch({
  kind: "duplicate-address",
  severity: "error",
  remedy: "person",
  needs: { onPremises: ["proxyAddresses"] },
  // `mail` alone tells of some.
  looksAnyway: true,
  alone: ["onPremises", "online"],
  reads: [...predictionReads, "targetAddress", "sipAddress"],
  fields: {
    address: z.string().check(z.describe("The address, in lower case; of another type than SMTP with its type.")),
    objects: z
      .array(claimantSchema)
      .check(z.minLength(2), z.describe("The objects that claim it: users, groups and contacts.")),
  },
  distinguish: ({ address }) => [address],
  change: "none",
  title: (count, severity) =>
    severity === "error"
      ? countOf(count, "address is claimed by more than one object", "addresses are claimed by more than one object")
      : countOf(
          count,
          "shared name gets four digits, or does not arrive",
          "shared names get four digits, or do not arrive",
        ),
  explanation:
    "An address may occur only once among all users, groups and contacts of a tenant; the run takes the object that comes " +
    "first and gives an error for the others, or lets them lose the address. Of a name that the service makes up for several " +
    "people all but one get another, with four digits.",
  advice:
    "Leave the address with one object and remove it from the others, before the run; where the name is made up, give each person " +
    "a mailNickname of its own.",
  describe: ({ address, objects }) => {
    const isMadeUp = objects.some(({ attribute }) => attribute === "computed");
    return `${address}: ${listNames(objects, (one) => describeClaimant(one, objects))}${isMadeUp ? "; all but one get four digits (####)" : ""}`;
  },
  over: "everything",
  *find({ onPremises, online, alone, isOrdinary, tenant }) {
    const directory = alone === "online" ? online : onPremises;
    const refer = ({ index, attribute }: Claim) => ({ ...referTo(directory.user(index)), attribute });
    const galContacts = findGalContacts(directory);
    for (const { address, claims, severity } of findClaims({ directory, isOrdinary })) {
      if (claims.filter(({ index }) => !galContacts.has(index)).length < 2) continue;
      yield { ...(severity && { severity }), address, objects: sortById(claims.map(refer)) };
    }
    for (const [address, indexes] of findSharedChats(directory)) {
      const mail = address.slice("sip:".length);
      const known = new Set(directory.addresses.claims(mail).map(({ index }) => index));
      // Who shares the mail address too is told by that.
      if (indexes.every((index) => known.has(index))) continue;
      yield { address, objects: sortById(indexes.map((index) => claimChat(directory.user(index), mail))) };
    }
    for (const [address, { made, claimed, holders, isSignInName }] of tenant.takenNames ?? []) {
      if (holders.length > 0) continue;
      const objects = [
        ...made.map((index) => refer({ index, attribute: "computed" })),
        ...claimed.map((index) => refer({ index, attribute: "userPrincipalName" })),
      ];
      yield { severity: isSignInName ? ("warning" as const) : ("info" as const), address, objects: sortById(objects) };
    }
  },
});

interface Place {
  readonly directory: Directory;
  readonly isOrdinary: (index: number) => boolean;
}

interface Claimed {
  readonly address: string;
  readonly claims: readonly Claim[];
  readonly severity?: Severity;
}

/** Finds what several objects bring: any value of proxyAddresses but a chat address, mail, target addresses. */
function* findClaims({ directory, isOrdinary }: Place): Generator<Claimed> {
  const by = (indexes: readonly number[], attribute: Claim["attribute"]): readonly Claim[] =>
    indexes.map((index) => ({ index, attribute }));
  for (const [address, indexes] of findSharedTexts(directory.table, fieldCodes.mail, (index) => !isOrdinary(index))) {
    // The index of addresses has the others.
    if (parseSmtpAddress(address) === undefined) yield { address, claims: by(indexes, "mail") };
  }
  for (const [address, indexes] of sharedMalformed(directory, isOrdinary)) {
    yield { address, claims: by(indexes, "proxyAddresses") };
  }
  for (const { value, type, holders } of findSharedValues(directory)) {
    // Those of old mail systems do not arrive at all.
    const severity = LEGACY_TYPES.has(type) ? { severity: "warning" as const } : {};
    yield { address: value, claims: by(holders, "proxyAddresses"), ...severity };
  }
  const targets = new Map(findSharedTargets({ onPremises: directory, isOrdinary }));
  const withTargets = (address: string, claims: readonly Claim[]): readonly Claim[] => {
    const known = new Set(claims.map(({ index }) => index));
    const further = (targets.get(address) ?? []).filter((index) => !known.has(index));
    targets.delete(address);
    return [...claims, ...by(further, "targetAddress")];
  };
  for (const [address, claims] of directory.addresses.shared()) {
    // Two equal UPNs are a matter of their own; here at least one object must have it as a mail address.
    if (claims.every(({ attribute }) => attribute === "userPrincipalName")) continue;
    yield { address, claims: withTargets(address, claims) };
  }
  for (const address of [...targets.keys()]) {
    yield { address, claims: withTargets(address, directory.addresses.claims(address)) };
  }
}

/** Names who has a chat address, and in which attribute. */
function claimChat(user: User, chat: string): Claimant {
  const isListed = user.proxyAddresses?.some(({ type, address }) => type === "SIP" && addressKey(address) === chat);
  return { ...referTo(user), attribute: isListed === true ? "proxyAddresses" : "sipAddress" };
}

type Claimant = z.infer<typeof claimantSchema>;
type Claim = Pick<AddressClaim, "index"> & Pick<Claimant, "attribute">;

function sortById(objects: readonly Claimant[]): Claimant[] {
  return objects.toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
}

/** Finds values of proxyAddresses that are no address and stand on several objects: the index of addresses has none of them. */
function sharedMalformed(
  onPremises: Directory,
  isOrdinary: (index: number) => boolean,
): ReadonlyMap<string, readonly number[]> {
  const holders = new Map<string, number[]>();
  for (let index = 0; index < onPremises.size; index++) {
    if (isOrdinary(index) || !hasMalformed(onPremises.outline(index))) continue;
    const malformed = (onPremises.user(index).proxyAddresses ?? []).filter(
      ({ type, address }) => type === "SMTP" && address !== "" && parseSmtpAddress(address) === undefined,
    );
    for (const key of new Set(malformed.map(({ address }) => addressKey(address)))) {
      appendTo(holders, key, index);
    }
  }
  for (const [key, indexes] of holders) if (indexes.length === 1) holders.delete(key);
  return holders;
}

/** Whether a text of proxyAddresses may be no address. */
function hasMalformed(outline: UserOutline): boolean {
  for (let entry = 0; entry < outline.entries; entry++) {
    if (isSmtpAddress(outline, entry) && (outline.numbers[entry] ?? NO_ADDRESS) < 0) return true;
  }
  return false;
}

/** Names who claims an address; those who are called alike, by their distinguished names. */
function describeClaimant({ type, displayName, id, attribute }: Claimant, objects: readonly Claimant[]): string {
  const isAlone = objects.filter((other) => other.displayName === displayName).length === 1;
  const name = displayName === undefined || isAlone ? (displayName ?? id) : id;
  const kind = type === "group" || type === "contact" ? `${type} ` : "";
  const isPlain = attribute === "proxyAddresses" || attribute === "computed";
  return `${kind}${name}${isPlain ? "" : ` (as ${attribute})`}`;
}
