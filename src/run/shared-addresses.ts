import { NO_ADDRESS } from "../directory/address-index.ts";
import type { Directory } from "../directory/directory.ts";
import { DomainFacts } from "../directory/domain-facts.ts";
import { isSmtpAddress, UserOutline } from "../directory/user-row.ts";
import { findGalContacts } from "../match/gal-contacts.ts";
import { isDiscardedDomain } from "../model/address.ts";
import { findSharedChats } from "../predict/chat-addresses.ts";

/**
 * Tells which objects of a directory bring an SMTP address that another one of it brings too, and that no service discards; or a chat
 * address.
 */
export class SharedAddresses {
  readonly #directory: Directory;
  readonly #isDiscarded: DomainFacts<boolean>;
  readonly #galContacts: ReadonlySet<number>;
  readonly #ofChat: ReadonlySet<number>;
  readonly #outline = new UserOutline();

  constructor(directory: Directory) {
    this.#directory = directory;
    this.#galContacts = findGalContacts(directory);
    this.#ofChat = new Set([...findSharedChats(directory).values()].flat());
    this.#isDiscarded = new DomainFacts(directory.addresses, isDiscardedDomain);
  }

  /** Whether the object at an index brings one. */
  areOf(index: number): boolean {
    if (this.#ofChat.has(index)) return true;
    const { addresses, table } = this.#directory;
    const outline = table.outline(index, this.#outline);
    for (let entry = 0; entry < outline.entries; entry++) {
      const number = outline.numbers[entry] ?? NO_ADDRESS;
      if (!isSmtpAddress(outline, entry) || number < 0) continue;
      if (!addresses.isHeldOnlyBy(number, index) && !this.#isDiscarded.of(number) && this.#isShared(number, index))
        return true;
    }
    return false;
  }

  #isShared(number: number, own: number): boolean {
    let isShared = false;
    this.#directory.addresses.forEachHolder(number, (index) => {
      isShared ||= index !== own && !this.#galContacts.has(index);
    });
    return isShared;
  }
}
