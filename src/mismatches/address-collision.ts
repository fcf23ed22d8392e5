import * as z from "zod/mini";
import { leftoverReads } from "../predict/collisions.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";
import { objectReferenceSchema, referTo } from "./definition/object-reference.ts";

/** An address that the run would give to somebody is another online object's. */
export const addressCollision = defineMismatch({
  kind: "address-collision",
  severity: "error",
  remedy: "person",
  needs: { onPremises: ["proxyAddresses"], online: ["proxyAddresses"] },
  reads: leftoverReads,
  fields: {
    address: z.string().check(z.describe("The address or UPN, in lower case.")),
    holder: objectReferenceSchema.check(z.describe("The online object that has it, and keeps it.")),
  },
  distinguish: ({ address, holder }) => [address, holder.id],
  change: "none",
  title: (count) =>
    countOf(count, "address is in use by somebody else online", "addresses are in use by somebody else online"),
  explanation:
    "The run would give an address to one online object while another one has it; the service refuses the object, or " +
    "leaves the address out, and its error does not say who the other one is.",
  advice: "Decide whose address it is; remove it from the other one, online or in Active Directory, before the run.",
  describe: ({ address, holder }) =>
    `${address} belongs to ${holder.displayName ?? holder.userPrincipalName ?? holder.id}`,
  over: "everything",
  *find({ onPremises, online, alignment, collisions }) {
    for (const { onPremises: index, holder, address } of collisions) {
      const pair = alignment.pairs.ofOnPremises(index);
      yield {
        onPremises: referTo(onPremises.user(index)),
        ...(pair === undefined ? {} : { online: referTo(online.user(pair.online)) }),
        address,
        holder: referTo(online.user(holder)),
      };
    }
  },
});
