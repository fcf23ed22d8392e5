import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { analyze, InputError, renderReport, type Source, streamAnalysis } from "../../src/index.ts";
import { addressKey, formatProxyAddress, parseProxyAddress, parseSmtpAddress } from "../../src/model/address.ts";
import { shapeOf } from "../../src/model/address-shape.ts";
import { readCsv } from "../../src/text/csv.ts";
import { detectCsvDialect } from "../../src/text/csv-dialect.ts";
import { detectEncoding, transcodeToUtf8 } from "../../src/text/encoding.ts";
import { isJson, readJson } from "../../src/text/json.ts";
import { readLdif } from "../../src/text/ldif.ts";
import { type Reading, readEitherWay } from "../both-readers.ts";

/** A part of the program that takes bytes of anybody, and what must be true of it whatever they are. */
export interface FuzzTarget {
  /** Throws if something is not as it must be. */
  readonly check: (bytes: Uint8Array) => Promise<void>;
  /** The endings of the example files to begin with. */
  readonly seeds: RegExp;
}

export const targets: Readonly<Record<string, FuzzTarget>> = {
  ldif: {
    seeds: /\.(ldf|ldif)$/,
    check: (bytes) => sameInPieces(bytes, async (chunks) => (await collect(readLdif(chunks))).flat()),
  },
  csv: {
    seeds: /\.csv$/,
    check: (bytes) =>
      sameInPieces(bytes, async (chunks) => {
        const dialect = detectCsvDialect(new TextDecoder().decode(bytes.subarray(0, 65_536)));
        return dialect === undefined ? [] : (await collect(readCsv(chunks, dialect))).flat();
      }),
  },
  json: {
    seeds: /\.json$/,
    check: async (bytes) => {
      if (!isJson(new TextDecoder().decode(bytes))) return;
      await sameInPieces(bytes, async (chunks) => (await collect(readJson(chunks))).flat());
      await readsWhatTheStandardReads(bytes);
    },
  },
  encoding: { seeds: /\.(csv|ldf|json)$/, check: decodesToUtf8 },
  address: { seeds: /\.address$/, check: async (bytes) => addressHolds(new TextDecoder().decode(bytes)) },
  users: { seeds: /./, check: plainReadersAgree },
  line: { seeds: /./, check: wholeLineHolds },
};

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function* split(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield Uint8Array.from(bytes.subarray(at, at + size));
}

/** A grammar gives the same in one piece and in many. */
async function sameInPieces(
  bytes: Uint8Array,
  read: (chunks: AsyncIterable<Uint8Array>) => Promise<unknown>,
): Promise<void> {
  const whole = await read(split(bytes, Math.max(1, bytes.length)));
  for (const size of [1 + (bytes.length % 13), 64]) deepStrictEqual(await read(split(bytes, size)), whole);
}

/** What is a JSON array of objects by the standard gives as many records. */
async function readsWhatTheStandardReads(bytes: Uint8Array): Promise<void> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return;
  }
  const isObject = (one: unknown) => typeof one === "object" && one !== null && !Array.isArray(one);
  // An object of pages holds others.
  const isPage = (one: unknown) => isObject(one) && Array.isArray((one as { value?: unknown }).value);
  if (!Array.isArray(parsed) || !parsed.every((one) => isObject(one) && !isPage(one))) return;
  const items = (await collect(readJson(split(bytes, 100)))).flat();
  const records = items.filter((item) => item.type === "record" || item.costsRecord === true);
  strictEqual(records.length, parsed.length);
}

/** Whatever the encoding is taken for, what comes out is UTF-8 where it was made by a decoder, and the same in pieces. */
async function decodesToUtf8(bytes: Uint8Array): Promise<void> {
  const encoding = detectEncoding(bytes.subarray(0, 65_536));
  await sameInPieces(bytes, async (chunks) => {
    const faults: unknown[] = [];
    const pieces = await collect(transcodeToUtf8(chunks, encoding, (code) => faults.push(code)));
    return { faults, text: Buffer.concat(pieces).toString("base64") };
  });
}

/** An address is written as it was read, and what is told from bytes is what is told from text. */
function addressHolds(text: string): void {
  const entry = parseProxyAddress(text);
  deepStrictEqual(parseProxyAddress(formatProxyAddress(entry)), entry);
  const parsed = parseSmtpAddress(text);
  if (parsed !== undefined) {
    strictEqual(parsed.key, addressKey(parsed.key));
    strictEqual(parseSmtpAddress(parsed.key)?.key, parsed.key);
  }
  const bytes = new TextEncoder().encode(text);
  const shape = shapeOf(bytes, 0, bytes.length);
  if (shape === "address") ok(parsed !== undefined, "bytes say that it is an address, and the text says no");
  if (shape === "none")
    ok(parseSmtpAddress(text.trim()) === undefined, "bytes say that it is none, and the text says yes");
}

/** Plain records read from bytes give what the other readers give. */
async function plainReadersAgree(bytes: Uint8Array): Promise<void> {
  const { plain: _, ...slow } = asObject(await readEitherWay({ name: "export", data: bytes }, false));
  const pieces = await collect(split(bytes, 1 + (bytes.length % 97)));
  for (const data of [bytes, pieces]) {
    const { plain: __, ...quick } = asObject(await readEitherWay({ name: "export", data }, true));
    deepStrictEqual(quick, slow);
  }
}

function asObject(reading: Reading | string): Partial<Reading> & { readonly refused?: string } {
  return typeof reading === "string" ? { refused: reading } : reading;
}

const OTHER_SIDES: readonly Readonly<Record<"onPremises" | "online", Source>>[] = [
  {
    onPremises: {
      name: "ad.ldf",
      data: "dn: CN=Ana,DC=contoso,DC=com\nobjectClass: user\nuserPrincipalName: ana@contoso.com\nmail: ana@contoso.com\nproxyAddresses: SMTP:ana@contoso.com\nproxyAddresses: smtp:a@contoso.com\n",
    },
    online: {
      name: "users.csv",
      data: "UserPrincipalName,ObjectId,ProxyAddresses\na@contoso.com,1,SMTP:a@contoso.com;smtp:ana@contoso.com;smtp:a@contoso.onmicrosoft.com\n",
    },
  },
];

/** The whole line refuses what it is given, or gives an analysis that every report can write; held or streamed, it is the same. */
async function wholeLineHolds(bytes: Uint8Array): Promise<void> {
  const own: Source = { name: "export", data: bytes };
  for (const { onPremises, online } of OTHER_SIDES) {
    for (const sides of [
      { onPremises: [own], online: [online] },
      { onPremises: [onPremises], online: [own] },
    ]) {
      try {
        const analysis = await analyze(sides);
        for (const format of ["text", "json", "csv", "markdown"] as const)
          ok(renderReport(analysis, format).length > 0);
        deepStrictEqual([...(await streamAnalysis(sides)).mismatches], analysis.mismatches);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
      }
    }
  }
}
