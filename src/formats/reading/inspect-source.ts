import { UsageError } from "../../model/errors.ts";
import { smtpAddresses, type User } from "../../model/user.ts";
import { listParts } from "./list-parts.ts";
import { readUsers } from "./read-users.ts";
import type { PartialReadOptions } from "./reading-options.ts";
import type { Source, SourceSummary } from "./source.ts";

/** What a source was taken for and what is in it. */
export interface Inspection {
  readonly summary: SourceSummary;
  readonly objectsByType: readonly Counted[];
  /** Addresses by their type (SMTP, SIP, X500 …), most frequent first. */
  readonly addressesByType: readonly Counted[];
  /** SMTP addresses by domain, most frequent first. */
  readonly addressesByDomain: readonly Counted[];
  /** Objects that have SMTP addresses, none of them marked as primary. */
  readonly withoutPrimary: number;
  readonly firstUsers: readonly User[];
}

/** A name and how often it occurs. */
export interface Counted {
  readonly name: string;
  readonly count: number;
}

const FIRST_USERS = 3;

/**
 * Reads a source to its end, or to `maxBytes`, and tells what it was taken for: the first thing to do with a file that one
 * does not know.
 *
 * Memory does not grow with the number of users.
 *
 * @throws InputError as {@link readUsers} does.
 * @throws UsageError if it holds several exports: then each of {@link listParts} is to be inspected.
 */
export async function inspectSource(source: Source, options: PartialReadOptions = {}): Promise<Inspection> {
  const tally = new Tally();
  const [part = source, ...others] = await listParts(source, options.columns && { columns: options.columns });
  if (others.length > 0)
    throw new UsageError(`${source.name} holds ${others.length + 1} exports: inspect each of listParts`);
  for await (const item of readUsers(part, options)) {
    if (item.type === "user") tally.add(item.user);
    else if (item.type === "summary") return tally.inspection(item.summary);
  }
  throw new Error("reading ended without a summary");
}

/** Counts what an inspection shows, user by user. */
class Tally {
  readonly #types = new Map<string, number>();
  readonly #addressTypes = new Map<string, number>();
  readonly #domains = new Map<string, number>();
  readonly #firstUsers: User[] = [];
  #withoutPrimary = 0;

  add(user: User): void {
    const { proxyAddresses = [] } = user;
    increment(this.#types, user.type);
    for (const { type } of proxyAddresses) increment(this.#addressTypes, type === "" ? "without a type" : type);
    for (const { domain } of smtpAddresses(user)) increment(this.#domains, domain);
    const smtp = proxyAddresses.filter(({ type }) => type === "SMTP");
    if (smtp.length > 0 && !smtp.some(({ primary }) => primary)) this.#withoutPrimary++;
    if (this.#firstUsers.length < FIRST_USERS) this.#firstUsers.push(user);
  }

  inspection(summary: SourceSummary): Inspection {
    return {
      summary,
      objectsByType: byFrequency(this.#types),
      addressesByType: byFrequency(this.#addressTypes),
      addressesByDomain: byFrequency(this.#domains),
      withoutPrimary: this.#withoutPrimary,
      firstUsers: this.#firstUsers,
    };
  }
}

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function byFrequency(counts: ReadonlyMap<string, number>): readonly Counted[] {
  return Array.from(counts, ([name, count]) => ({ name, count })).sort(
    (one, other) => other.count - one.count || (one.name < other.name ? -1 : 1),
  );
}
