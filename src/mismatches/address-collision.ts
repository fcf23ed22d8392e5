import * as z from "zod/mini";
import type { Severity } from "../model/severity.ts";
import { leftoverReads } from "../predict/collisions.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";
import { objectReferenceSchema, referTo } from "./definition/object-reference.ts";
import { findTakenTargets } from "./definition/shared-targets.ts";

/** An address that the run would give to somebody is another online object's. */
export const addressCollision = defineMismatch({
  kind: "address-collision",
  severity: "error",
  remedy: "person",
  needs: { onPremises: ["proxyAddresses"], online: ["proxyAddresses"] },
  reads: [...leftoverReads, "targetAddress"],
  fields: {
    address: z.string().check(z.describe("The address or UPN, in lower case; a chat address with sip: before it.")),
    holder: objectReferenceSchema.check(z.describe("The online object that has it.")),
    because: z
      .enum(["kept", "other-counterpart", "leftover", "target", "made-up", "moves"])
      .check(
        z.describe(
          "kept: the holder keeps it; other-counterpart: the address names one online user, and the sign-in name the holder; leftover: the online user is what a failed run made beside the holder; target: it is the targetAddress; made-up: the holder keeps it, and the service makes it up and appends four digits; moves: " +
            "the run takes it from the holder.",
        ),
      ),
  },
  distinguish: ({ address, holder }) => [address, holder.id],
  change: "none",
  title: (count, severity) =>
    severity === "error"
      ? countOf(count, "address is in use by somebody else online", "addresses are in use by somebody else online")
      : countOf(count, "address is still somebody else's online", "addresses are still somebody else's online"),
  explanation:
    "The run would give an address to one online object while another one has it; the service refuses the object, or " +
    "leaves the address out, and its error does not say who the other one is. To a name that it makes up it appends four digits; " +
    "an address that moves may stick.",
  advice:
    "Decide whose address it is; remove it from the other one, online or in Active Directory, before the run. One that moves: " +
    "take it from the one in one cycle, give it to the other in the next.",
  describe: ({ address, holder, because }) => {
    const name = holder.displayName ?? holder.userPrincipalName ?? holder.id;
    return `${address} ${SAYS[because](name)}`;
  },
  over: "everything",
  *find(overview) {
    const { onPremises, online, alignment, collisions, moves, tenant } = overview;
    const name = (index: number, holder: number) => {
      const partner = alignment.pairs.onlineOf(index);
      return {
        onPremises: referTo(onPremises.user(index)),
        ...(partner < 0 ? {} : { online: referTo(online.user(partner)) }),
        holder: referTo(online.user(holder)),
      };
    };
    const told = new Set<string>();
    const leftovers = collisions.filter(({ because }) => because === "leftover");
    for (const { onPremises: index, holder, address, because } of [...leftovers, ...collisions]) {
      const pair = `${index} ${holder}`;
      if (told.has(pair)) continue;
      if (because === "leftover") told.add(pair);
      yield { ...name(index, holder), address, because };
    }
    for (const { onPremises: index, holder, address } of moves) {
      yield { ...name(index, holder), address, because: "moves" as const, severity: "warning" as const };
    }
    for (const { index, holder, address } of findTakenTargets(overview)) {
      yield { ...name(index, holder), address, because: "target" as const, severity: "warning" as const };
    }
    for (const [address, { made, holders, isSignInName }] of tenant.takenNames ?? []) {
      const severity: Severity = isSignInName ? "warning" : "info";
      for (const index of made) {
        for (const holder of holders) yield { ...name(index, holder), address, because: "made-up" as const, severity };
      }
    }
  },
});

const SAYS = {
  kept: (name: string) => `belongs to ${name}`,
  "other-counterpart": (name: string) =>
    `is the sign-in name of ${name}, and the address names another online user, who is taken over: ${name} is left behind`,
  leftover: (name: string) =>
    `is the cloud user ${name}'s, beside whom a failed run made the online user with the four digits: take the on-premises user out of scope, ` +
    "delete that one, in the recycle bin too, and let it match the cloud user when it comes back",
  target: (name: string) => `is the targetAddress, and an address of ${name}`,
  "made-up": (name: string) => `belongs to ${name}: the service makes it up, and appends four digits (####)`,
  moves: (name: string) => `moves away from ${name}: it may stick, or be refused at first`,
} as const;
