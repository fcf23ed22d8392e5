import * as z from "zod/mini";
import { hasMethod, type OptionRows, type OptionsOf, type SettledOf } from "../../model/option.ts";
import { sourceAnchorAttributeSchema, TOLD_ANCHOR, usualSourceAnchors } from "../../model/source-anchor.ts";

/** How far reading has come. */
export interface ReadProgress {
  readonly source: string;
  readonly bytesRead: number;
  readonly bytesTotal: number | undefined;
  readonly users: number;
}

/** A distinguished name. */
const unitSchema = z
  .string()
  .check(z.regex(/^\s*[^=,\s]+\s*=/, "a distinguished name, such as OU=Sales,DC=contoso,DC=com"));

const POSITIVE = "a whole number from 1 on";

/** The options of reading: how to read a source. */
export const readingOptions = {
  /**
   * The attribute of Active Directory that is the online ImmutableId: any text as it is, bytes as base64. `told`: the one of which
   * the most ImmutableIds are values.
   */
  sourceAnchor: {
    schema: sourceAnchorAttributeSchema,
    default: TOLD_ANCHOR,
    about:
      "the attribute that is the online ImmutableId, text as it is and bytes as base64; told: the one of which the most ImmutableIds are values",
    flag: "--source-anchor <attribute>",
    label: "Source anchor",
    page: [TOLD_ANCHOR, ...usualSourceAnchors],
    setting: true,
  },
  /** The attribute of Active Directory that is the sign-in name. */
  upnSource: {
    schema: sourceAnchorAttributeSchema,
    default: "userPrincipalName",
    about: "the attribute that is the sign-in name (alternate login ID), such as mail",
    flag: "--upn-source <attribute>",
    label: "UPN source",
    setting: true,
  },
  /** The organisational units that are synchronized, as distinguished names; without any all are. */
  includeOu: {
    schema: z.array(unitSchema),
    default: [],
    about: "only what lies in these organisational units is synchronized",
    flag: "--include-ou <dn...>",
    label: "Units synchronized",
    setting: true,
  },
  /** The organisational units that are not synchronized, as distinguished names; they count more than those that are. */
  excludeOu: {
    schema: z.array(unitSchema),
    default: [],
    about: "what lies in these organisational units is not synchronized",
    flag: "--exclude-ou <dn...>",
    label: "Units not synchronized",
    setting: true,
  },
  /** Keep objects that the synchronization leaves out by default: critical system objects, system mailboxes and the like. */
  includeSystemObjects: {
    schema: z.boolean(),
    default: false,
    about: "keep objects that the synchronization leaves out by default",
    flag: "--include-system-objects",
    label: "System objects kept",
    setting: true,
  },
  /**
   * Whether LDIF was made without proxyAddresses, where it shows none. It is taken for that of a company in which nobody has any, if it
   * has `mail`: LDIF shows no attribute without a value.
   */
  lacksProxyAddresses: {
    schema: z.boolean(),
    default: false,
    about: "where LDIF shows no proxyAddresses, it was made without them: nothing is said of addresses",
    flag: "--lacks-proxy-addresses",
    label: "Made without proxyAddresses",
    setting: true,
  },
  /**
   * What the columns of lists of one's own are for: `userPrincipalName=Login, smtpAddresses=Mail 2+Mail 3`, of whichever source has
   * these columns, or of the one that is named before: `"users.csv": …`. It overrules what the columns are called.
   */
  columns: {
    schema: z.array(z.string()),
    default: [],
    about:
      "what the columns of own lists are for: FIELD=COLUMN, FIELD=COLUMN+COLUMN …, or a JSON file that says so for each source; inspect proposes it",
    flag: "--columns <choice...>",
    label: "Columns",
    setting: true,
  },
  /**
   * How many sources are read at once at most. Files of `openFile` are read in threads of their own: by default those of more
   * than 32 MiB, as many at once as there are processors; if a number is given those of more than 1 MiB. Where there are two
   * processors for each of them, each is read in two threads. Everything else is read in the calling thread, one source
   * after the other. 1: no thread. The result is the same.
   */
  concurrency: {
    schema: z.int(POSITIVE).check(z.minimum(1, POSITIVE)),
    otherwise: "large ones, as many as there are processors",
    about: "how many files are read at once, each in a thread; 1: no thread",
    flag: "--concurrency <number>",
  },
  /** Ends reading with the signal's reason. */
  signal: {
    schema: z.custom<AbortSignal>((value) => hasMethod(value, "throwIfAborted"), "an AbortSignal"),
    about: "ends reading with its reason",
  },
  /** Called as reading goes on. */
  onProgress: {
    schema: z.custom<(progress: ReadProgress) => void>((value) => typeof value === "function", "a function"),
    about: "called as reading goes on",
  },
} satisfies OptionRows;

/** The options of reading a source, or only its beginning: enough to know it by, and too little to analyze. */
export const partialReadingOptions = {
  ...readingOptions,
  /** Ends reading at the first record behind so many bytes (of the file as it is, compressed or not); default never. */
  maxBytes: {
    schema: z.number("a number of bytes"),
    otherwise: "never",
    about: "ends reading at the first record behind so many bytes",
  },
} satisfies OptionRows;

/** How to read a source. */
export interface ReadOptions extends OptionsOf<typeof readingOptions> {}

/** How to read a source, or only its beginning: enough to know it by, and too little to analyze. */
export interface PartialReadOptions extends OptionsOf<typeof partialReadingOptions> {}

/** How a source is read: the options that have a value always, all of them plain data. */
export interface ReadingSettings extends SettledOf<typeof readingOptions> {}
