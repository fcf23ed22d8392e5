import * as z from "zod/mini";
import { findSharedTexts } from "../directory/shared-texts.ts";
import { fieldCodes, PERSON } from "../model/user-view.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch, listNames } from "./definition/define-mismatch.ts";
import { objectReferenceSchema, referTo } from "./definition/object-reference.ts";

/** Two users have one sign-in name. */
export const duplicateUpn = defineMismatch({
  kind: "duplicate-upn",
  severity: "error",
  remedy: "person",
  needs: { onPremises: ["userPrincipalName"] },
  alone: ["onPremises", "online"],
  reads: ["userPrincipalName"],
  fields: {
    userPrincipalName: z.string().check(z.describe("The UPN, in lower case.")),
    objects: z.array(objectReferenceSchema).check(z.minLength(2), z.describe("The users that have it.")),
  },
  distinguish: ({ userPrincipalName }) => [userPrincipalName],
  change: "none",
  title: (count) => countOf(count, "sign-in name belongs to several users", "sign-in names belong to several users"),
  explanation:
    "Several users have the same UPN, in one forest or in several; the run takes the one that comes first and " +
    "gives an error or an invented sign-in name to the others.",
  advice: "Give each user a UPN of its own, before the run.",
  describe: ({ userPrincipalName, objects }) =>
    `${userPrincipalName}: ${listNames(objects, ({ displayName, id }) => displayName ?? id)}`,
  over: "everything",
  *find({ onPremises, online, alone }) {
    const { table, user } = alone === "online" ? online : onPremises;
    const isPerson = (index: number) => table.typeOf(index) === PERSON;
    for (const [userPrincipalName, indexes] of findSharedTexts(table, fieldCodes.userPrincipalName, isPerson)) {
      const objects = indexes.map((index) => referTo(user(index)));
      yield { userPrincipalName, objects: objects.sort((one, other) => (one.id < other.id ? -1 : 1)) };
    }
  },
});
