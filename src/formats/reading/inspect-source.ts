import type { User } from "../../model/user.ts";
import { smtpAddresses } from "../../model/user.ts";
import { type ReadOptions, readUsers, type Source, type SourceSummary } from "./read-users.ts";

/** What a source was taken for and what is in it. */
export interface Inspection {
  readonly summary: SourceSummary;
  readonly objectsByType: readonly Counted[];
  /** Addresses by their type (SMTP, SIP, X500 …), most frequent first. */
  readonly addressesByType: readonly Counted[];
  /** SMTP addresses by domain, most frequent first. */
  readonly addressesByDomain: readonly Counted[];
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
 * Reads a source to its end and tells what it was taken for: the first thing to do with a file that one does not know.
 *
 * Memory does not grow with the number of users.
 *
 * @throws InputError as {@link readUsers} does.
 */
export async function inspectSource(source: Source, options: ReadOptions = {}): Promise<Inspection> {
  const types = new Map<string, number>();
  const addressTypes = new Map<string, number>();
  const domains = new Map<string, number>();
  const firstUsers: User[] = [];
  let withoutPrimary = 0;
  for await (const item of readUsers(source, options)) {
    if (item.type === "user") {
      const { user } = item;
      increment(types, user.type);
      for (const { type } of user.proxyAddresses ?? []) increment(addressTypes, type === "" ? "without a type" : type);
      for (const { domain } of smtpAddresses(user)) increment(domains, domain);
      if (user.proxyAddresses?.some(({ type, primary }) => type === "SMTP" && primary) === false) withoutPrimary++;
      if (firstUsers.length < FIRST_USERS) firstUsers.push(user);
    } else if (item.type === "summary") {
      return {
        summary: item.summary,
        objectsByType: byFrequency(types),
        addressesByType: byFrequency(addressTypes),
        addressesByDomain: byFrequency(domains),
        withoutPrimary,
        firstUsers,
      };
    }
  }
  throw new Error("reading ended without a summary");
}

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function byFrequency(counts: ReadonlyMap<string, number>): readonly Counted[] {
  return Array.from(counts, ([name, count]) => ({ name, count })).sort(
    (one, other) => other.count - one.count || (one.name < other.name ? -1 : 1),
  );
}
