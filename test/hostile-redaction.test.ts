import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  type Analysis,
  analysisJsonSchema,
  analysisSchema,
  analyze,
  authorities,
  type LiveAnalysis,
  type Mismatch,
  type MismatchKindDeclaration,
  mismatchKinds,
  planRemedies,
  redact,
  renderDecisions,
  renderReport,
  reportFormats,
} from "../src/index.ts";
import { renderPlanFiles } from "../src/plan/plan-files.ts";
import { hostileStrings } from "./hostile-strings.ts";
import { online } from "./reading.ts";
import { inSmall } from "./real-parts.ts";

/** Every hostile string, in every shape in which it could stand in a field. */
function* shapesOf(text: string): Generator<string> {
  yield text;
  yield `smtp:a@qwzxv.contoso.com (${text})`;
  yield `SMTP:${text}@qwzxv.contoso.com`;
  yield `smtp:a@${text}`;
  yield `a@contoso.${text}`;
  yield `a@b@${text}`;
  yield `${text}@<initial domain>`;
  yield `${text}:a@qwzxv.contoso.com`;
  yield `smtp:smtp:${text}`;
  yield `X500:/o=Zzyqw/cn=${text}`;
  yield `CN=${text},OU=${text},DC=qwzxv,DC=com`;
  yield `CN="${text}, Yqwzx",OU=Vwqzx,DC=qwzxv,DC=com`;
  yield `CN=Yxqwz, ${text},OU=Vwqzx,DC=qwzxv,DC=com`;
  yield `E=a@qwzxv.contoso.com,OU=${text},DC=${text}`;
  yield `CN=a+OU=${text},DC=qwzxv,DC=com`;
  yield `${text}=x,DC=qwzxv,DC=com`;
  yield `CN=a\\0ACNF:${text},DC=qwzxv,DC=com`;
  yield `00112233-4455-6677-8899-aabbccddeeff${text}`;
  yield `MyIRAFVEd2aImaq7zN3u/w==${text}`;
  yield `utf-8 ${text}`;
  yield `ldif ${text}`;
  yield `it occurs in 5 online addresses ${text}`;
  yield `12 more like this, the last on line 5: ${text}`;
}

/** Texts in every field that takes one, and one of the words, of a schema. */
function fill(schema: z.core.$ZodType | undefined, text: string): unknown {
  if (schema instanceof z.ZodMiniOptional) return fill(schema.def.innerType, text);
  if (schema instanceof z.ZodMiniArray) return [fill(schema.def.element, text), fill(schema.def.element, text)];
  if (schema instanceof z.ZodMiniObject) {
    return Object.fromEntries(Object.entries(schema.def.shape).map(([key, own]) => [key, fill(own, text)]));
  }
  if (schema instanceof z.ZodMiniDiscriminatedUnion) return fill(schema.def.options[0], text);
  if (schema instanceof z.ZodMiniRecord) return { "upn-change": 1, [text]: 1 };
  if (schema instanceof z.ZodMiniEnum) return Object.values(schema.def.entries)[0];
  if (schema instanceof z.ZodMiniLiteral) return schema.def.values[0];
  if (schema instanceof z.ZodMiniBoolean) return true;
  return schema instanceof z.ZodMiniNumber ? 1 : text;
}

/** An analysis all of whose texts are these, in every kind; its types are not what the compiler believes. */
function documentOf(
  texts: readonly string[],
  kindsOf: (index: number) => readonly (MismatchKindDeclaration | undefined)[],
): Analysis {
  const { inputs, notChecked, softMatchDependent, ...shape } = analysisSchema.shape;
  const mismatches = texts.flatMap((text, index) =>
    kindsOf(index).map((declaration) => fill(declaration?.schema, text) as Mismatch),
  );
  // Of the lists that no finding is in a few hundred will do.
  const few = texts.filter((_, index) => index % Math.ceil(texts.length / 300) === 0);
  const all = (list: z.core.$ZodType): unknown[] =>
    few.flatMap((text) => {
      const filled = fill(list, text);
      return Array.isArray(filled) ? filled : [];
    });
  return {
    ...(fill(z.object(shape), texts[0] ?? "") as Analysis),
    inputs: all(inputs) as unknown as Analysis["inputs"],
    settings: {
      ...(fill(shape.settings, texts[0] ?? "") as Analysis["settings"]),
      verifiedDomains: [...few],
      initialDomain: texts.at(-1) ?? "",
      inferred: few.map((from) => ({ setting: "service" as const, from })),
    },
    notChecked: all(notChecked) as unknown as Analysis["notChecked"],
    softMatchDependent: all(softMatchDependent) as unknown as Analysis["softMatchDependent"],
    accepted: { hidden: 1, gone: mismatches.slice(0, 500) },
    mismatches,
  };
}

/** Two companies whose users, groups and contacts have the texts in every attribute, some of them linked by an address. */
function companyWith(texts: readonly string[]): Promise<LiveAnalysis> {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const records = texts.map((text, index) => {
    const lines = [
      "displayName",
      "mail",
      "mailNickname",
      "sAMAccountName",
      "targetAddress",
      "msRTCSIP-PrimaryUserAddress",
    ]
      .map((name) => (text === "" ? "" : `${name}:: ${base64(text)}\n`))
      .join("");
    const own = `${lines}userPrincipalName:: ${base64(`${text}@fabrikam.com`)}\nproxyAddresses:: ${base64(`smtp:${text}`)}\n`;
    const name = text.replace(/[,+"\\<>;=\0\r\n]/g, " ").trim();
    const type = ["user", "user", "group", "contact"][index % 4];
    return `dn:: ${base64(`CN=${index} ${name},OU=x ${name},DC=fabrikam,DC=com`)}\nobjectClass: ${type}\n${own}proxyAddresses: SMTP:u${index}@fabrikam.com\nproxyAddresses: smtp:both@fabrikam.com\n`;
  });
  const quoted = texts.map((text) => text.replaceAll('"', '""').replaceAll("\0", ""));
  const rows = quoted.map((text, index) => ({
    UserPrincipalName: `a${index}${text.replace(/[\s;]/g, "")}@fabrikam.com`,
    DisplayName: text,
    ObjectId: `${index}${text}`,
    ImmutableId: `${index}${text}`,
    MSRtcSipPrimaryUserAddress: text,
    ProxyAddresses: `SMTP:a${index}@fabrikam.com;smtp:u${index}@fabrikam.com;smtp:${text.replace(/[\s;]/g, "")}`,
  }));
  return analyze({
    onPremises: [{ name: texts.join(" ").slice(0, 200), data: records.join("\n") }],
    online: [{ name: "fabrikam.csv", data: online(...rows) }],
    softMatch: "both",
  });
}

/** Every part of four letters of the texts. */
function partsOf(texts: readonly string[]): ReadonlySet<string> {
  const parts = new Set<string>();
  for (const text of texts) {
    for (const [run] of text.toLowerCase().matchAll(/\p{L}{4,}/gu)) {
      for (let at = 0; at + 4 <= run.length; at++) parts.add(run.slice(at, at + 4));
    }
  }
  return parts;
}

const PSEUDONYM =
  /(?<![a-z0-9])(?:[pndx]-[a-z2-9]{10}(?![a-z2-9])|d[a-z]{10}(?![a-z])|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9+/]{22}==)/gi;

/** The parts of texts that an output shows; of those of the hostile strings not what it has of its own. */
function leaks(output: string, own: string): readonly string[] {
  const found = partsOf([output.replace(PSEUDONYM, " ")]);
  const known = partsOf([own.replace(PSEUDONYM, " ")]);
  return [
    ...[...hostileParts].filter((part) => found.has(part) && !known.has(part)),
    ...shapeParts.filter((part) => found.has(part)),
  ];
}

async function textOf(analysis: Analysis, format: (typeof reportFormats)[number]): Promise<string> {
  const report = await renderReport(analysis, format, { verbose: true });
  if (typeof report === "string") return report;
  return Object.values(unzipSync(report))
    .map((file) => strFromU8(file).replace(/<[^>]*>/g, " "))
    .join("\n");
}

const key = "a key of this test";
/** The strings whose every shape is tried. */
const strings = inSmall(4, hostileStrings, 3);
const texts = strings.flatMap((text) => [...shapesOf(text)]);
const harmless = strings.flatMap((_, index) => [...shapesOf(String(index))]);
/** Each string in one shape, in turn: the reports are written of what was redacted, whatever it was. */
const isInReports = (_: string, index: number): boolean => index % 24 === 0;
const hostileParts = partsOf(hostileStrings);
/** What the shapes themselves tell. */
const shapeParts = [...partsOf(["qwzxv Yqwzx Yxqwz Vwqzx Zzyqw"])];

const every = () => mismatchKinds;
/** One kind for each text, in turn. */
const inTurn = (index: number) => [mismatchKinds[index % mismatchKinds.length]];

describe("a redacted analysis", () => {
  it("has no part of the text of any field of any kind", () => {
    const some = [...shapesOf("Remove-ADUser"), ...shapesOf("раура1"), ...shapesOf("hasOwnProperty")];
    const document = documentOf(some, every);
    const own = JSON.stringify(redact(documentOf([...shapesOf("1")], every), { key }));
    expect(leaks(JSON.stringify(redact(document, { key })), own)).toEqual([]);
    // The test can fail.
    expect(leaks(JSON.stringify(document), own).length).toBeGreaterThan(20);
  });

  it("has no part of any hostile string in any shape", () => {
    const output = JSON.stringify(redact(documentOf(texts, inTurn), { key }));
    expect(leaks(output, JSON.stringify(redact(documentOf(harmless, inTurn), { key })))).toEqual([]);
  });

  const redacted = redact(documentOf(texts.filter(isInReports), inTurn), { key });
  const own = redact(documentOf(harmless.filter(isInReports), inTurn), { key });

  it.each(reportFormats)("has none in %s", { timeout: 60_000 }, async (format) => {
    expect(leaks(await textOf(redacted, format), await textOf(own, format))).toEqual([]);
  });

  it("has none in the files of a plan, and nobody's name in what it holds", { timeout: 60_000 }, async () => {
    const [hostile, plain] = await Promise.all(
      [strings, strings.map((_, index) => String(index))].map(async (names) =>
        redact(await companyWith(names), { key }),
      ),
    );
    const outputsOf = async (analysis: LiveAnalysis) => {
      const plans = authorities.map((authority) => planRemedies(analysis, { authority }));
      const files = plans.flatMap((plan) => [
        ...Object.values(renderPlanFiles(plan, { dialect: "msol", initialDomain: analysis.settings.initialDomain })),
        renderDecisions(plan),
      ]);
      const { directories, alignment, tenant } = analysis.comparison;
      const users = [directories.onPremises, directories.online].flatMap((directory) =>
        Array.from({ length: directory.size }, (_, index) => directory.user(index)),
      );
      const held = [
        users,
        [...alignment.pairs].map(({ match }) => match),
        alignment.ambiguous,
        [...tenant.verifiedDomains],
      ];
      return [JSON.stringify([analysis, held]), await textOf(analysis, "xlsx"), ...files].join("\n");
    };
    if (hostile === undefined || plain === undefined) throw new Error("nothing was analyzed");
    expect(hostile.mismatches.length).toBeGreaterThan(200);
    const output = await outputsOf(hostile);
    // The words that the schema lists are the program's own, and so are the names of encodings and characters.
    const words = `${JSON.stringify(analysisJsonSchema())} windows-1252 zero width`;
    expect(leaks(output, `${words} ${await outputsOf(plain)}`)).toEqual([]);
    expect(output).not.toMatch(/fabrikam/i);
  });

  it("keeps domains that are asked to be kept, and nothing that is none", () => {
    const { mismatches } = redact(
      documentOf(["smtp:a@contoso.com (Jane Roe)", "a@contoso.com"], () => mismatchKinds),
      {
        key,
        keepDomains: true,
      },
    );
    const text = JSON.stringify(mismatches);
    expect(text).toContain("@contoso.com");
    expect(text).not.toMatch(/jane|roe/i);
  });
});
