import type { OptionRows } from "../model/option.ts";
import { options } from "../options.ts";
import { planOptions } from "../plan/plan.ts";
import { scriptOptions } from "../plan/powershell.ts";

/** An option that the page offers, as plain data. */
export interface PageOption {
  readonly name: string;
  readonly label: string;
  /** What can be chosen; the first is chosen at first. */
  readonly values: readonly string[];
}

/**
 * The options that the page offers. Read while bundling (inline-modules.config.ts): the page needs the choices, and not the
 * schemas, which check what it sends to the worker.
 */
export const pageOptions = {
  analysis: offered(options),
  plan: offered({ ...planOptions, ...scriptOptions }),
};

function offered(rows: OptionRows): readonly PageOption[] {
  return Object.entries(rows).flatMap(([name, { label = name, page: values }]) =>
    values === undefined ? [] : [{ name, label, values }],
  );
}
