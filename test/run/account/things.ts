/** One object of either side, in plain texts, as an export shows it. */
export interface Thing {
  /** Distinguished name on-premises, object id online. */
  readonly id: string;
  readonly type: "user" | "group" | "contact";
  readonly upn: string;
  readonly mail: string;
  /** Values of proxyAddresses, with their prefixes. */
  readonly addresses: readonly string[];
  readonly nickname: string;
  /** sAMAccountName. */
  readonly account: string;
  readonly displayName: string;
  /** On-premises the source anchor, online the ImmutableId. */
  readonly anchor: string;
  readonly isLicensed: boolean;
  /** Whether it can sign in. */
  readonly isEnabled: boolean;
  /** Online: whether an administrator's role is assigned to it. */
  readonly hasRole: boolean;
  /** Online: whether its mailbox is managed there (`IsExchangeCloudManaged`). */
  readonly isExchangeManaged: boolean;
  /** Online: whether the source of authority was moved to the cloud (`isCloudManaged`). */
  readonly isCloudManaged: boolean;
  /** Of a group or contact online: its RecipientTypeDetails. */
  readonly recipientType: string;
}

/** The two sides before the run, and what the tenant is known to have. */
export interface World {
  readonly onPremises: readonly Thing[];
  readonly online: readonly Thing[];
  /** Online users in the recycle bin. */
  readonly deleted: readonly Thing[];
  readonly initialDomain: string;
  readonly verifiedDomains: readonly string[];
}

/** One value of proxyAddresses, taken apart: its type in small letters, and whether it is marked as primary. */
export interface Entry {
  readonly type: string;
  readonly address: string;
  readonly isPrimary: boolean;
}

/** What is asked of a thing again and again is worked out once. */
export function once<Result>(work: (thing: Thing) => Result): (thing: Thing) => Result {
  const known = new WeakMap<Thing, { readonly result: Result }>();
  return (thing) => {
    const found = known.get(thing) ?? { result: work(thing) };
    known.set(thing, found);
    return found.result;
  };
}

export const entriesOf = once((thing: Thing): readonly Entry[] => {
  return thing.addresses.map((value) => {
    const colon = value.indexOf(":");
    if (colon < 0) return { type: "", address: value.trim(), isPrimary: false };
    const type = value.slice(0, colon).trim();
    return { type: type.toLowerCase(), address: value.slice(colon + 1).trimEnd(), isPrimary: type === "SMTP" };
  });
});

export const key = (text: string): string => text.toLowerCase();
export const domainOf = (address: string): string => key(address.slice(address.lastIndexOf("@") + 1));
export const localPartOf = (address: string): string => address.slice(0, Math.max(address.lastIndexOf("@"), 0));

/** The DNS name of the domain of an object of Active Directory. */
export function dnsDomainOf(thing: Thing): string {
  return thing.id
    .split(",")
    .filter((part) => part.startsWith("DC="))
    .map((part) => part.slice("DC=".length))
    .join(".");
}

/** A value that mail can be sent to, as semantics.md, section 5, has it, without the reserved domains. */
export function isWellFormed(address: string): boolean {
  const local = localPartOf(address);
  return local !== "" && !/[\s<>();,[\]":]/.test(address) && /^[^@]+@[a-z0-9.-]+$/i.test(address);
}

/** A sign-in name that the service takes: the characters of service.md, section 3, and no period before the `@`. */
export function isSignInName(name: string): boolean {
  const local = localPartOf(name);
  return /^[a-z0-9'.\-_!#^~]+$/i.test(local) && !local.endsWith(".") && isWellFormed(name);
}

/** Whether an online user is of another company, whatever its user type says (issue 27, 2). */
export const isGuest = ({ upn }: Thing): boolean => upn.includes("#EXT#@");

/** The addresses that an online object has: what is listed, or `mail` where nothing is. */
export const presentAddresses = once((thing: Thing): readonly string[] => {
  const listed = entriesOf(thing).filter(({ type }) => type === "smtp");
  return (listed.length > 0 ? listed.map(({ address }) => address) : [thing.mail]).filter((one) => one !== "").map(key);
});
