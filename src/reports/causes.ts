import type { Analysis } from "../analysis.ts";
import type { Cause } from "../causes/index.ts";
import { nameObject } from "../mismatches/definition/describe-mismatch.ts";
import { countOf, formatNumber } from "../text/count.ts";

/** A cause in words, without the marks of a format; names come from exports and are to be escaped. */
export interface SaidCause {
  readonly cause: Cause;
  /** `The UPN suffix contoso.local is no verified domain of the tenant: 1,197 people`. */
  readonly title: string;
  /** Some of those whom it concerns, and how many more there are. */
  readonly whom: string;
}

/** Says the causes that explain more than one finding: what comes alone is told as a finding. */
export function sayCauses({ causes }: Pick<Analysis, "causes">): readonly SaidCause[] {
  return causes
    .filter(({ findings }) => findings > 1)
    .map((cause) => {
      const { title, people, examples } = cause;
      const more = people - examples.length;
      const names = examples.map(nameObject);
      return {
        cause,
        title: `${title}: ${countOf(people, "person", "people")}`,
        whom: more > 0 ? `${names.join(", ")} and ${formatNumber(more)} more` : names.join(", "),
      };
    });
}
