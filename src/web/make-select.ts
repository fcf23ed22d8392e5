import { make } from "../reports/html/make-element.ts";

/** A choice of one value. */
export interface Select<Value extends string> {
  readonly element: HTMLSelectElement;
  readonly read: () => Value;
}

/** Makes a choice of values, each with its name; `initial` is chosen first. */
export function makeSelect<Value extends string>(
  id: string,
  initial: Value,
  values: readonly Value[],
  nameOf: (value: Value) => string = String,
): Select<Value> {
  const options = values.map((value) => make("option", { value }, nameOf(value)));
  const element = make("select", { id }, options);
  element.value = initial;
  return { element, read: () => values[element.selectedIndex] ?? initial };
}
