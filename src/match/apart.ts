import type { Directory } from "../directory/directory.ts";
import { codeSet } from "../directory/user-row.ts";
import { fields } from "../model/fields.ts";
import { fieldCodes, stateOf, UserView, YES } from "../model/user-view.ts";
import type { ApartPair } from "./alignment.ts";
import { firstEntryOf } from "./linked-groups.ts";
import type { Pairs } from "./pairs.ts";

const READ = codeSet([fieldCodes.immutableId, fieldCodes.lastSyncTime]);

/**
 * Takes from the pairs those whose online user Active Directory does not rule.
 *
 * The source of authority was moved to the cloud: it is not read any more (entra-docs, how-to-user-source-of-authority-configure).
 * Or the user has an ImmutableId and is not synchronized, while most of those who are matched are: it has left the scope and was
 * restored, or was moved to the cloud, which is inferred. Where hardly anybody is synchronized that says nothing: it is the
 * first run, or it was switched off.
 */
export function setApart(pairs: Pairs, online: Directory): readonly ApartPair[] {
  const showsState = online.fields.has("isSynchronized");
  const tells = showsState || online.table.countOf(fieldCodes.lastSyncTime) > 0;
  if (!tells && !online.fields.has("isCloudManaged")) return [];
  const managed: ApartPair[] = [];
  const unsynchronized: ApartPair[] = [];
  const view = new UserView();
  let synchronized = 0;
  const has = (code: number): boolean => firstEntryOf(view, [code]) >= 0;
  for (const { onPremises, online: index } of pairs) {
    online.table.showOnly(index, READ, view);
    const isSynchronized = showsState
      ? stateOf(view.states, fields.isSynchronized.code) === YES
      : has(fieldCodes.lastSyncTime);
    if (stateOf(view.states, fields.isCloudManaged.code) === YES) {
      managed.push({ onPremises, online: index, reason: "cloud-managed" });
    } else if (isSynchronized) synchronized++;
    else if (tells && has(fieldCodes.immutableId)) {
      unsynchronized.push({ onPremises, online: index, reason: "not-synchronized-now" });
    }
  }
  const apart = synchronized < unsynchronized.length || synchronized === 0 ? managed : [...managed, ...unsynchronized];
  for (const { onPremises } of apart) pairs.remove(onPremises);
  return apart;
}
