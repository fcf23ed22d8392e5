import { defineCause } from "./definition/define-cause.ts";

/** People of Active Directory who have no account online. */
export const newPeople = defineCause({
  cause: "new-people",
  kinds: ["unmatched-on-premises"],
  keyIs: "words",
  keyOf: () => "",
  title: () => "New people, who get an account online",
  harm: "None, if they are meant to come.",
  remedy: () => "Look through the list: whoever is not meant to come is taken out of the scope.",
});
