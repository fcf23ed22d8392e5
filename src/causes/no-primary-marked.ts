import { defineCause } from "./definition/define-cause.ts";

/** Addresses of which none, or more than one, is marked as the primary. */
export const noPrimaryMarked = defineCause({
  cause: "no-primary-marked",
  kinds: ["primary-smtp-missing", "primary-smtp-multiple", "primary-smtp-unsure"],
  keyIs: "words",
  keyOf: () => "",
  title: () => "No address, or more than one, is marked as the primary one",
  harm: "Nobody can say from which address these people will send mail.",
  remedy: () => "Mark one address of each as the primary (SMTP: in capitals) in proxyAddresses.",
});
