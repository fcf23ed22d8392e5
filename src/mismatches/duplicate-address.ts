import * as z from "zod/mini";
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
  *find({ onPremises }) {
    for (const [address, claims] of onPremises.addresses.shared()) {
      // Two equal UPNs are a matter of their own; here at least one object must have it as a mail address.
      if (claims.every(({ attribute }) => attribute === "userPrincipalName")) continue;
      const objects = claims.map(({ index, attribute }) => ({ ...referTo(onPremises.user(index)), attribute }));
      yield { address, objects: objects.sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)) };
    }
  },
});

function describeClaimant({ type, displayName, id, attribute }: z.infer<typeof claimantSchema>): string {
  const kind = type === "group" || type === "contact" ? `${type} ` : "";
  return `${kind}${displayName ?? id}${attribute === "proxyAddresses" ? "" : ` (as ${attribute})`}`;
}
