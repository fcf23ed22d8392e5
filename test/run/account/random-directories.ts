import fc from "fast-check";
import { createDirectory, type Directory } from "../../../src/directory/directory.ts";
import type { RemovedUser } from "../../../src/formats/reading/source.ts";
import { parseProxyAddress } from "../../../src/model/address.ts";
import type { Side, User } from "../../../src/model/user.ts";
import type { Attributes } from "../../reading.ts";
import { entriesOf, isGuest, key, presentAddresses, type Thing, type World } from "./things.ts";

const INITIAL = "contoso.onmicrosoft.com";
const VERIFIED = ["contoso.com", "fabrikam.com", INITIAL];
const DOMAINS = ["contoso.com", "contoso.com", "contoso.com", "fabrikam.com", "tailspin.example.com", INITIAL] as const;

/** Mostly the first: whole directories in which everything is odd show nothing. */
function mostly<Value>(often: Value, ...seldom: readonly Value[]): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 8, arbitrary: fc.constant(often) }, { weight: 2, arbitrary: fc.constantFrom(...seldom) });
}

/** What is said of a person, list or contact; `who` of another one is a value of that one that this one has too. */
const trait = fc.record({
  type: fc.constantFrom<Thing["type"]>("user", "user", "user", "user", "user", "group", "contact"),
  sides: mostly("both", "onPremises", "online", "deleted"),
  enabled: mostly("both", "onPremises", "online"),
  /** What Active Directory has of addresses. */
  addresses: mostly("list", "list", "aliases", "mail", "nothing", "masked", "two primaries"),
  domain: fc.constantFrom(...DOMAINS),
  /** The online primary: as on-premises, or an alias there, or one that Active Directory has not. */
  onlinePrimary: mostly("same", "alias", "other"),
  further: mostly("none", "SIP:", "smtp: ", "x400:", "smtp:routing", "bare"),
  upn: mostly("same", "other", "local", "absent", "invalid", "capitals"),
  onlineUpn: mostly("same", "other", "initial"),
  nickname: mostly("name", "absent", "odd"),
  displayName: fc.boolean(),
  immutableId: mostly("none", "own", "own", "foreign", "text"),
  isLicensed: mostly(true, false),
  hasMoera: mostly(true, false),
  isShared: mostly(false, true),
  /** Online it has the address through which a hybrid company routes mail, or that of somebody else. */
  routing: mostly("none", "own", "foreign"),
  recipientType: mostly("list", "GroupMailbox", "other type"),
  isLoud: mostly(false, true),
  /** Who has the say over the object online, beside Active Directory. */
  say: mostly("nobody", "role", "exchange", "cloud", "guest"),
  borrowed: mostly("nothing", "alias", "primary", "upn", "mail", "online alias", "nickname", "anchor"),
  who: fc.nat(19),
});
type Trait = typeof trait extends fc.Arbitrary<infer Value> ? Value : never;

const anchorOf = (index: number): string => Buffer.from(`anchor-${String(index).padStart(9, "0")}`).toString("base64");
const nameOf = (index: number): string => `p${index}`;
const homeOf = ({ domain }: Trait): string => (domain === INITIAL ? "contoso.com" : domain);

function mailOf({ type, addresses, domain, isShared }: Trait, name: string): string {
  if (type !== "contact") return addresses === "mail" ? `${name}@${domain}` : "";
  if (addresses === "aliases" || addresses === "nothing") return "";
  return isShared ? "shop@contoso.com" : `${name}@${domain}`;
}

function onPremises(one: Trait, index: number, all: readonly Trait[]): Thing {
  const name = nameOf(index);
  const other = one.who % all.length;
  const primary = `${one.borrowed === "primary" ? nameOf(other) : name}@${one.domain}`;
  const marked = [`SMTP:${one.isLoud ? primary.toUpperCase() : primary}`, `smtp:${name}.alias@contoso.com`];
  const lists: Readonly<Record<string, readonly string[]>> = {
    list: marked,
    aliases: [`smtp:${name}@contoso.com`, `smtp:${name}.alias@contoso.com`],
    mail: [],
    nothing: [],
    masked: [`SIP:${name}@contoso.com`],
    "two primaries": [...marked, `SMTP:${name}.second@contoso.com`],
  };
  const further: Readonly<Record<string, readonly string[]>> = {
    "SIP:": [`SIP:${name}@contoso.com`],
    "smtp: ": [`smtp: ${nameOf(other)}@contoso.com`],
    "x400:": ["x400:c=us;a= ;p=contoso"],
    "smtp:routing": [`smtp:${name}@contoso.mail.onmicrosoft.com`],
    bare: [`${nameOf(other)}@contoso.com`],
  };
  const list = lists[one.addresses] ?? [];
  const borrowed = one.borrowed === "alias" ? [`smtp:${nameOf(other)}@contoso.com`] : [];
  const upns: Readonly<Record<string, string>> = {
    same: `${name}@contoso.com`,
    other: `${name}.alias@contoso.com`,
    local: `${name}@contoso.local`,
    absent: "",
    invalid: `${name}(co)@contoso.com`,
    capitals: `${name.toUpperCase()}@contoso.com`,
  };
  const nicknames = { name, absent: "", odd: `${name}(co)` };
  return {
    id: `CN=${name},DC=${index % 2 === 0 ? "" : "corp,DC="}contoso,DC=com`,
    type: one.type,
    upn: one.type !== "user" ? "" : one.borrowed === "upn" ? `${nameOf(other)}@contoso.com` : (upns[one.upn] ?? ""),
    mail: one.borrowed === "mail" ? `${nameOf(other)}@contoso.com` : mailOf(one, name),
    addresses: [...new Set(list.length > 0 ? [...list, ...(further[one.further] ?? []), ...borrowed] : list)],
    nickname: one.borrowed === "nickname" ? nameOf(other) : nicknames[one.nickname as keyof typeof nicknames],
    account: `${name}.account`,
    displayName: one.displayName ? `Person ${index}` : "",
    anchor: one.type === "user" ? anchorOf(one.borrowed === "anchor" ? other : index) : anchorOf(index),
    isLicensed: false,
    isEnabled: one.enabled !== "online",
    hasRole: false,
    isExchangeManaged: false,
    isCloudManaged: false,
    recipientType: "",
  };
}

function recipientTypeOf(type: Thing["type"], { recipientType }: Trait): string {
  if (type === "user") return "";
  if (type === "contact") return "MailContact";
  return recipientType === "GroupMailbox" ? "GroupMailbox" : "MailUniversalDistributionGroup";
}

/** A user online is now and then a list of that name, and the other way round. */
function typeOnline({ type, recipientType }: Trait): Thing["type"] {
  if (recipientType !== "other type") return type;
  return type === "user" ? "group" : "user";
}

/**
 * Who is managed in the cloud has an anchor, since the source of authority was moved there; of such in the recycle bin nothing is written.
 * A guest has neither a licence nor an anchor.
 */
function online(one: Trait, index: number, all: readonly Trait[]): Thing {
  const name = nameOf(index);
  const other = one.who % all.length;
  const same = `${name}@${homeOf(one)}`;
  const alias = `${name}.alias@contoso.com`;
  const [primary, others] = {
    same: [same, [alias]],
    alias: [alias, [same]],
    other: [`${name}.online@contoso.com`, one.isShared ? [] : [same]],
  }[one.onlinePrimary] as [string, string[]];
  const upns: Readonly<Record<string, string>> = {
    same: `${name}@contoso.com`,
    other: alias,
    initial: `${name}@${INITIAL}`,
  };
  const type = typeOnline(one);
  const isUser = type === "user";
  const isExternal = isUser && one.say === "guest";
  const upn = !isUser ? "" : isExternal ? `${name}_contoso.com#EXT#@${INITIAL}` : (upns[one.onlineUpn] ?? "");
  const isLicensed = isUser && !isExternal && one.isLicensed;
  const borrowed = one.borrowed === "online alias" ? [`${nameOf(other)}.alias@contoso.com`] : [];
  const routing = `${one.routing === "own" ? name : nameOf(other)}@contoso.mail.onmicrosoft.com`;
  const listed = [
    primary,
    ...others,
    ...borrowed,
    ...(isLicensed ? [upn] : []),
    ...(one.routing === "none" ? [] : [routing]),
    ...(one.hasMoera && type !== "contact" && !isExternal ? [`${name}@${INITIAL}`] : []),
  ];
  const anchors = { none: "", own: anchorOf(index), foreign: anchorOf(100 + index), text: `${name}@contoso.com` };
  const isCloudManaged = isUser && one.say === "cloud" && one.sides !== "deleted";
  const told = anchors[one.immutableId as keyof typeof anchors];
  const anchor = isCloudManaged ? told || anchors.own : told;
  return {
    id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    type,
    upn,
    mail: "",
    addresses: [...new Set(listed)].map((address, at) => `${at === 0 ? "SMTP" : "smtp"}:${address}`),
    nickname: name,
    account: "",
    displayName: `Person ${index}`,
    anchor: isUser && !isExternal ? anchor : "",
    isLicensed,
    isEnabled: one.enabled !== "onPremises",
    hasRole: isUser && one.say === "role",
    isExchangeManaged: isUser && one.say === "exchange",
    isCloudManaged,
    recipientType: recipientTypeOf(type, one),
  };
}

/** No tenant has a value twice: the first keeps it. */
function withoutRepeats(things: readonly Thing[]): readonly Thing[] {
  const seen = new Set<string>();
  const kept: Thing[] = [];
  for (const thing of things) {
    if (thing.upn !== "" && things.some((other) => other !== thing && key(other.upn) === key(thing.upn))) continue;
    const addresses = thing.addresses.filter((value) => !seen.has(key(value.slice("smtp:".length))));
    for (const address of presentAddresses({ ...thing, addresses })) seen.add(address);
    if (addresses.length === thing.addresses.length) kept.push(thing);
  }
  return kept;
}

/** Up to forty objects. */
export const world: fc.Arbitrary<World> = fc
  .array(trait, { minLength: 1, maxLength: 20, size: "max" })
  .map((traits) => ({
    onPremises: traits.map(onPremises).filter((_, index) => traits[index]?.sides !== "online"),
    online: withoutRepeats(
      traits.map(online).filter((_, index) => ["both", "online"].includes(traits[index]?.sides ?? "")),
    ),
    deleted: traits.map(online).filter(({ type }, index) => traits[index]?.sides === "deleted" && type === "user"),
    initialDomain: INITIAL,
    verifiedDomains: VERIFIED,
  }));

const CLASSES = { user: "user", group: "group", contact: "contact" } as const;

/** The objects of Active Directory as LDIF attributes. Blank attributes are absent, as in a directory. */
export function toObjects({ onPremises: things }: World): readonly Attributes[] {
  const filled = (values: Readonly<Record<string, string | readonly string[]>>): Attributes =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value.length > 0));
  return things.map((thing) =>
    filled({
      dn: thing.id,
      objectClass: CLASSES[thing.type],
      userPrincipalName: thing.upn,
      mail: thing.mail,
      proxyAddresses: thing.addresses,
      mailNickname: thing.nickname,
      displayName: thing.displayName,
      sAMAccountName: thing.type === "contact" ? "" : thing.account,
      userAccountControl: thing.type !== "user" ? "" : thing.isEnabled ? "512" : "514",
      "objectGUID:": thing.anchor,
    }),
  );
}

const origin = { name: "invented", record: 1, line: 1 };
const FIELDS = [
  "distinguishedName",
  "userPrincipalName",
  "mail",
  "proxyAddresses",
  "mailNickname",
  "samAccountName",
  "displayName",
  "primarySmtpAddress",
] as const;

/** A contact without any address is left out while it is read. */
const isRead = ({ type, mail, addresses }: Thing): boolean => type !== "contact" || mail !== "" || addresses.length > 0;

/** Both sides as directories of users, as they are once they have been read. */
export function toDirectories({ onPremises: left, online: right, deleted }: World): Readonly<
  Record<Side, Directory>
> & {
  readonly removed: readonly RemovedUser[];
} {
  const toUser = (thing: Thing): Omit<User, "sourceAnchor"> => ({
    type: thing.type,
    id: thing.id,
    origin,
    userPrincipalName: thing.upn,
    mail: thing.mail,
    proxyAddresses: thing.addresses.map(parseProxyAddress),
    mailNickname: thing.nickname,
    displayName: thing.displayName,
  });
  const onlineUser = (thing: Thing): User => ({
    ...toUser(thing),
    objectId: thing.id,
    immutableId: thing.anchor,
    recipientType: thing.recipientType,
    isExchangeCloudManaged: thing.isExchangeManaged,
    isCloudManaged: thing.isCloudManaged,
    isGuest: isGuest(thing),
    ...(thing.type === "user" ? { isLicensed: thing.isLicensed, isEnabled: thing.isEnabled } : {}),
  });
  return {
    onPremises: createDirectory([
      {
        fields: [...FIELDS, "sourceAnchor", "isEnabled"],
        users: left.filter(isRead).map((thing) => ({
          ...toUser(thing),
          ...(thing.type === "user" ? { isEnabled: thing.isEnabled } : {}),
          distinguishedName: thing.id,
          samAccountName: thing.account,
          sourceAnchor: thing.anchor,
        })),
      },
    ]),
    online: createDirectory([
      {
        fields: [
          ...FIELDS,
          "objectId",
          "immutableId",
          "isLicensed",
          "isEnabled",
          "recipientType",
          "isExchangeCloudManaged",
          "isCloudManaged",
          "isGuest",
        ],
        users: right.map(onlineUser),
      },
    ]),
    removed: deleted.map((thing) => ({ user: onlineUser(thing), reason: "deleted" })),
  };
}

/** Somebody whom nobody else concerns: with him no side is empty, and every column is there. */
export const somebody = {
  object: {
    dn: "CN=zed,DC=contoso,DC=com",
    objectClass: "user",
    userPrincipalName: "zed@contoso.com",
    mail: "zed@contoso.com",
    proxyAddresses: ["SMTP:zed@contoso.com"],
    mailNickname: "zed",
    displayName: "Zed",
    sAMAccountName: "zed",
    "objectGUID:": "enp6enp6enp6enp6enp6eg==",
  },
  row: {
    UserPrincipalName: "zed@contoso.com",
    DisplayName: "Zed",
    ObjectId: "zed",
    ImmutableId: "",
    IsLicensed: "True",
    BlockCredential: "False",
    UserType: "Member",
    SoftDeletionTimestamp: "",
    ProxyAddresses: "SMTP:zed@contoso.com;smtp:zed@contoso.onmicrosoft.com",
  },
} as const;

type Row = Readonly<Record<string, string>>;

/** The users online, as Get-MsolUser lists them, and groups and contacts, as Get-Recipient does. */
export function toRows({ online: things, deleted }: World): {
  readonly users: readonly Row[];
  readonly recipients: readonly Row[];
} {
  const users = things.filter(({ type }) => type === "user");
  const recipients = things.filter(({ type }) => type !== "user");
  return {
    users: [...users, ...deleted].map((thing) => ({
      UserPrincipalName: thing.upn,
      DisplayName: thing.displayName,
      ObjectId: thing.id,
      ImmutableId: thing.anchor,
      IsLicensed: thing.isLicensed ? "True" : "False",
      BlockCredential: thing.isEnabled ? "False" : "True",
      UserType: isGuest(thing) ? "Guest" : "Member",
      SoftDeletionTimestamp: deleted.includes(thing) ? "11/02/2026 08:12:31" : "",
      ProxyAddresses: thing.addresses.join(";"),
    })),
    recipients: recipients.map((thing) => ({
      Identity: thing.id,
      DisplayName: thing.displayName,
      Alias: thing.nickname,
      RecipientTypeDetails: thing.recipientType,
      PrimarySmtpAddress: entriesOf(thing).find(({ isPrimary }) => isPrimary)?.address ?? "",
      ExternalDirectoryObjectId: thing.id,
      EmailAddresses: thing.addresses.join(";"),
    })),
  };
}
