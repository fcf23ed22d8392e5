import * as z from "zod/mini";
import type { OptionRows } from "../model/option.ts";

/** The services whose first run can be predicted. */
export const serviceNameSchema = z
  .enum(["dirsync-v2", "entra-connect"])
  .check(z.describe("dirsync-v2: the synchronization of 2012, after BPOS; entra-connect: that of today."));

/** The name of a service. */
export type ServiceName = z.infer<typeof serviceNameSchema>;

/** The option that names the service. */
export const serviceOptions = {
  /**
   * The service whose run is predicted; told from the online exports, if absent. `both` predicts that one too, and lists the people
   * who fare otherwise under the other.
   */
  service: {
    schema: z.enum(["told", ...serviceNameSchema.options, "both"]),
    default: "told",
    about:
      "the service whose run is predicted; told: by the time of the online exports; both: the same, and the people who fare otherwise under the other are listed",
    flag: "--service <name>",
    label: "Service",
    page: ["told", ...serviceNameSchema.options],
    setting: serviceNameSchema,
  },
} satisfies OptionRows;

/** What becomes of an object that is to get a value which another object has, and keeps. */
type ContestedValue = "refused" | "held-back";

/**
 * What a synchronization service does, as far as services differ: who links with whom, whose sign-in name follows, and what
 * becomes of an object with a value that is taken. What both do alike stands in the calculations.
 */
export interface Service {
  readonly name: ServiceName;
  /** What it is called in a sentence. */
  readonly title: string;
  /** Which on-premises addresses link. */
  readonly softMatch: "any-smtp" | "primary-smtp";
  /** Whether a sign-in name links where no address does. */
  readonly upnSoftMatch: boolean;
  /** When an on-premises UPN reaches an online user. */
  readonly upnFlow: "always" | "unlicensed-only";
  readonly contested: ContestedValue;
  /** What becomes of a contact without `mail`. */
  readonly contactWithoutMail: "left-out" | "synchronized";
  /** Where each of these is written. */
  readonly sources: Readonly<
    Record<"softMatch" | "upnSoftMatch" | "upnFlow" | "contested" | "contactWithoutMail", string>
  >;
}
