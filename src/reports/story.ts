import type { UserStory } from "../explain-user.ts";
import type { Match } from "../match/match.ts";
import { describeMismatch } from "../mismatches/definition/describe-mismatch.ts";
import type { Mismatch } from "../mismatches/index.ts";
import { addressKey, formatProxyAddress } from "../model/address.ts";
import { placeOf } from "../model/place.ts";
import { primarySmtpAddress, type User } from "../model/user.ts";
import type { OnPremisesOutcome } from "../run/outcome.ts";
import { visible } from "../text/fault.ts";
import { MARKS } from "./before-reading.ts";
import { outcomeWords } from "./outcome-words.ts";
import { padTo, palette, type TextStyle, wrap } from "./style.ts";

const LABEL_WIDTH = 14;
const BASES: Readonly<Record<Match["basis"], string>> = {
  anchor: "the online ImmutableId is the on-premises anchor",
  "primary-to-primary": "both have the same primary address",
  "primary-to-alias": "the on-premises primary address is an alias online",
  alias: "an on-premises alias is an address online; the documents disagree whether that matches or collides",
  upn: "both have the same sign-in name, and no address links them",
};

/** Writes the whole story of one person. */
export function renderStory(story: UserStory, { width = 80, color = false }: TextStyle = {}): string {
  const colors = palette(color);
  const { onPremises, online, baseline, match, rejected, caution, rules, after, mismatches } = story;
  const name = online?.displayName || onPremises?.displayName || (onPremises ?? online)?.id || "";
  const sections = [
    caution === undefined ? [] : [wrap(`${MARKS[caution.severity]} ${visible(caution.message)}`, width, "")],
    [colors.bold(visible(name))],
    renderRecord("On-premises", onPremises, width, colors.bold),
    renderRecord("Online", online, width, colors.bold),
    baseline === undefined ? [] : renderRecord("Online, at activation", baseline, width, colors.bold),
    [colors.bold("Match"), wrap(visible(describeMatch(story, match)), width, "  ")],
    story.outcome === undefined
      ? []
      : [colors.bold("Outcome"), wrap(visible(describeOutcome(story.outcome)), width, "  ")],
    rejected.length === 0
      ? []
      : [
          colors.bold("Rejected"),
          ...rejected.map(({ user, common, reason }) =>
            wrap(visible(`${nameOf(user)} (${placeOf(user.origin)}) has ${common}: ${reason}`), width, "  "),
          ),
        ],
    rules.length === 0
      ? []
      : [
          colors.bold("Rules"),
          ...rules.flatMap(({ says, source }, index) => [
            `  ${index + 1}. ${wrap(says, width, "     ").trimStart()}`,
            colors.dim(wrap(source, width, "     ")),
          ]),
        ],
    renderChange(match === undefined ? undefined : online, after, width, colors.bold),
    [colors.bold("Findings"), ...renderFindings(mismatches, width)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function renderRecord(
  title: string,
  user: User | undefined,
  width: number,
  bold: (text: string) => string,
): readonly string[] {
  if (user === undefined) return [`${bold(title)}  nobody`];
  const fields: readonly (readonly [string, string | undefined])[] = [
    ["id", user.id],
    ["sign-in", user.userPrincipalName],
    ["addresses", user.proxyAddresses?.map(formatProxyAddress).join(" ")],
    ["mail", user.mail],
    ["chat", user.sipAddress],
    ["alias", user.mailNickname],
    ["anchor", user.sourceAnchor ?? user.immutableId],
    ["licensed", user.isLicensed === undefined ? undefined : user.isLicensed ? "yes" : "no"],
  ];
  return [
    `${bold(title)}  ${visible(placeOf(user.origin))}`,
    ...fields.flatMap(([label, text]) =>
      text === undefined ? [] : [renderField(label, text === "" ? "none" : text, width)],
    ),
  ];
}

function renderField(label: string, text: string, width: number): string {
  const indent = " ".repeat(LABEL_WIDTH);
  return `  ${padTo(label, LABEL_WIDTH - 2)}${wrap(visible(text), width, indent).slice(LABEL_WIDTH)}`;
}

function describeMatch({ onPremises, online }: UserStory, match: Match | undefined): string {
  if (match !== undefined) return `${match.method}: ${BASES[match.basis]} (${match.on})`;
  if (onPremises === undefined) return "nobody on-premises is matched; the run leaves the online user alone";
  if (online === undefined) return "nobody online is matched";
  return "the two look like one person, but nothing links them";
}

/** Says what the run does with the on-premises object, and how sure that is. */
function describeOutcome({ outcome, error, heldBack = [], certainty }: OnPremisesOutcome): string {
  const values = heldBack.map(({ value }) => value).join(", ");
  return [
    `${outcome}: ${outcomeWords[outcome]}`,
    ...(error === undefined ? [] : [`the error is ${error}`]),
    ...(values === "" ? [] : [`held back, because somebody else has them: ${values}`]),
    ...(certainty === "documented"
      ? []
      : [certainty === "inferred" ? "inferred, not documented" : "documented nowhere"]),
  ].join("; ");
}

/** Before and after side by side: what stays, what goes, what comes. */
function renderChange(
  before: User | undefined,
  after: User | undefined,
  width: number,
  bold: (text: string) => string,
): readonly string[] {
  if (after === undefined) return [bold("After the run"), "  cannot be predicted"];
  const pairs = [
    ["sign-in", before?.userPrincipalName ?? "", after.userPrincipalName ?? ""],
    ["mail", (before && primarySmtpAddress(before)) ?? "", primarySmtpAddress(after) ?? ""],
  ] as const;
  const lines = pairs.map(([label, old, now]) =>
    renderField(label, old === now ? `${now || "none"} (as it is)` : `${old || "none"} → ${now || "none"}`, width),
  );
  return [
    bold("After the run"),
    ...lines,
    ...compareAddresses(before, after).map((line) => wrap(visible(line), width, "  ")),
  ];
}

function compareAddresses(before: User | undefined, after: User): readonly string[] {
  const keys = (user: User | undefined) =>
    new Map(
      (user?.proxyAddresses ?? []).map((entry) => [
        `${entry.type}:${addressKey(entry.address)}`,
        formatProxyAddress(entry),
      ]),
    );
  const [old, now] = [keys(before), keys(after)];
  return [
    ...Array.from(now, ([key, text]) => {
      const earlier = old.get(key);
      return earlier === undefined ? `+ ${text}` : earlier === text ? `= ${text}` : `± ${earlier} → ${text}`;
    }),
    ...Array.from(old).flatMap(([key, text]) => (now.has(key) ? [] : [`- ${text}`])),
  ];
}

function renderFindings(mismatches: readonly Mismatch[], width: number): readonly string[] {
  if (mismatches.length === 0) return ["  none"];
  return mismatches.map((mismatch) => {
    const text = describeMismatch(mismatch);
    return wrap(visible(`${MARKS[mismatch.severity]} ${mismatch.kind}: ${text}`), width, "  ");
  });
}

function nameOf({ displayName, userPrincipalName, id }: User): string {
  return displayName || userPrincipalName || id;
}
