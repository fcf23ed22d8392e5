import * as z from "zod/mini";
import { analysisSchema } from "./analysis.ts";
import { nameCause } from "./causes/definition/explain-findings.ts";
import { causeSchema, causes } from "./causes/index.ts";
import { formats } from "./formats/index.ts";
import { attributeNames } from "./formats/reading/active-directory.ts";
import { formatProxyAddress, parseProxyAddress, proxyAddressSchema } from "./model/address.ts";
import { diagnosticSchema, withoutQuotes } from "./model/diagnostic.ts";
import { sourceAnchorAttributeSchema } from "./model/source-anchor.ts";
import { isReason } from "./model/suggestion-clauses.ts";
import { tool } from "./model/tool.ts";
import { userSchema } from "./model/user.ts";
import { isGround } from "./predict/tenant.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { isKnownEncoding } from "./text/encoding.ts";

/** What stands in place of a text. */
export interface Replacements {
  readonly pseudonyms: Pseudonyms;
  /** What a source is called. */
  readonly fileOf: (name: string) => string;
}

type Redact = (value: unknown) => unknown;

/**
 * Makes what redacts a value of a schema. Numbers, truth values and the words that the schema lists stay; a text is replaced, by
 * what its field is; what the schema does not know is left out.
 */
export function redactorOf(schema: z.core.$ZodType, replacements: Replacements): <Value>(value: Value) => Value {
  // What it gives has the shape of what it was given: the tests hold every kind against its schema.
  return new Compiler(replacements).compile(schema, "") as <Value>(value: Value) => Value;
}

/** Follows a schema once, and not for each value. */
class Compiler {
  readonly #to: Replacements;

  constructor(replacements: Replacements) {
    this.#to = replacements;
  }

  /** `field` is the one in which the value stands. */
  compile(schema: z.core.$ZodType, field: string): Redact {
    if (schema === causeSchema) return this.#cause();
    const whole = WHOLE.get(schema);
    if (whole !== undefined) return (value) => whole(value, this.#to);
    if (schema instanceof z.ZodMiniOptional) {
      const redact = this.compile(schema.def.innerType, field);
      return (value) => (value === undefined ? undefined : redact(value));
    }
    if (schema instanceof z.ZodMiniArray) return this.#list(this.compile(schema.def.element, field));
    if (schema instanceof z.ZodMiniObject) {
      const fields = Object.entries(schema.def.shape);
      return this.#object(new Map(fields.map(([key, own]) => [key, this.compile(own, key)])));
    }
    if (schema instanceof z.ZodMiniDiscriminatedUnion) return this.#union(schema);
    if (schema instanceof z.ZodMiniRecord) {
      const redact = this.compile(schema.def.valueType, field);
      return this.#object(new Map(wordsOf(schema.def.keyType).map((key) => [String(key), redact])));
    }
    return this.#plain(new Set(wordsOf(schema)), TEXTS.get(field) ?? anyText);
  }

  /** The words about a cause are said anew, of its pseudonym. */
  #cause(): Redact {
    const redact = this.compile(z.object(causeSchema.shape), "");
    return (value) => {
      const { data } = causeSchema.safeParse(value);
      const declaration = causes.find(({ cause }) => cause === data?.cause);
      if (data === undefined || declaration === undefined) return undefined;
      const key = redactKey(data.cause, data.key, this.#to);
      const { harm } = declaration;
      return Object.assign(redact(data) as object, {
        key,
        title: declaration.title(key),
        harm,
        remedy: declaration.remedy(key),
      });
    };
  }

  #list(redact: Redact): Redact {
    return (value) => (Array.isArray(value) ? value.map(redact).filter((one) => one !== undefined) : undefined);
  }

  #object(fields: ReadonlyMap<string, Redact>): Redact {
    return (value) => {
      if (typeof value !== "object" || value === null) return undefined;
      const entries = Object.entries(value).flatMap(([key, own]) => {
        const redacted = fields.get(key)?.(own);
        return redacted === undefined ? [] : [[key, redacted] as const];
      });
      return Object.fromEntries(entries);
    };
  }

  /** One of several objects, told by a word. */
  #union({ _zod: { def } }: z.ZodMiniDiscriminatedUnion): Redact {
    const options = new Map<unknown, Redact>();
    for (const option of def.options) {
      if (!(option instanceof z.ZodMiniObject)) continue;
      const redact = this.compile(option, "");
      for (const word of wordsOf(option.def.shape[def.discriminator])) options.set(word, redact);
    }
    return (value) => {
      if (typeof value !== "object" || value === null) return undefined;
      const word = Object.entries(value).find(([key]) => key === def.discriminator)?.[1];
      return options.get(word)?.(value);
    };
  }

  #plain(words: ReadonlySet<unknown>, redactText: RedactText): Redact {
    return (value) => {
      if (typeof value === "string") return words.has(value) ? value : redactText(value, this.#to);
      return typeof value === "number" || typeof value === "boolean" ? value : undefined;
    };
  }
}

/** The words that a schema lists. */
function wordsOf(schema: z.core.$ZodType | undefined): readonly unknown[] {
  if (schema instanceof z.ZodMiniEnum) return Object.values(schema.def.entries);
  return schema instanceof z.ZodMiniLiteral ? schema.def.values : [];
}

const KNOWN_ATTRIBUTES: ReadonlySet<string> = new Set(attributeNames.map((name) => name.toLowerCase()));

/** Keeps the name of an attribute that every directory has: that of another one may name a company. */
function keepAttribute(value: unknown, { pseudonyms }: Replacements): unknown {
  if (typeof value !== "string") return undefined;
  return KNOWN_ATTRIBUTES.has(value.toLowerCase()) ? value : pseudonyms.text(value);
}

/** What is not taken apart but made anew. */
const WHOLE = new Map<z.core.$ZodType, (value: unknown, to: Replacements) => unknown>([
  [analysisSchema.shape.tool, () => tool],
  [sourceAnchorAttributeSchema, keepAttribute],
  [
    diagnosticSchema,
    (value) => {
      const { data } = diagnosticSchema.safeParse(value);
      return data === undefined ? undefined : withoutQuotes(data);
    },
  ],
  [
    proxyAddressSchema,
    (value, { pseudonyms }) => {
      const { data } = proxyAddressSchema.safeParse(value);
      return data === undefined ? undefined : parseProxyAddress(pseudonyms.text(formatProxyAddress(data)));
    },
  ],
]);

type RedactText = (value: string, to: Replacements) => string;

/** The key of a cause: a domain has a pseudonym, words of this program stay. */
function redactKey(name: string, key: string, { pseudonyms }: Replacements): string {
  const declaration = causes.find(({ cause }) => cause === name);
  return declaration?.keyIs === "words" || key === "" ? key : pseudonyms.domain(key);
}

/** The cause that a finding names. */
function redactCauseName(value: string, to: Replacements): string {
  const [, name = "", key = ""] = /^([a-z-]+)(?::(.*))?$/s.exec(value) ?? [];
  const declaration = causes.find(({ cause }) => cause === name);
  return declaration === undefined ? OTHER : nameCause({ cause: declaration.cause, key: redactKey(name, key, to) });
}

const OTHER = "other";
const KNOWN_FIELDS: ReadonlySet<string> = new Set(
  ["primarySmtpAddress", ...Object.keys(userSchema.shape)].map((name) => name.toLowerCase()),
);

const keepField: RedactText = (value) => (value === "" || KNOWN_FIELDS.has(value.toLowerCase()) ? value : OTHER);
const redactDomain: RedactText = (value, { pseudonyms }) => pseudonyms.domain(value);
const anyText: RedactText = (value, { pseudonyms }) => pseudonyms.text(value);

/** A character that is no letter tells nobody; letters, one after the other, would spell a name. */
function hideLetter(value: string): string {
  const code = /^U\+([0-9A-F]{4,5}|10[0-9A-F]{4})$/.exec(value)?.[1];
  const isLetter = code === undefined || /[\p{L}\p{N}\p{M}]/u.test(String.fromCodePoint(Number.parseInt(code, 16)));
  return isLetter ? "U+FFFD" : value;
}

/** What becomes of the texts of a field; those of any other field are taken for what they look like. */
const TEXTS: ReadonlyMap<string, RedactText> = new Map([
  ["attribute", keepField],
  ["cause", redactCauseName],
  ["missing", keepField],
  ["codePoint", (value) => (/^U\+[0-9A-F]{4,6}$/.test(value) ? value : OTHER)],
  // Where the schema lists reasons they are words; a proposal makes a sentence of its own.
  ["reason", (value) => (isReason(value) ? value : OTHER)],
  ["displayName", (value, { pseudonyms }) => pseudonyms.name(value)],
  ["name", (value, { fileOf }) => fileOf(value)],
  ["verifiedDomains", redactDomain],
  ["initialDomain", redactDomain],
  ["codePoint", hideLetter],
  ["format", (value) => (formats.some(({ name }) => name === value) ? value : OTHER)],
  ["encoding", (value) => (isKnownEncoding(value) ? value.trim() : OTHER)],
  ["from", (value) => (isGround(value) ? value : "the exports")],
] satisfies readonly (readonly [string, RedactText])[]);
