import { BYTE_ORDER_MARK, writeCsvRow } from "../text/csv-cell.ts";
import type { Notice, Plan } from "./plan.ts";

/** Writes the list of people to be told, ready for a mail merge. */
export function renderNotify({ notices }: Plan): string {
  const header = ["name", "old address", "new address", "old sign-in", "new sign-in", "what to do"];
  const rows = notices.map((notice) => [
    notice.name,
    notice.addressBefore,
    notice.addressAfter,
    notice.signInBefore,
    notice.signInAfter,
    advise(notice),
  ]);
  return BYTE_ORDER_MARK + [header, ...rows].map(writeCsvRow).join("");
}

function advise({ side, addressBefore, addressAfter, signInBefore, signInAfter }: Notice): string {
  const sentences = [
    ...(addressBefore === addressAfter ? [] : [`Mail goes out under ${addressAfter}: tell those who write to you.`]),
    ...(signInBefore === signInAfter
      ? []
      : [
          side === "online"
            ? `Sign in with ${signInAfter} on every device.`
            : `Log on in the office with ${signInAfter}.`,
        ]),
  ];
  return sentences.join(" ");
}
