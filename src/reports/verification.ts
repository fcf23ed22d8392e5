import { describeRule } from "../predict/rules.ts";
import type { Difference, VerificationStatus, VerifiedPerson } from "../run/verification.ts";
import { countOf } from "../text/count.ts";
import { visible } from "../text/fault.ts";
import type { Verification } from "../verify-run.ts";
import { palette, type TextStyle, wrap } from "./style.ts";

/** More people than these are counted, unless everything is asked for. */
const MOST_PEOPLE = 20;

/** What a status is called, for so many people. */
const STATUSES: Readonly<Record<VerificationStatus, (people: string) => string>> = {
  otherwise: (people) => `${people} otherwise than predicted`,
  "not-yet": (people) => `${people} as before: the run has not changed them yet`,
  "as-predicted": (people) => `${people} as predicted`,
  "not-predicted": (people) => `${people} of whom nothing was predicted, or the export does not show it`,
};

const MARKS: Readonly<Record<VerificationStatus, string>> = {
  otherwise: "✖",
  "not-yet": "·",
  "as-predicted": "✔",
  "not-predicted": "?",
};

const ATTRIBUTES: Readonly<Record<Difference["attribute"], string>> = {
  object: "online user",
  immutableId: "ImmutableId",
  userPrincipalName: "sign-in name",
  primarySmtpAddress: "primary address",
  proxyAddresses: "addresses",
  isEnabled: "sign-in enabled",
};

/** Writes what came true of a prediction: counts, and who came otherwise, with what had led to the prediction. */
export function renderVerification(verification: Verification, style: TextStyle = {}): string {
  const { width = 80, color = false, verbose = false } = style;
  const { counts, people, inputs } = verification;
  const colors = palette(color);
  const wrong = people.filter(({ status }) => status === "otherwise");
  const shown = verbose ? wrong : wrong.slice(0, MOST_PEOPLE);
  const lines = [
    colors.bold(visible(`After the run: ${inputs.map(({ name }) => name).join(", ")}`)),
    "",
    ...statusesOf(counts).map((status) =>
      wrap(`${MARKS[status]} ${STATUSES[status](countOf(counts[status], "person", "people"))}`, width, ""),
    ),
    ...(shown.length === 0 ? [] : ["", colors.bold("Otherwise than predicted")]),
    ...shown.flatMap((person) => renderPerson(person, width, colors.dim)),
    ...(shown.length === wrong.length ? [] : [`  … ${wrong.length - shown.length} more; --verbose lists them all`]),
  ];
  return `${lines.join("\n")}\n`;
}

function statusesOf(counts: Verification["counts"]): readonly VerificationStatus[] {
  return (Object.keys(STATUSES) as VerificationStatus[]).filter((status) => counts[status] > 0);
}

function renderPerson(person: VerifiedPerson, width: number, dim: (text: string) => string): readonly string[] {
  const { userPrincipalName, onPremises, online, outcome, differences = [], rules = [] } = person;
  return [
    wrap(visible(`${userPrincipalName ?? online ?? onPremises} (${outcome})`), width, "  "),
    ...differences.map((difference) => wrap(visible(describeDifference(difference)), width, "    ")),
    ...rules.map((rule) => dim(wrap(`because ${describeRule(rule).says}`, width, "    "))),
  ];
}

function describeDifference({ attribute, predicted, found }: Difference): string {
  const list = (values: readonly string[]): string => (values.length === 0 ? "none" : values.join(" "));
  if (attribute === "proxyAddresses") {
    const lacking = predicted.length === 0 ? [] : [`without ${list(predicted)}`];
    const further = found.length === 0 ? [] : [`with ${list(found)}`];
    return `${ATTRIBUTES[attribute]}: ${[...lacking, ...further].join(", ")}`;
  }
  return `${ATTRIBUTES[attribute]}: predicted ${list(predicted)}, found ${list(found)}`;
}
