import * as z from "zod/mini";
import { objectReferenceSchema } from "../mismatches/definition/object-reference.ts";
import { severitySchema } from "../model/severity.ts";
import { aliasesOnlyOnline } from "./aliases-only-online.ts";
import { chatFollowsOldName } from "./chat-follows-old-name.ts";
import { domainRemoved } from "./domain-removed.ts";
import { foreignAnchor } from "./foreign-anchor.ts";
import { internalDomainAliases } from "./internal-domain-aliases.ts";
import { invalidCharacters } from "./invalid-characters.ts";
import { leftoverOfAFailedRun } from "./leftover-of-a-failed-run.ts";
import { mailDomainNotVerified } from "./mail-domain-not-verified.ts";
import { namingPattern } from "./naming-pattern.ts";
import { newPeople } from "./new-people.ts";
import { noPrimaryMarked } from "./no-primary-marked.ts";
import { oneAddressTwoObjects } from "./one-address-two-objects.ts";
import { renamedOnOneSide } from "./renamed-on-one-side.ts";
import { ruledElsewhere } from "./ruled-elsewhere.ts";
import { serviceDomainAliases } from "./service-domain-aliases.ts";
import { upnSuffixNotVerified } from "./upn-suffix-not-verified.ts";

/** Every cause. Of several that would explain a finding the first in this list counts. */
export const causes = [
  upnSuffixNotVerified,
  mailDomainNotVerified,
  leftoverOfAFailedRun,
  renamedOnOneSide,
  namingPattern,
  oneAddressTwoObjects,
  noPrimaryMarked,
  domainRemoved,
  aliasesOnlyOnline,
  foreignAnchor,
  ruledElsewhere,
  invalidCharacters,
  chatFollowsOldName,
  newPeople,
  internalDomainAliases,
  serviceDomainAliases,
] as const;

/** The name of a cause. */
export type CauseName = (typeof causes)[number]["cause"];

const count = z.int().check(z.minimum(1));

const schema = z
  .object({
    cause: z.enum(causes.map(({ cause }) => cause) as [CauseName, ...CauseName[]]),
    key: z
      .string()
      .check(z.describe("Tells it from others of its sort: a domain, a rule; blank where there is but one.")),
    severity: severitySchema.check(z.describe("That of the worst of its findings.")),
    title: z.string().check(z.describe("What it is, in a few words.")),
    people: count.check(z.describe("Whom it concerns: how many objects, each counted once.")),
    findings: count.check(z.describe("How many findings it explains.")),
    examples: z.array(objectReferenceSchema).check(z.describe("Some of those whom it concerns: at most five.")),
    harm: z.string().check(z.describe("How bad it is, in one sentence.")),
    remedy: z.string().check(z.describe("The one thing that cures it.")),
  })
  .check(z.describe("What many findings come from: one thing, which is decided and cured once."));

type Schema = typeof schema;
/** The schema of a {@link Cause}; by its name declarations refer to it. */
export interface CauseSchema extends Schema {}

/** What many findings come from. */
export const causeSchema: CauseSchema = schema;

/** What many findings come from: one thing, which is decided and cured once. */
export type Cause = Readonly<z.infer<typeof causeSchema>>;
