import { defineCause } from "./definition/define-cause.ts";

/** Two objects claim one address, or one sign-in name. */
export const oneAddressTwoObjects = defineCause({
  cause: "one-address-two-objects",
  kinds: ["duplicate-address", "duplicate-upn", "address-collision"],
  keyIs: "words",
  keyOf: (mismatch) => (mismatch.kind === "address-collision" && mismatch.because === "leftover" ? undefined : ""),
  title: () => "One address, or one sign-in name, on two objects",
  harm: "The service takes it from one of them, or refuses one: somebody does not get the name or the mail that is meant for them.",
  remedy: () => "Decide who keeps it, and take it from the other before the run.",
});
