import { type Diagnostic, diagnose } from "../../model/diagnostic.ts";
import type { UserField } from "../../model/fields.ts";
import { countOf } from "../../text/count.ts";
import { excerpt } from "../../text/fault.ts";

/** So many values of a field are told; one more is only counted. */
const MOST_VALUES = 5;

/** Values that were not understood: each is told once, with how often it occurs. */
export class StrangeValues {
  readonly #found = new Map<UserField, Map<string, number>>();

  note(field: UserField, value: string): void {
    const values = this.#found.get(field) ?? new Map<string, number>();
    this.#found.set(field, values);
    const text = values.has(value) || values.size < MOST_VALUES ? value : OTHERS;
    values.set(text, (values.get(text) ?? 0) + 1);
  }

  list(): readonly Diagnostic[] {
    return Array.from(this.#found, ([field, values]) => {
      const told = Array.from(values, ([value, count]) =>
        value === OTHERS ? `others in ${countOf(count, "row")}` : `“${excerpt(value)}” in ${countOf(count, "row")}`,
      );
      return diagnose("values-not-understood", { detail: `${told.join(", ")} (${field})` });
    });
  }
}

/** No value is blank. */
const OTHERS = "";
