import * as z from "zod/mini";
import { NO_ADDRESS } from "../directory/address-index.ts";
import type { Directory } from "../directory/directory.ts";
import type { UserOutline } from "../directory/user-row.ts";
import { addressKey, parseSmtpAddress } from "../model/address.ts";
import { SMTP_ALIAS, SMTP_PRIMARY } from "../model/user-view.ts";
import { appendTo } from "../text/append.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch, listNames } from "./definition/define-mismatch.ts";
import { objectReferenceSchema, referTo } from "./definition/object-reference.ts";

const claimantSchema = z.extend(objectReferenceSchema, {
  attribute: z
    .enum(["proxyAddresses", "mail", "userPrincipalName"])
    .check(z.describe("The attribute by which the object claims the address.")),
});

/** Two on-premises objects claim one address. */
export const duplicateAddress = defineMismatch({
  kind: "duplicate-address",
  severity: "error",
  remedy: "person",
  needs: { onPremises: ["proxyAddresses"] },
  reads: ["proxyAddresses", "mail", "userPrincipalName"],
  fields: {
    address: z.string().check(z.describe("The address, in lower case.")),
    objects: z
      .array(claimantSchema)
      .check(z.minLength(2), z.describe("The on-premises objects that claim it: users, groups and contacts.")),
  },
  distinguish: ({ address }) => [address],
  change: "none",
  title: (count) =>
    countOf(
      count,
      "address is claimed by more than one object on-premises",
      "addresses are claimed by more than one object on-premises",
    ),
  explanation:
    "An address may occur only once among all users, groups and contacts of a tenant; the run takes the object that comes " +
    "first and gives an error for the others, or lets them lose the address.",
  advice: "Leave the address with one object and remove it from the others, before the run.",
  describe: ({ address, objects }) => `${address}: ${listNames(objects, describeClaimant)}`,
  over: "everything",
  *find({ onPremises, isOrdinary }) {
    for (const [address, indexes] of sharedMalformed(onPremises, isOrdinary)) {
      const objects = indexes.map((index) => ({
        ...referTo(onPremises.user(index)),
        attribute: "proxyAddresses" as const,
      }));
      yield { address, objects: sortById(objects) };
    }
    for (const [address, claims] of onPremises.addresses.shared()) {
      // Two equal UPNs are a matter of their own; here at least one object must have it as a mail address.
      if (claims.every(({ attribute }) => attribute === "userPrincipalName")) continue;
      const objects = claims.map(({ index, attribute }) => ({ ...referTo(onPremises.user(index)), attribute }));
      yield { address, objects: sortById(objects) };
    }
  },
});

type Claimant = z.infer<typeof claimantSchema>;

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
function hasMalformed({ entries, codes, numbers }: UserOutline): boolean {
  for (let entry = 0; entry < entries; entry++) {
    const isSmtp = codes[entry] === SMTP_ALIAS || codes[entry] === SMTP_PRIMARY;
    if (isSmtp && (numbers[entry] ?? NO_ADDRESS) < 0) return true;
  }
  return false;
}

function describeClaimant({ type, displayName, id, attribute }: Claimant): string {
  const kind = type === "group" || type === "contact" ? `${type} ` : "";
  return `${kind}${displayName ?? id}${attribute === "proxyAddresses" ? "" : ` (as ${attribute})`}`;
}
