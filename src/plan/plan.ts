import * as z from "zod/mini";
import type { ObjectReference } from "../mismatches/definition/object-reference.ts";
import type { Mismatch } from "../mismatches/index.ts";
import { hasMethod, type OptionRows, type OptionsOf } from "../model/option.ts";
import type { Side } from "../model/user.ts";

const authoritySchema = z.enum(["online", "on-premises"]);

/** Which side is right: what people use online now, or what Active Directory has. */
export type Authority = z.infer<typeof authoritySchema>;

/** The authorities, in the order of help texts. */
export const authorities: readonly Authority[] = authoritySchema.options;

/** The options of a plan. */
export const planOptions = {
  /** Which side is right. */
  authority: {
    schema: authoritySchema,
    isRequired: true,
    about: "which side is right",
    flag: "--authority <side>",
    label: "Who is right",
    page: authoritySchema.options,
  },
  /** Which side is right for one person, by the id of the online or of the on-premises object; `skip` leaves it alone. */
  decisions: {
    schema: z.custom<ReadonlyMap<string, Authority | "skip">>((value) => hasMethod(value, "get"), "a Map of ids"),
    about: "which side is right for one person",
  },
} satisfies OptionRows;

/** How to remedy. */
export interface PlanOptions extends OptionsOf<typeof planOptions> {}

/** An attribute that a plan may change, in the spelling of Active Directory. */
export type PlannedAttribute = "userPrincipalName" | "proxyAddresses" | "mail";

/** One attribute of one object, before and after; an attribute without a value has an empty list. */
export interface AttributeChange {
  readonly attribute: PlannedAttribute;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** One write to one object. */
export interface PlanStep {
  /** From 1, in the order in which the steps are to be done. */
  readonly number: number;
  readonly side: Side;
  readonly object: ObjectReference;
  readonly changes: readonly AttributeChange[];
  /** Set if the step only frees a value that another step needs; a later step of the same object completes it. */
  readonly isInterim: boolean;
  /** What the step is for, as a sentence. */
  readonly reason: string;
}

/** A finding that the plan does not dare to remedy. */
export interface Undecided {
  readonly mismatch: Mismatch;
  /** Why not: a clause. */
  readonly reason: string;
  /** What a person can do, as sentences. */
  readonly choices: readonly string[];
}

/** A person whose address or sign-in changes with the plan. */
export interface Notice {
  readonly name: string;
  readonly side: Side;
  readonly addressBefore: string;
  readonly addressAfter: string;
  readonly signInBefore: string;
  readonly signInAfter: string;
}

/** What to change so that the first run changes nothing. */
export interface Plan {
  readonly authority: Authority;
  readonly steps: readonly PlanStep[];
  /** The findings that are gone once the steps are done. */
  readonly remedied: readonly Mismatch[];
  /**
   * Findings that are new once the steps are done: what a person has online already and Active Directory then has too, and
   * aliases that only Active Directory has.
   */
  readonly appearing: readonly Mismatch[];
  readonly undecided: readonly Undecided[];
  readonly notices: readonly Notice[];
}
