import * as z from "zod/mini";
import { addressKey, type ProxyAddress, parseSmtpAddress, proxyAddressSchema, type SmtpAddress } from "./address.ts";
import { type FieldRule, fieldNames, fields, type UserField } from "./fields.ts";
import { originSchema } from "./origin.ts";

export type { UserField } from "./fields.ts";

/** The two sides of a synchronization. */
export const sideSchema = z.enum(["onPremises", "online"]);

/** The two sides of a synchronization. */
export type Side = z.infer<typeof sideSchema>;

/** What the values of a field are. */
const valueSchemas = {
  text: z.string(),
  guid: z.string(),
  anchor: z.string(),
  time: z.string(),
  boolean: z.boolean(),
  addresses: z.array(proxyAddressSchema),
};
type FieldSchemas = {
  [Field in UserField]: z.ZodMiniOptional<(typeof valueSchemas)[(typeof fields)[Field]["value"]]>;
};

const fieldSchemas = Object.fromEntries(
  fieldNames.map((name) => {
    const { value, about }: FieldRule = fields[name];
    const schema = valueSchemas[value];
    return [name, z.optional(about === undefined ? schema : schema.check(z.describe(about)))];
  }),
) as FieldSchemas;

/** Whether an online user is of another company, whatever its user type: a guest or an external member. */
export function isExternal({ userPrincipalName = "" }: Pick<User, "userPrincipalName">): boolean {
  return /#EXT#@/i.test(userPrincipalName);
}

/**
 * One object of a directory, the same for both sides.
 *
 * Absent is not blank: a field is absent when the export has no such column, and `""` or `[]` when it was exported and
 * has no value.
 */
export const userSchema = z
  .object({
    type: z
      .enum(["user", "group", "contact", "unknown"])
      .check(
        z.describe(
          "What the object is. Groups and contacts count because their addresses collide; unknown: no class exported.",
        ),
      ),
    id: z.string().check(z.describe("Distinguished name on-premises; object id, else user principal name, online.")),
    origin: originSchema,
    ...fieldSchemas,
    slices: z.optional(
      z
        .array(z.literal("proxyAddresses"))
        .check(z.describe("Fields of which the record has only a slice (`;range=0-1499`).")),
    ),
  })
  .check(z.describe("One object of a directory."));

/** One object of a directory: a person, or a group or contact whose addresses count. See {@link userSchema}. */
export type User = DeepReadonly<z.infer<typeof userSchema>>;

/**
 * What an export has or lacks: a field, or the marks (`SMTP:` in capitals) that tell which address of a user is the
 * primary one.
 */
export type ExportedField = UserField | "primarySmtpAddress";

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** Lists the well-formed SMTP addresses in proxyAddresses, in their order. */
export function smtpAddresses(user: Pick<User, "proxyAddresses">): readonly SmtpAddress[] {
  const found: SmtpAddress[] = [];
  for (const entry of user.proxyAddresses ?? []) {
    const parsed = isSmtp(entry) ? parseSmtpAddress(entry.address) : undefined;
    if (parsed !== undefined) found.push(parsed);
  }
  return found;
}

/** Lists the addresses marked as primary (`SMTP:`); exactly one is expected, none and several are both met. */
export function markedPrimaries(user: Pick<User, "proxyAddresses">): readonly string[] {
  return (user.proxyAddresses ?? []).filter((entry) => isSmtp(entry) && entry.primary).map(({ address }) => address);
}

/**
 * Gives the primary SMTP address of a user, as written, or `undefined` where it has none or several.
 *
 * `mail` stands in only where proxyAddresses holds nothing: any data in proxyAddresses masks `mail` (KB 2643629).
 */
export function primarySmtpAddress(user: Pick<User, "proxyAddresses" | "mail">): string | undefined {
  if (user.proxyAddresses !== undefined && user.proxyAddresses.length > 0) {
    const [first, ...others] = markedPrimaries(user);
    return others.length === 0 ? first : undefined;
  }
  return user.mail === "" ? undefined : user.mail;
}

/** Tells whether an address is among the user's own: in proxyAddresses, or `mail` where it stands in for them. */
export function ownsAddress(user: Pick<User, "proxyAddresses" | "mail">, address: string): boolean {
  const key = addressKey(address);
  if (smtpAddresses(user).some((own) => own.key === key)) return true;
  const primary = primarySmtpAddress(user);
  return primary !== undefined && addressKey(primary) === key;
}

/** Tells whether a user has an address, in lower case: as one of its own, or as the sign-in name. */
export function hasAddress(user: User, address: string): boolean {
  return ownsAddress(user, address) || addressKey(user.userPrincipalName ?? "") === address;
}

function isSmtp(entry: ProxyAddress): boolean {
  return entry.type === "SMTP";
}
