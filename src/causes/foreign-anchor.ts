import { defineCause } from "./definition/define-cause.ts";

/** Online users are bound to an anchor that is another object's, or no anchor of a directory at all. */
export const foreignAnchor = defineCause({
  cause: "foreign-anchor",
  kinds: ["anchor-conflict"],
  keyIs: "words",
  keyOf: ({ isForeign }) => (isForeign ? "federation" : "other object"),
  title: (key) =>
    key === "federation"
      ? "ImmutableIds that a federation, or another program, wrote"
      : "ImmutableIds of objects that are not in the export",
  harm: "The run does not link these people: it refuses them, or makes a second account.",
  remedy: (key) =>
    key === "federation"
      ? "Find out which program writes them; if none does any more, clear them before the run."
      : "Export the domain, or the forest, that they come from; clear the ImmutableId only where that is gone.",
});
