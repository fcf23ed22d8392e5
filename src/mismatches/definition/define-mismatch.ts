import * as z from "zod/mini";
import type { Directory } from "../../directory/directory.ts";
import { type Alignment, type Match, matchSchema } from "../../match/match.ts";
import { type Severity, severitySchema } from "../../model/severity.ts";
import type { Side, User, UserField } from "../../model/user.ts";
import type { Prediction } from "../../predict/predict.ts";
import { type ObjectReference, objectReferenceSchema } from "./object-reference.ts";

/** Two users that the run takes for one, and what it makes of the online one. */
export interface MatchedPair {
  readonly onPremises: User;
  readonly online: User;
  readonly match: Match;
  readonly prediction: Prediction;
}

/** One person of one side. */
export interface Person {
  readonly side: Side;
  readonly user: User;
}

/** Everything at once, for kinds that look at more than one person. */
export interface Overview {
  readonly onPremises: Directory;
  readonly online: Directory;
  readonly alignment: Alignment;
}

/** The fields that each side's export must have for a kind to be checked. */
export type Needs = Readonly<Partial<Record<Side, readonly UserField[]>>>;

type Shape = Readonly<Record<string, z.ZodMiniType>>;
/** The own fields of a kind; zod infers an object that may hold nothing as one that must hold nothing. */
type Own<Fields extends Shape> = keyof Fields extends never ? unknown : z.infer<z.ZodMiniObject<Fields>>;

/** What a kind finds: its own fields, and a severity if it is not the kind's usual one. */
type Found<Fields extends Shape> = Own<Fields> & { readonly severity?: Severity };

/** What a kind finds in the overview: it also says whom it is about. */
type FoundObjects<Fields extends Shape> = Found<Fields> & {
  readonly onPremises?: ObjectReference;
  readonly online?: ObjectReference;
};

/** Where a kind looks: at every matched pair, at every person of both sides, or at everything at once. */
type Finder<Fields extends Shape> =
  | { readonly over: "pairs"; readonly find: (pair: MatchedPair) => Iterable<Found<Fields>> }
  | { readonly over: "people"; readonly find: (person: Person) => Iterable<Found<Fields>> }
  | { readonly over: "everything"; readonly find: (overview: Overview) => Iterable<FoundObjects<Fields>> };

/** The words of a kind. */
interface KindWords<Fields extends Shape> {
  /** Heads the list of one severity in a report: `3 people will send mail under another address`. */
  readonly title: (count: number, severity: Severity) => string;
  /** What happens and what the user notices, in one sentence. */
  readonly explanation: string;
  /** What to do, in one or two sentences. */
  readonly advice: string;
  /** One mismatch in a line: `before → after`. */
  readonly describe: (mismatch: Own<Fields>) => string;
}

/** A kind of mismatch as it is declared. */
type Declaration<Kind extends string, Fields extends Shape> = {
  readonly kind: Kind;
  /** The usual severity. */
  readonly severity: Severity;
  readonly needs: Needs;
  /** The fields that this kind has besides the shared ones. */
  readonly fields: Fields;
} & KindWords<Fields> &
  Finder<Fields>;

const sharedFields = {
  severity: severitySchema,
  onPremises: z.optional(objectReferenceSchema),
  online: z.optional(objectReferenceSchema),
  match: z.optional(matchSchema),
};

/** Declares a kind of mismatch; its schema is made of the shared fields and its own. */
export function defineMismatch<const Kind extends string, const Fields extends Shape>(
  declaration: Declaration<Kind, Fields>,
) {
  const schema = z.object({ kind: z.literal(declaration.kind), ...sharedFields, ...declaration.fields });
  return { ...declaration, schema };
}

/** Chooses between singular and plural for a title. */
export function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

const MOST_NAMES = 3;

/** Lists the first objects by name, and how many more there are. */
export function listNames<Item>(items: readonly Item[], nameOf: (item: Item) => string): string {
  const more = items.length - MOST_NAMES;
  const names = items.slice(0, MOST_NAMES).map(nameOf).join(", ");
  return more > 0 ? `${names} and ${more} more` : names;
}
