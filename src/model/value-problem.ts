import * as z from "zod/mini";

/** A rule that a value breaks. Causes that need different remedies have different names. */
export const valueRuleSchema = z.enum([
  "too-long",
  "local-part-too-long",
  "domain-too-long",
  "label-too-long",
  "blank",
  "white-space",
  "control-character",
  "invalid-character",
  "non-ascii-character",
  "second-colon",
  "no-prefix",
  "nested-prefix",
  "display-form",
  "several-values",
  "no-at-sign",
  "two-at-signs",
  "nothing-before-at",
  "nothing-behind-at",
  "leading-dot",
  "trailing-dot",
  "dot-before-at",
  "double-dot",
  "domain-malformed",
  "not-routable",
  "unverified-domain",
  "not-unique",
  "marked-primary",
  "too-many",
]);

/** A rule that a value breaks. */
export type ValueRule = z.infer<typeof valueRuleSchema>;

/** A rule that a value breaks, and where. */
export const valueProblemSchema = z.object({
  rule: valueRuleSchema,
  where: z.optional(
    z
      .int()
      .check(
        z.minimum(0),
        z.describe(
          "Offset in UTF-16 units of what is at fault: the first character too many, or where a missing part should stand.",
        ),
      ),
  ),
  codePoint: z.optional(z.string().check(z.describe("The character at fault: `U+00E4`."))),
});

/** A rule that a value breaks, and where. */
export type ValueProblem = Readonly<z.infer<typeof valueProblemSchema>>;

/** The problems of a value without any: always the same list. */
export const NO_PROBLEMS: readonly ValueProblem[] = Object.freeze([]);

/** Makes the problem of a character. */
export function characterProblem(rule: ValueRule, text: string, index: number, offset: number): ValueProblem {
  return { rule, where: offset + index, codePoint: nameCodePoint(text.codePointAt(index) ?? 0) };
}

function nameCodePoint(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Makes the problem of a value that is too long: the first character too many is at that offset. */
export function tooLong(where: number): readonly ValueProblem[] {
  return [{ rule: "too-long", where }];
}
