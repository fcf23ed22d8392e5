import * as z from "zod/mini";
import type { Directory } from "../../directory/directory.ts";
import type { RemovedUser } from "../../formats/reading/source.ts";
import type { Alignment, ApartReason } from "../../match/alignment.ts";
import type { AnchorConflict } from "../../match/anchor-conflicts.ts";
import type { UnlinkedPair } from "../../match/likeness.ts";
import { type Match, matchSchema } from "../../match/match.ts";
import { type Severity, severitySchema } from "../../model/severity.ts";
import type { ExportedField, Side, User, UserField } from "../../model/user.ts";
import type { Collision } from "../../predict/collisions.ts";
import { type Doubt, doubtSchema } from "../../predict/doubts.ts";
import type { Prediction } from "../../predict/predict.ts";
import type { Tenant } from "../../predict/tenant.ts";
import type { Service } from "../../service/service.ts";
import { type ObjectReference, objectReferenceSchema } from "./object-reference.ts";

/** What the run makes of one on-premises person: of the online user that it is matched with, or of a new one. */
export interface Outcome {
  readonly onPremises: User;
  /** The online user that it is matched with. */
  readonly online: User | undefined;
  readonly match: Match | undefined;
  readonly prediction: Prediction;
}

/** Two users that the run takes for one, and what it makes of the online one. */
export interface MatchedPair extends Outcome {
  readonly online: User;
  /** Why the run leaves the online user alone. */
  readonly apart: ApartReason | undefined;
  /** Whether another online user has the sign-in name, and is the counterpart by that: then it does not arrive. */
  readonly isNameOfAnother: () => boolean;
  /** What the run would make of the online user if Active Directory had the say over all of it. */
  readonly foreseeRuled: () => Prediction;
  /** The online user as it was when it was activated, if a baseline was given and has it. */
  readonly baseline: User | undefined;
  readonly hasBaseline: boolean;
}

/** One person of one side. */
export interface Person {
  readonly side: Side;
  readonly user: User;
  /**
   * Predicts what becomes of a matched online user. Absent for everybody else, and where the UPN flows: whatever comes of
   * that can be seen on-premises.
   */
  readonly foresee?: () => Prediction;
}

/** Everything at once, for kinds that look at more than one person. */
export interface Overview {
  readonly onPremises: Directory;
  readonly online: Directory;
  readonly alignment: Alignment;
  readonly tenant: Tenant;
  readonly service: Service;
  /** The only side of which exports were given. */
  readonly alone: Side | undefined;
  /** Online users who are there no more, and may come back. */
  readonly removed: readonly RemovedUser[];
  /** People who are perhaps not meant, by index: that nothing of them is verified is said once. */
  readonly outsiders: ReadonlySet<number> | undefined;
  /** Whether an on-premises object (online, if that is the only side) is a person of whom, taken alone, there is nothing to say. */
  readonly isOrdinary: (index: number) => boolean;
  /** Unmatched users of both sides who look like one person. */
  readonly unlinkedPairs: readonly UnlinkedPair[];
  readonly anchorConflicts: readonly AnchorConflict[];
  readonly collisions: readonly Collision[];
  /** Every value that an online object keeps, those that another finding tells among them. */
  readonly contests: readonly Collision[];
  /** Addresses that the run takes from one online object and gives to another. */
  readonly moves: readonly Collision[];
  /** Online users as they were when they were activated, by index; `undefined` without a baseline. */
  readonly baseline: ReadonlyMap<number, User> | undefined;
}

/** The fields that each side's export must have for a kind to be checked. */
export type Needs = Readonly<Partial<Record<Side, readonly ExportedField[]>>>;

type Shape = Readonly<Record<string, z.ZodMiniType>>;
/** The own fields of a kind; zod infers an object that may hold nothing as one that must hold nothing. */
type Own<Fields extends Shape> = keyof Fields extends never ? unknown : z.infer<z.ZodMiniObject<Fields>>;

/** What a kind finds: its own fields, a severity if it is not the kind's usual one, and why it is not certain. */
type Found<Fields extends Shape> = Own<Fields> & { readonly severity?: Severity; readonly unsure?: Doubt | undefined };

/** What a kind finds in the overview: it also says whom it is about. */
type FoundObjects<Fields extends Shape> = Found<Fields> & {
  readonly onPremises?: ObjectReference;
  readonly online?: ObjectReference;
};

/**
 * Where a kind looks: at every matched pair, at every on-premises person and what becomes of it, at every person of both
 * sides, or at everything at once.
 */
type Finder<Fields extends Shape> =
  | { readonly over: "outcomes"; readonly find: (outcome: Outcome) => Iterable<Found<Fields>> }
  // `seesApart`: also at those whom the run leaves alone.
  | { readonly over: "pairs"; readonly seesApart?: true; readonly find: (pair: MatchedPair) => Iterable<Found<Fields>> }
  | { readonly over: "people"; readonly find: (person: Person) => Iterable<Found<Fields>> }
  | { readonly over: "everything"; readonly find: (overview: Overview) => Iterable<FoundObjects<Fields>> };

/** What is there now and what will be; blank where there is nothing. */
export interface Change {
  readonly before: string;
  readonly after: string;
}

/** The words of a kind, and how its mismatches are told apart. */
interface KindWords<Fields extends Shape> {
  /** Heads the list of one severity in a report: `3 people will send mail under another address`. */
  readonly title: (count: number, severity: Severity) => string;
  /** What happens and what the user notices, in one sentence. */
  readonly explanation: string;
  /** What to do, in one or two sentences. */
  readonly advice: string;
  /** One mismatch in a line: `before → after`. */
  readonly describe: (mismatch: Own<Fields>) => string;
  /** What is there now and what will be, for the columns of tables; "none" where the kind is no change. */
  readonly change: ((mismatch: Own<Fields>) => Change) | "none";
  /** What tells two mismatches about the same objects apart. */
  readonly distinguish: (mismatch: Own<Fields>) => readonly string[];
}

/**
 * How a kind is remedied: a plan changes a user for its sake, or it is gone along with another kind for which that is done,
 * or it needs a person who knows the people.
 */
export type Remedy = "planned" | "along" | "person";

/** A kind of mismatch as it is declared. */
type Declaration<Kind extends string, Fields extends Shape> = {
  readonly kind: Kind;
  /** The usual severity. */
  readonly severity: Severity;
  readonly remedy: Remedy;
  readonly needs: Needs;
  /** The sides of which the exports alone are enough. */
  readonly alone?: readonly Side[];
  /** Whether it is looked for as far as possible where an export lacks what it needs, and is not checked. */
  readonly looksAnyway?: true;
  /**
   * The fields of users that `find` looks at. A shortcut past users is taken only if it knows them all, so that a field which
   * is forgotten there costs time; a test holds each kind to what it says here.
   */
  readonly reads: readonly UserField[];
  /** The fields that this kind has besides the shared ones. */
  readonly fields: Fields;
} & KindWords<Fields> &
  Finder<Fields>;

/** What another online object, which keeps a value that an object is to get, means for what is said of that object. */
const contestedSchema = z
  .enum(["refused", "held-back", "moves"])
  .check(
    z.describe(
      "Set if an online object keeps a value that the on-premises one brings. refused: nothing of this happens until the " +
        "conflict is gone; held-back: this value does not arrive until then; moves: the run takes this value from one person and " +
        "gives it to another (address-collision names both).",
    ),
  );

const sharedFields = {
  severity: severitySchema,
  onPremises: z.optional(objectReferenceSchema),
  online: z.optional(objectReferenceSchema),
  match: z.optional(matchSchema),
  contested: z.optional(contestedSchema),
  unsure: z.optional(doubtSchema),
  cause: z.optional(
    z.string().check(z.describe("What it comes from, as causes lists it: its name, and its key behind a colon.")),
  ),
};

type SharedFields = typeof sharedFields;

/** The shape of a mismatch: its kind, what all have, and its own fields. */
type MismatchShape<Kind extends string, Fields extends Shape> = {
  [Name in "kind" | keyof SharedFields | keyof Fields]: Name extends keyof Fields
    ? Fields[Name]
    : Name extends keyof SharedFields
      ? SharedFields[Name]
      : z.ZodMiniLiteral<Kind>;
};

/** A kind of mismatch: what was declared, and its schema. By this name declarations of types refer to it. */
export type DeclaredMismatch<Kind extends string, Fields extends Shape> = Declaration<Kind, Fields> & {
  readonly schema: z.ZodMiniObject<MismatchShape<Kind, Fields>, z.core.$strip>;
};

/** Declares a kind of mismatch; its schema is made of the shared fields and its own. */
export function defineMismatch<const Kind extends string, const Fields extends Shape>(
  declaration: Declaration<Kind, Fields>,
): DeclaredMismatch<Kind, Fields> {
  const shape = { kind: z.literal(declaration.kind), ...sharedFields, ...declaration.fields };
  return { ...declaration, schema: z.object(shape) } as never;
}

const MOST_NAMES = 3;

/** Lists the first objects by name, and how many more there are. */
export function listNames<Item>(items: readonly Item[], nameOf: (item: Item) => string): string {
  const more = items.length - MOST_NAMES;
  const names = items.slice(0, MOST_NAMES).map(nameOf).join(", ");
  return more > 0 ? `${names} and ${more} more` : names;
}
