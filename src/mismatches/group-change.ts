import * as z from "zod/mini";
import { addressKey, sortAddresses } from "../model/address.ts";
import type { Severity } from "../model/severity.ts";
import { primarySmtpAddress, smtpAddresses, type User } from "../model/user.ts";
import { PERSON } from "../model/user-view.ts";
import { takenOverBy } from "../predict/group-links.ts";
import { predict, predictionReads } from "../predict/predict.ts";
import { countOf } from "../text/count.ts";
import { contestsOf } from "./definition/contests.ts";
import { defineMismatch, listNames } from "./definition/define-mismatch.ts";
import { referTo } from "./definition/object-reference.ts";

/** The addresses of an online group or contact change, because one of Active Directory takes it over. */
export const groupChange = defineMismatch({
  kind: "group-change",
  severity: "warning",
  remedy: "person",
  needs: { onPremises: ["proxyAddresses"], online: ["proxyAddresses"] },
  reads: predictionReads,
  fields: {
    before: z.string().check(z.describe("The primary SMTP address online now; blank if there is none.")),
    after: z.string().check(z.describe("The primary SMTP address after the run; blank if there is none.")),
    added: z.array(z.string()).check(z.describe("SMTP addresses that it gets, a new primary aside.")),
    removed: z.array(z.string()).check(z.describe("SMTP addresses that it loses.")),
  },
  distinguish: () => [],
  change: ({ before, after }) => ({ before, after }),
  title: (count, severity) => {
    const [one, many] = TITLES[severity];
    return countOf(count, `group or contact ${one}`, `groups and contacts ${many}`);
  },
  explanation:
    "A group or contact of Active Directory takes over the online one that has an address of it: its addresses become those, " +
    "and the members of a group too, which no export shows.",
  advice:
    "Give it the addresses and members in Active Directory that it has online, or keep it out of the synchronization.",
  describe: ({ before, after, added, removed }) =>
    [
      ...(isSame(before, after) ? [] : [`${before || "none"} → ${after || "none"}`]),
      ...(removed.length === 0 ? [] : [`loses ${listNames(removed, (address) => address)}`]),
      ...(added.length === 0 ? [] : [`gets ${listNames(added, (address) => address)}`]),
    ].join("; "),
  over: "everything",
  *find({ onPremises, online, service, tenant, contests: all }) {
    const contests = contestsOf(all);
    for (let index = 0; index < onPremises.size; index++) {
      if (onPremises.table.typeOf(index) === PERSON) continue;
      const held = contests.get(index) ?? new Set<string>();
      // What is refused is told as a collision.
      if (held.size > 0 && service.contested === "refused") continue;
      const user = onPremises.user(index);
      const partner = takenOverBy(user, { directories: { onPremises, online }, service });
      if (partner === undefined) continue;
      const { user: predicted, doubt } = predict(user, partner, tenant);
      const changes = changesOf(partner, predicted, held);
      if (changes === undefined) continue;
      yield {
        ...changes,
        ...(doubt === undefined ? {} : { unsure: doubt.doubt }),
        onPremises: referTo(user),
        online: referTo(partner),
      };
    }
  },
});

const TITLES: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ["gets another primary address", "get another primary address"],
  warning: ["loses addresses", "lose addresses"],
  info: ["gets further addresses", "get further addresses"],
};

function isSame(one: string, other: string): boolean {
  return addressKey(one) === addressKey(other);
}

/** What becomes of the addresses of an online group or contact; `undefined` if all stays. */
function changesOf(online: User, predicted: User, held: ReadonlySet<string>) {
  const before = primarySmtpAddress(online) ?? "";
  const after = primarySmtpAddress(predicted) ?? "";
  const now = smtpAddresses(online);
  const then = smtpAddresses(predicted).filter(({ key }) => !held.has(key));
  const [has, keeps] = [now, then].map((list) => new Set(list.map(({ key }) => key)));
  const added = then.filter(({ key }) => !has?.has(key) && key !== addressKey(after)).map(({ address }) => address);
  const removed = now.filter(({ key }) => !keeps?.has(key)).map(({ address }) => address);
  const moves = !isSame(before, after) && !held.has(addressKey(after));
  if (!moves && added.length + removed.length === 0) return undefined;
  const severity: Severity = moves ? "error" : removed.length > 0 ? "warning" : "info";
  return {
    severity,
    before,
    after: moves ? after : before,
    added: sortAddresses(added),
    removed: sortAddresses(removed),
  };
}
