import { domainOf, isReservedDomain, parseProxyAddress } from "./address.ts";
import { addresses, cleaningOf, cleanMailbox, signInNames } from "./mailbox-cleaning.ts";
import { type Candidate, isProposable, isSameAddress, localPartOf, ownValue, type ValueCase } from "./value-case.ts";
import { cleanName, leastSure } from "./value-cleaning.ts";

/** Proposes sign-in names. */
export function* proposeSignInNames(from: ValueCase): Generator<Candidate | undefined> {
  const { value, known, rules } = from;
  if (rules.size === 0) return;
  const { online, primary, others = [] } = known;
  yield ownValue(online, "certain", "it is the sign-in name that the person has online");
  const cleaned = cleanMailbox(from, value, signInNames);
  if (cleaned?.confidence === "certain") yield cleaned;
  if (rules.has("no-at-sign")) yield addDomain(from);
  // With a domain that cannot stay the sign-in name changes in any case: best to the address that mail is sent to.
  const isDomainLost = rules.has("not-routable") || rules.has("unverified-domain");
  yield ownValue(primary, isDomainLost ? "certain" : "likely", "it is the person's own primary address");
  // Of two equally good ones none is proposed.
  const name = value.slice(0, value.lastIndexOf("@"));
  const [alias, ...more] = others.filter(
    (address) => isSameAddress(localPartOf(address) ?? "", name) && isProposable(from, address),
  );
  if (more.length === 0)
    yield ownValue(alias, "likely", "it is an address of the person, with the same name before the @");
  yield cleaned;
}

/** The same name in the domain of the primary address, else in the only one that is verified. */
function addDomain(from: ValueCase): Candidate | undefined {
  const { primary, verifiedDomains } = from.known;
  const [only, ...more] = [...(verifiedDomains ?? [])].filter((domain) => !isReservedDomain(domain));
  const domain = primary === undefined ? (more.length === 0 ? only : undefined) : domainOf(primary);
  const name = cleanName(from.value, cleaningOf(signInNames, from));
  if (!domain || name === undefined) return undefined;
  return { value: `${name.text}@${domain}`, confidence: "ask", steps: ["the domain is missing"] };
}

/** Proposes values of `mail`. */
export function* proposeMails(from: ValueCase): Generator<Candidate | undefined> {
  if (from.rules.size === 0) return;
  const { online, primary } = from.known;
  yield ownValue(online, "certain", "it is the primary address that the person has online");
  const cleaned = cleanMailbox(from, from.value, addresses);
  if (cleaned?.confidence === "certain") yield cleaned;
  yield ownValue(primary, "likely", "it is the object's own primary address");
  yield cleaned;
}

/** Proposes what takes the place of a primary address, `prefix` being its type. */
export function* proposePrimaries(from: ValueCase, address: string, prefix: string): Generator<Candidate | undefined> {
  const { online, others = [], userPrincipalName, mail } = from.known;
  yield ownValue(online && prefix + online, "certain", "it is the primary address that the person has online");
  const cleaned = cleanMailbox(from, address, addresses, prefix);
  if (cleaned?.confidence === "certain") yield cleaned;
  const names = [userPrincipalName, mail].filter((name) => typeof name === "string");
  const alias = names.flatMap((name) => others.find((other) => isSameAddress(other, name)) ?? [])[0];
  yield ownValue(alias && prefix + alias, "likely", "it is the alias that the person signs in with, or that mail has");
  yield cleaned;
}

/** Proposes SIP addresses, `prefix` being their type. */
export function* proposeSipAddresses(
  from: ValueCase,
  address: string,
  prefix: string,
): Generator<Candidate | undefined> {
  if (from.rules.size === 0) return;
  const cleaned = cleanMailbox(from, address, addresses, prefix);
  if (cleaned?.confidence === "certain") yield cleaned;
  const { primary } = from.known;
  yield ownValue(primary && prefix + primary, "likely", "it is the person's own primary address");
  yield cleaned;
}

/** Proposes external addresses: of a contact they are `mail` as a rule. */
export function* proposeTargetAddresses(from: ValueCase): Generator<Candidate | undefined> {
  const { value, known, rules } = from;
  const contactMail = ownValue(
    known.type === "contact" && known.mail ? `SMTP:${known.mail}` : undefined,
    "likely",
    "it is the contact's mail",
  );
  const { type, address } = parseProxyAddress(value);
  // What is before a second colon of a foreign address may be anything.
  if (rules.has("second-colon") || (type !== "" && (type !== "SMTP" || rules.size === 0))) return;
  if (value === "") yield contactMail;
  else if (type === "") {
    const cleaned = cleanMailbox(from, address, addresses, "SMTP:");
    const confidence = leastSure(cleaned?.confidence ?? "ask", "likely");
    yield cleaned && { ...cleaned, confidence, steps: ["the type was missing"] };
  } else {
    const written = value.trimStart();
    const colon = type.length + 1;
    const cleaned = cleanMailbox(from, written.slice(colon), addresses, written.slice(0, colon));
    if (cleaned?.confidence === "certain") yield cleaned;
    yield contactMail;
    yield cleaned;
  }
}
