import type { Directory } from "../directory/directory.ts";
import { codeSet } from "../directory/user-row.ts";
import type { TextField } from "../model/fields.ts";
import type { User } from "../model/user.ts";
import { fieldCodes, PERSON, UserView } from "../model/user-view.ts";
import { largest } from "../text/largest.ts";
import { firstEntryOf, indexAnchors } from "./linked-groups.ts";

/** An attribute that may be the source anchor, and the fields that have it, the first of which that is not blank counts. */
interface Candidate {
  readonly attribute: string;
  readonly fields: readonly TextField[];
}

/**
 * The attributes that are the source anchor as a rule, the most usual first. Of mS-DS-ConsistencyGuid the synchronization writes
 * objectGUID into it where it is empty; groups and contacts have no other anchor than objectGUID.
 *
 * Source: entra-docs, plan-connect-design-concepts.
 */
const CANDIDATES: readonly Candidate[] = [
  { attribute: "objectGUID", fields: ["sourceAnchor"] },
  { attribute: "mS-DS-ConsistencyGuid", fields: ["consistencyGuid", "sourceAnchor"] },
  { attribute: "employeeID", fields: ["employeeId"] },
];

/** The source anchor of a tenant, told from its ImmutableIds. */
export interface ToldAnchor {
  readonly attribute: string;
  /** The on-premises objects, whose `sourceAnchor` is that. */
  readonly directory: Directory;
  /** Of how many people the ImmutableId is a value of it. */
  readonly hits: number;
}

/**
 * Tells which attribute is the source anchor: once for the tenant and never by object, the one of which the most ImmutableIds are
 * values. `undefined` where nothing but objectGUID can be it, or no ImmutableId is a value of any.
 */
export function tellAnchor(onPremises: Directory, online: Directory): ToldAnchor | undefined {
  const candidates = CANDIDATES.filter(
    ({ fields: [first] }) => first && onPremises.table.countOf(fieldCodes[first]) > 0,
  );
  if (candidates.every(({ attribute }) => attribute === "objectGUID")) return undefined;
  const everybody = new Uint8Array(online.size).fill(1);
  const index = indexAnchors(everybody, online);
  if (index.size === 0) return undefined;
  const hits = countHits(onPremises, candidates, (bytes, start, end) => index.find(bytes, start, end) >= 0);
  const most = largest(hits);
  const best = candidates[hits.indexOf(most)];
  if (best === undefined || most === 0) return undefined;
  const { attribute, fields } = best;
  return { attribute, directory: withAnchor(onPremises, fields), hits: most };
}

function countHits(
  { size, table }: Directory,
  candidates: readonly Candidate[],
  isThere: (bytes: Uint8Array, start: number, end: number) => boolean,
): readonly number[] {
  const codes = candidates.map(({ fields }) => fields.map((field) => fieldCodes[field]));
  const wanted = codeSet(codes.flat());
  const view = new UserView();
  const hits = candidates.map(() => 0);
  for (let index = 0; index < size; index++) {
    if (table.typeOf(index) !== PERSON) continue;
    table.showOnly(index, wanted, view);
    codes.forEach((own, candidate) => {
      const entry = firstEntryOf(view, own);
      if (entry < 0 || !isThere(view.bytes, view.starts[entry] ?? 0, view.starts[entry + 1] ?? 0)) return;
      hits[candidate] = (hits[candidate] ?? 0) + 1;
    });
  }
  return hits;
}

/** The same objects, whose anchor is another of their fields. */
function withAnchor(directory: Directory, anchorFields: readonly TextField[]): Directory {
  if (anchorFields.length === 1 && anchorFields[0] === "sourceAnchor") return directory;
  let last: User | undefined;
  let anchored: User | undefined;
  return {
    ...directory,
    anchorFields,
    fields: new Set([...directory.fields, "sourceAnchor"]),
    user: (index) => {
      const user = directory.user(index);
      if (user !== last || anchored === undefined) {
        last = user;
        const anchor = anchorFields.map((field) => user[field]).find((value) => value !== undefined && value !== "");
        anchored = user.type === "user" ? { ...user, sourceAnchor: anchor ?? "" } : user;
      }
      return anchored;
    },
  };
}
