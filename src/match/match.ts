import * as z from "zod/mini";
import type { OptionRows } from "../model/option.ts";

const schema = z
  .object({
    method: z
      .enum(["hard", "soft-smtp", "soft-upn"])
      .check(z.describe("hard: by source anchor; soft-smtp: by a shared SMTP address; soft-upn: by the same UPN.")),
    basis: z
      .enum(["anchor", "primary-to-primary", "primary-to-alias", "alias", "upn"])
      .check(
        z.describe(
          "primary-to-alias: the on-premises primary is an alias online; alias: only an on-premises alias is found online.",
        ),
      ),
    on: z.string().check(z.describe("The anchor, address or UPN that both have.")),
  })
  .check(z.describe("How an online user is taken for an on-premises one."));

type Schema = typeof schema;
/** The schema of a {@link Match}; by its name declarations refer to it. */
export interface MatchSchema extends Schema {}

/** How an online user is taken for an on-premises one. */
export const matchSchema: MatchSchema = schema;

/** How an online user is taken for an on-premises one. */
export type Match = Readonly<z.infer<typeof matchSchema>>;

/** Which on-premises addresses may link a user: any SMTP address (the article), or only the primary (documented today). */
export const softMatchSchema = z.enum(["any-smtp", "primary-smtp"]);

/** Which on-premises addresses may link a user. */
export type SoftMatch = z.infer<typeof softMatchSchema>;

/** The options of matching. */
export const matchOptions = {
  /** Which on-premises addresses may link a user. */
  softMatch: {
    schema: softMatchSchema,
    otherwise: "as the service does",
    about: "which on-premises addresses may link a user; both lists the people whose fate depends on it",
    flag: "--soft-match <rule>",
    label: "Soft match",
    setting: softMatchSchema,
  },
  /** Whether a UPN links where no address does: a feature of tenants since 2016. */
  upnSoftMatch: {
    schema: z.boolean(),
    otherwise: "as the service does",
    about: "a user principal name links where no address does (tenants since 2016)",
    flag: "--upn-soft-match",
    label: "Match by sign-in name",
    setting: true,
  },
  /** Whether the tenant blocks links by address and by sign-in name (BlockSoftMatchEnabled). */
  blockSoftMatch: {
    schema: z.boolean(),
    default: false,
    about: "the tenant blocks the soft match: neither an address nor a sign-in name links",
    flag: "--block-soft-match",
    label: "Soft match blocked",
    setting: true,
  },
  /** Whether the tenant blocks links by anchor with users of the cloud (BlockCloudObjectTakeoverThroughHardMatchEnabled). */
  blockHardMatch: {
    schema: z.boolean(),
    default: false,
    about: "the tenant blocks the hard match: no anchor links a user who is not synchronized yet",
    flag: "--block-hard-match",
    label: "Hard match blocked",
    setting: true,
  },
  /** Online users who have a role of administrators, by sign-in name or object id: they are never soft matched. */
  admins: {
    schema: z.array(z.string()),
    default: [],
    about:
      "online users with a role of administrators, who are never linked by address or sign-in name: a list of sign-in names or object ids",
    flag: "--admins <file>",
    isFile: true,
  },
} satisfies OptionRows;
