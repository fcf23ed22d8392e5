import { defineCause } from "./definition/define-cause.ts";

/** Active Directory has not the say over these objects. */
export const ruledElsewhere = defineCause({
  cause: "ruled-elsewhere",
  kinds: ["managed-elsewhere"],
  keyIs: "words",
  keyOf: ({ reason }) => reason,
  title: (reason) => TITLES.get(reason) ?? "Active Directory has not the say over these objects",
  harm: "Whatever is changed for them in Active Directory does not arrive.",
  remedy: () => "Change them where they are managed, or move the say back to Active Directory first.",
});

const TITLES: ReadonlyMap<string, string> = new Map([
  ["cloud-managed", "Managed in the cloud"],
  ["not-synchronized-now", "Bound to Active Directory, and not synchronized now"],
  ["exchange-cloud-managed", "Mail properties that are managed in Exchange Online"],
  ["guest", "Guests"],
]);
