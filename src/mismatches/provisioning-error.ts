import * as z from "zod/mini";
import { provisioningErrorsOf } from "../model/provisioning-errors.ts";
import { countOf } from "../text/count.ts";
import { defineMismatch } from "./definition/define-mismatch.ts";

/** The export carries what an earlier run could not take over. */
export const provisioningError = defineMismatch({
  kind: "provisioning-error",
  severity: "error",
  remedy: "person",
  needs: {},
  alone: ["online"],
  reads: ["provisioningErrors"],
  fields: {
    attribute: z.string().check(z.describe("As the service calls it; blank if the export does not tell.")),
    value: z.string().check(z.describe("What it could not take over, as it reports it.")),
    since: z.string().check(z.describe("When it occurred, as exported; blank if the export does not tell.")),
  },
  distinguish: ({ attribute, value }) => [attribute, value],
  change: "none",
  title: (count) =>
    countOf(count, "value is held back by the service already", "values are held back by the service already"),
  explanation: "An earlier run could not take the value over; no further run does while somebody else has it.",
  advice: "Take it from whoever has it, perhaps an account with four digits in its name; it then arrives by itself.",
  describe: ({ attribute, value, since }) => {
    const what = [attribute, value].filter((text) => text !== "").join(" ");
    return `the service holds back ${what}${since === "" ? "" : ` since ${since.slice(0, "2026-01-01".length)}`}`;
  },
  over: "people",
  *find({ side, user }) {
    if (side === "online") yield* provisioningErrorsOf(user);
  },
});
