import * as z from "zod/mini";
import { PERSON } from "../model/user-view.ts";
import { keptNamesOf } from "../predict/kept-names.ts";
import { calculateUpn } from "../predict/upn-calculation.ts";
import { type OnPremisesOutcome, onPremisesOutcomeSchema } from "./outcome.ts";
import { Outcomes, type RunInput } from "./outcomes.ts";

/** What becomes of a person under a service, in short. */
export const fateSchema = z.object({
  outcome: onPremisesOutcomeSchema.shape.outcome,
  userPrincipalName: z.optional(z.string()),
  primarySmtpAddress: z.optional(z.string()),
});

/** What becomes of a person under a service, in short. */
export type Fate = z.infer<typeof fateSchema>;

/** An on-premises person, by index, whose fate depends on the service. */
export interface ServiceDifference {
  readonly onPremises: number;
  /** The online user with whom one of the services links him. */
  readonly online: number | undefined;
  /** Worked out when they are asked for. */
  readonly fates: () => readonly [one: Fate, other: Fate];
}

/**
 * Finds the people whose fate depends on the service: another outcome, another online user, another sign-in name or primary
 * address. Of whom nothing changes whatever runs, nobody is made a user.
 */
export function* compareServices(one: RunInput, other: RunInput): Generator<ServiceDifference> {
  const { onPremises } = one.directories;
  const names = keptNamesOf(one.directories, one.tenant);
  const outcomes = [new Outcomes(one), new Outcomes(other)] as const;
  /** Those for whom a name is made up that is not free: it may be free under the other service. */
  const made = new Set(
    [one, other].flatMap(({ tenant }) => [...(tenant.takenNames ?? [])].flatMap(([, name]) => name.made)),
  );
  for (let index = 0; index < onPremises.size; index++) {
    if (onPremises.table.typeOf(index) !== PERSON) continue;
    const partner = one.alignment.pairs.onlineOf(index);
    const otherPartner = other.alignment.pairs.onlineOf(index);
    if (partner >= 0 && partner === otherPartner && names.has(index, partner)) continue;
    const fates = (): [Fate, Fate] => [
      fateOf(outcomes[0].ofOnPremises(index)),
      fateOf(outcomes[1].ofOnPremises(index)),
    ];
    const difference = { onPremises: index, online: linkedOf(partner, otherPartner), fates };
    const isSettled =
      partner >= 0 && partner === otherPartner && !made.has(index) && outcomes.every((all) => !all.isContested(index));
    // Of such the sign-in name alone can differ.
    if (isSettled) {
      const isKept = onPremises.table.isOrdinary(index) && names.keepsSignInName(index, partner);
      if (!isKept && !keepsName(index, partner, one, other)) yield difference;
      continue;
    }
    const [left, right] = [outcomes[0].ofOnPremises(index), outcomes[1].ofOnPremises(index)];
    if (left.online !== right.online || !areSame(fateOf(left), fateOf(right))) yield difference;
  }
}

/** The online user with whom one of the services links somebody. */
function linkedOf(partner: number, otherPartner: number): number | undefined {
  const linked = partner >= 0 ? partner : otherPartner;
  return linked < 0 ? undefined : linked;
}

/** Whether two people who are linked under both services have one sign-in name afterwards: then all is one for them. */
function keepsName(index: number, partner: number, one: RunInput, other: RunInput): boolean {
  const [user, present] = [one.directories.onPremises.user(index), one.directories.online.user(partner)];
  const [name, otherName] = [one, other].map(({ tenant }) => calculateUpn(user, present, tenant)?.userPrincipalName);
  return name === otherName;
}

function fateOf({ outcome, after }: OnPremisesOutcome): Fate {
  return {
    outcome,
    ...(after?.userPrincipalName === undefined ? {} : { userPrincipalName: after.userPrincipalName }),
    ...(after?.primarySmtpAddress === undefined ? {} : { primarySmtpAddress: after.primarySmtpAddress }),
  };
}

function areSame(one: Fate, other: Fate): boolean {
  return (
    one.outcome === other.outcome &&
    one.userPrincipalName === other.userPrincipalName &&
    one.primarySmtpAddress === other.primarySmtpAddress
  );
}
