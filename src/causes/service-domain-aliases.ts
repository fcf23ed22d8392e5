import { defineCause } from "./definition/define-cause.ts";

/** Addresses in the service's own domains stand in Active Directory, as a hybrid Exchange writes them. */
export const serviceDomainAliases = defineCause({
  cause: "service-domain-aliases",
  kinds: ["address-discarded"],
  keyIs: "words",
  keyOf: ({ reason }) => (reason === "reserved-domain" ? "" : undefined),
  title: () => "Addresses in the service's own domains stand in Active Directory",
  harm: "It does no harm: the service passes them over, and makes its own.",
  remedy: () => "Nothing need be done.",
});
