import type { Directory } from "../directory/directory.ts";
import { addressKey } from "../model/address.ts";
import { isExternal, type Side, type User } from "../model/user.ts";
import type { Service } from "../service/service.ts";
import { chatsOf, findForeignChats, nameChat } from "./chat-addresses.ts";
import { type Collision, findTold, findUndecided, type Known } from "./collisions.ts";
import { isLeftOutToday, sameKind } from "./group-links.ts";
import { predict } from "./predict.ts";
import type { Tenant } from "./tenant.ts";

/**
 * Finds the chat addresses that the run would give to an online object while another one has them: an error, whatever the service
 * (jpazureid/blog on duplicate attributes: resiliency does not cover SipProxyAddress). `others` are the collisions of addresses.
 */
export function findChatCollisions(
  directories: Readonly<Record<Side, Directory>>,
  { tenant, service }: { readonly tenant: Tenant; readonly service: Service },
  known: Known,
  others: readonly Collision[],
): readonly Collision[] {
  const { onPremises, online } = directories;
  const { pairs } = known.alignment;
  const foreign = findForeignChats(directories, pairs);
  if (foreign.length === 0) return [];
  const undecided = findUndecided(onPremises, known);
  const told = findTold(known);
  const same = new Set(
    others.map(({ onPremises: index, holder, address }) => `${index} ${holder} ${nameChat(address)}`),
  );
  const collisions: Collision[] = [];
  for (const { onPremises: index, address, holders } of foreign) {
    const user = onPremises.user(index);
    const partner = pairs.onlineOf(index);
    const present = partner < 0 ? known.returning.get(index) : online.user(partner);
    const isOut = undecided.onPremises.has(index) || isLeftOutToday(user, service);
    if (isOut || !brings(user, present, address, tenant)) continue;
    const linked = new Set(sameKind(user, online).map(({ id }) => id));
    for (const holder of holders) {
      if (undecided.online.has(holder) || linked.has(online.user(holder).id)) continue;
      const counterpart = pairs.onPremisesOf(holder);
      // Where Active Directory has none for the holder, the service gives it one, and it stays.
      const theirs = counterpart < 0 ? [] : chatsOf(onPremises, counterpart);
      const isShared = theirs.includes(address);
      collisions.push({
        onPremises: index,
        holder,
        address,
        isToldElsewhere: isShared || told.has(`${index} ${holder}`) || same.has(`${index} ${holder} ${address}`),
        moves: theirs.length > 0 && !isShared,
        because: "kept",
      });
    }
  }
  return collisions;
}

/** Whether a chat address arrives: that of the attribute of its own, or one of proxyAddresses that is not discarded. */
function brings(user: User, online: User | undefined, address: string, tenant: Tenant): boolean {
  if (online !== undefined && (isExternal(online) || online.isExchangeCloudManaged === true)) return false;
  const { proxyAddresses = [] } = predict(user, online, tenant).user;
  const entries = proxyAddresses.filter(({ type }) => type === "SIP");
  return [user.sipAddress ?? "", ...entries.map((entry) => entry.address)].some(
    (one) => nameChat(addressKey(one)) === address,
  );
}
