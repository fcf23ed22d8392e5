import { make } from "../reports/html/make-element.ts";
import { makeSelect } from "./make-select.ts";
import type { PageOption } from "./page-options.ts";

/** The part of the page that asks for options. */
export interface OptionForm<Values> {
  readonly labels: readonly HTMLElement[];
  readonly read: () => Values;
}

/** Makes a control for each of some options; the worker checks what they give. */
export function makeOptionForm<Values>(
  options: readonly PageOption[],
  nameOf: (value: string) => string = String,
): OptionForm<Values> {
  const controls = options.map(({ name, label, values }) => ({
    name,
    label,
    select: makeSelect(name, values[0] ?? "", values, nameOf),
  }));
  return {
    labels: controls.map(({ label, select }) => make("label", {}, label, select.element)),
    read: () => Object.fromEntries(controls.map(({ name, select }) => [name, select.read()])) as Values,
  };
}
