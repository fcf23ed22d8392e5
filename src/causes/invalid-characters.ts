import { defineCause } from "./definition/define-cause.ts";

/** Values of Active Directory that a rule of the service refuses. */
export const invalidCharacters = defineCause({
  cause: "invalid-characters",
  kinds: ["invalid-value"],
  keyIs: "words",
  keyOf: ({ attribute, rule, codePoint }) =>
    [attribute, rule, ...(codePoint === undefined ? [] : [codePoint])].join(" "),
  title: (key) => {
    const [attribute = "", rule = "", codePoint] = key.split(" ");
    const character = codePoint === undefined ? "" : ` (${codePoint})`;
    return `Values of ${attribute} that break a rule: ${rule.replaceAll("-", " ")}${character}`;
  },
  harm: "The service refuses such a value, or changes it.",
  remedy: () => "Change the values in Active Directory; where it can be told, a correction is proposed.",
});
