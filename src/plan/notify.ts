import { BYTE_ORDER_MARK, writeCsvRow } from "../text/csv-cell.ts";
import type { Notice, Plan } from "./plan.ts";

/** Writes the list of people to be told, ready for a mail merge. */
export function renderNotify(plan: Plan): string {
  return [...renderNotifyPieces(plan)].join("");
}

/** Writes the list of {@link renderNotify} row by row. */
export function* renderNotifyPieces({ notices }: Plan): Generator<string> {
  const header = ["name", "old address", "new address", "old sign-in", "new sign-in", "what to do"];
  yield BYTE_ORDER_MARK + writeCsvRow(header);
  for (const notice of notices) {
    const { name, addressBefore, addressAfter, signInBefore, signInAfter } = notice;
    yield writeCsvRow([name, addressBefore, addressAfter, signInBefore, signInAfter, advise(notice)]);
  }
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
