import { NO_ADDRESS } from "../directory/address-index.ts";
import type { Directory } from "../directory/directory.ts";
import { DomainFacts } from "../directory/domain-facts.ts";
import { UserOutline } from "../directory/user-row.ts";
import { isDiscardedDomain } from "../model/address.ts";
import { SMTP_ALIAS, SMTP_PRIMARY } from "../model/user-view.ts";

/** Tells which objects of a directory bring an SMTP address that another one of it brings too, and that no service discards. */
export class SharedAddresses {
  readonly #directory: Directory;
  readonly #isDiscarded: DomainFacts<boolean>;
  readonly #outline = new UserOutline();

  constructor(directory: Directory) {
    this.#directory = directory;
    this.#isDiscarded = new DomainFacts(directory.addresses, isDiscardedDomain);
  }

  /** Whether the object at an index brings one. */
  areOf(index: number): boolean {
    const { addresses, table } = this.#directory;
    const { entries, codes, numbers } = table.outline(index, this.#outline);
    for (let entry = 0; entry < entries; entry++) {
      const number = numbers[entry] ?? NO_ADDRESS;
      const isAddress = codes[entry] === SMTP_ALIAS || codes[entry] === SMTP_PRIMARY;
      if (isAddress && number >= 0 && !addresses.isHeldOnlyBy(number, index) && !this.#isDiscarded.of(number))
        return true;
    }
    return false;
  }
}
