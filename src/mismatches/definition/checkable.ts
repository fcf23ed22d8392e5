import { NO_ADDRESS } from "../../directory/address-index.ts";
import type { Directory } from "../../directory/directory.ts";
import { DomainFacts } from "../../directory/domain-facts.ts";
import { numberOf } from "../../directory/user-row.ts";
import type { Alignment } from "../../match/alignment.ts";
import type { Pairs } from "../../match/pairs.ts";
import { isReservedDomain } from "../../model/address.ts";
import { fields } from "../../model/fields.ts";
import type { ExportedField, Side } from "../../model/user.ts";
import { NO, SMTP_PRIMARY, stateOf } from "../../model/user-view.ts";
import { calculateSignIn } from "../../predict/account-calculation.ts";
import type { Tenant } from "../../predict/tenant.ts";
import { addressCollision } from "../address-collision.ts";
import type { MismatchKind, MismatchKindDeclaration } from "../index.ts";
import { keptBecause } from "./contests.ts";
import type { Overview } from "./define-mismatch.ts";

type Directories = Readonly<Record<Side, Directory>>;

/** What tells whom a missing field concerns. */
interface Comparison {
  readonly directories: Directories;
  readonly alignment: Pick<Alignment, "pairs">;
  readonly tenant: Tenant;
  /** The only side of which exports were given. */
  readonly alone?: Side | undefined;
}

/** A kind that was not checked, because an export lacks what it needs. */
export interface NotChecked {
  readonly kind: MismatchKind;
  readonly side: Side;
  readonly missing: readonly ExportedField[];
  /** Set if nobody who is matched would be concerned: no more than what such an export does not tell. */
  readonly harmless?: true;
}

const SIDES: readonly Side[] = ["onPremises", "online"];

/** Tells which kinds are looked for, and what could not be checked. */
export function checkKinds(
  kinds: readonly MismatchKindDeclaration[],
  comparison: Comparison,
): { readonly kinds: readonly MismatchKindDeclaration[]; readonly notChecked: readonly NotChecked[] } {
  const { alone } = comparison;
  const able = alone === undefined ? kinds : kinds.filter((declaration) => standsAlone(declaration, alone));
  const lacking = able.flatMap((declaration) => missingFields(declaration, comparison));
  const notChecked = markHarmless(lacking, comparison);
  const checked = able.filter((declaration) => isCheckable(declaration, notChecked, alone));
  const isLookedFor = checked.some(({ kind }) => kind === "primary-smtp-change");
  return { kinds: checked, notChecked: [...notChecked, ...(isLookedFor ? missingRecipientTypes(comparison) : [])] };
}

/** The fields that a kind needs and an export lacks. */
function missingFields(
  { kind, needs }: MismatchKindDeclaration,
  { directories, alone }: Pick<Comparison, "directories" | "alone">,
): readonly NotChecked[] {
  return SIDES.filter((side) => alone === undefined || side === alone).flatMap((side) => {
    const wanted: readonly ExportedField[] = (needs as Partial<Record<Side, readonly ExportedField[]>>)[side] ?? [];
    const { fields: known, size } = directories[side];
    // Where everybody is left out nobody lacks anything.
    if (size === 0) return [];
    const lacking = wanted.filter((field) => !known.has(field));
    const named = lacking.map((field) =>
      isMarkOnly(field) && !known.has("proxyAddresses") ? "proxyAddresses" : field,
    );
    const missing = [...new Set(named)];
    return missing.length === 0 ? [] : [{ kind, side, missing }];
  });
}

/** Where the addresses themselves are missing, the mark of the primary one needs no mention. */
function isMarkOnly(field: ExportedField): boolean {
  return field === "primarySmtpAddress";
}

/** Whether a kind can be checked with the exports of one side alone. */
export function standsAlone(declaration: MismatchKindDeclaration, side?: Side): boolean {
  const sides: readonly Side[] = "alone" in declaration ? declaration.alone : [];
  return side === undefined ? sides.length > 0 : sides.includes(side);
}

/** A kind that looks at people can be checked on one side alone; any other needs both. */
function isCheckable(
  declaration: MismatchKindDeclaration,
  notChecked: readonly NotChecked[],
  alone: Side | undefined,
): boolean {
  const { kind, over } = declaration;
  if ("looksAnyway" in declaration) return true;
  const lacking = notChecked.filter((entry) => entry.kind === kind).length;
  return over === "people" ? lacking < (alone === undefined ? SIDES.length : 1) : lacking === 0;
}

/**
 * Marks what is not checked and concerns nobody. Exports of mailboxes, and many lists of users, do not tell who is enabled online:
 * that matters only where somebody who is matched is disabled on-premises, and not because of what the mailbox is.
 */
function markHarmless(
  notChecked: readonly NotChecked[],
  { directories, alignment }: Pick<Comparison, "directories" | "alignment">,
): readonly NotChecked[] {
  const isOpen = ({ kind, side }: NotChecked): boolean =>
    kind.startsWith("sign-in-") &&
    side === "online" &&
    !notChecked.some((other) => other.kind === kind && other.side === "onPremises");
  if (!notChecked.some(isOpen) || mayBeBlocked(directories, alignment.pairs)) return notChecked;
  return notChecked.map((entry) => (isOpen(entry) ? { ...entry, harmless: true } : entry));
}

/** Names what no export tells of mailboxes that were moved away, where the address of somebody who is matched hangs on it. */
function missingRecipientTypes({ directories, alignment, tenant }: Comparison): readonly NotChecked[] {
  const { onPremises, online } = directories;
  // Without a mailNickname nobody is a recipient.
  const isPossible = onPremises.fields.has("mailNickname") && online.fields.has("isLicensed");
  if (onPremises.fields.has("remoteRecipientType") || !isPossible) return [];
  const isVerified = new DomainFacts(
    onPremises.addresses,
    (name) => tenant.verifiedDomains.has(name) || isReservedDomain(name),
  );
  for (let index = 0; index < onPremises.size; index++) {
    const partner = alignment.pairs.onlineOf(index);
    const number = partner < 0 ? NO_ADDRESS : numberOf(onPremises.outline(index), SMTP_PRIMARY);
    if (number < 0 || isVerified.of(number)) continue;
    if (stateOf(online.outline(partner).states, fields.isLicensed.code) !== NO) continue;
    return [{ kind: "primary-smtp-change", side: "onPremises", missing: ["remoteRecipientType"], harmless: true }];
  }
  return [];
}

function mayBeBlocked({ onPremises, online }: Directories, pairs: Pairs): boolean {
  for (let index = 0; index < onPremises.size; index++) {
    const partner = pairs.onlineOf(index);
    if (partner < 0 || stateOf(onPremises.outline(index).states, fields.isEnabled.code) !== NO) continue;
    const user = { ...online.user(partner), isEnabled: true };
    if (calculateSignIn(onPremises.user(index), user) === "blocked") return true;
  }
  return false;
}

/** Who is bound to what a failed run left, where address-collision can say so. */
export function leftoversOf(
  comparison: Pick<Comparison, "directories">,
  known: Pick<Overview, "contests">,
): ReadonlySet<number> {
  return missingFields(addressCollision, comparison).length === 0 ? keptBecause(known, "leftover") : new Set();
}
