import { defineCause } from "./definition/define-cause.ts";

/** The primary address was changed on one side since the account was activated. */
export const renamedOnOneSide = defineCause({
  cause: "renamed-on-one-side",
  kinds: ["primary-smtp-change"],
  keyIs: "words",
  keyOf: ({ movedBy }) => (movedBy === "online" || movedBy === "on-premises" ? movedBy : undefined),
  title: (side) =>
    side === "online" ? "Renamed online, and not in Active Directory" : "Renamed in Active Directory, and not online",
  harm: "The run gives them the address that Active Directory has; they send mail under it from then on, and are not told.",
  remedy: (side) =>
    side === "online"
      ? "Make the address that they have online the primary one (SMTP:) in Active Directory, unless the rename was a mistake."
      : "The new address in Active Directory is likely meant: tell them before the run, and keep the old one as an alias.",
});
