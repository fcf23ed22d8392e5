import { defineCause } from "./definition/define-cause.ts";

/** Addresses were added online, and never in Active Directory. */
export const aliasesOnlyOnline = defineCause({
  cause: "aliases-only-online",
  kinds: ["alias-removed"],
  keyIs: "words",
  keyOf: () => "",
  title: () => "Addresses that were added online alone",
  harm: "They are lost in the run, and mail to them bounces.",
  remedy: () => "Add to proxyAddresses in Active Directory what is still used.",
});
