import { readUserBatches } from "../src/formats/reading/read-users.ts";
import type { Source, SourceSummary } from "../src/formats/reading/source.ts";
import { InputError, type User } from "../src/index.ts";
import { readView } from "../src/model/user-view.ts";

/** What was read: users in their order, the summary, and how many came as bytes. */
export interface Reading {
  readonly users: readonly Partial<User>[];
  readonly summary: SourceSummary | undefined;
  readonly plain: number;
}

/** Reads a source, plain records as bytes if `takesViews`; gives the words of an InputError if it is refused. */
export async function readEitherWay(source: Source, takesViews: boolean): Promise<Reading | string> {
  const users: Partial<User>[] = [];
  let plain = 0;
  const sink = {
    addUser: (user: User) => users.push(withoutBlanks(user)),
    addView: (view: Parameters<typeof readView>[0]) => {
      users.push(withoutBlanks(readView(view, source.name)));
      plain++;
    },
  };
  let summary: SourceSummary | undefined;
  try {
    for await (const batch of readUserBatches(source, {}, takesViews ? sink : undefined)) {
      for (const item of batch) {
        if (item.type === "user") users.push(withoutBlanks(item.user));
        else if (item.type === "summary") summary = item.summary;
      }
    }
  } catch (error) {
    if (error instanceof InputError) return `${error.code} ${error.message}`;
    throw error;
  }
  return { users, summary, plain };
}

/** A user without its blank fields: what a view leaves out the directory fills in, by what the export has. */
function withoutBlanks(user: User): Partial<User> {
  return Object.fromEntries(
    Object.entries(user).filter(([, value]) => value !== "" && value !== undefined && !isEmptyList(value)),
  );
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
