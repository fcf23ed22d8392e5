import { hmac } from "@noble/hashes/hmac";
import { sha256 } from "@noble/hashes/sha2";
import type { Analysis, Input, Settings } from "./analysis.ts";
import { createDirectory, type Directory } from "./directory/directory.ts";
import { holdUsers, isLive, type LiveAnalysis } from "./live-analysis.ts";
import type { Mismatch } from "./mismatches/index.ts";
import { formatProxyAddress, parseProxyAddress, parseSmtpAddress } from "./model/address.ts";
import { diagnose } from "./model/diagnostic.ts";
import type { User } from "./model/user.ts";
import { encodeBase64 } from "./text/base64.ts";

/** How to redact. */
export interface RedactOptions {
  /** What the pseudonyms depend on: the same key gives the same ones. Make it up at random, and keep it to yourself. */
  readonly key: string;
  /** Whether mail domains stay as they are; default false. */
  readonly keepDomains?: boolean;
}

/** Fields of findings that are words of this program and none of a directory. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  "anySmtp",
  "attribute",
  "basis",
  "code",
  "kind",
  "likeness",
  "method",
  "movedBy",
  "movedByFrom",
  "primarySmtp",
  "reason",
  "rule",
  "severity",
  "side",
  "type",
]);

/**
 * Replaces names, addresses, ids and distinguished names by pseudonyms, so that a report can be shared. Counts, kinds and
 * relations stay: the same text has the same pseudonym everywhere, two addresses that differ in case only still do, and
 * what is malformed stays malformed. Files are named by their side; diagnostics lose what they quote.
 *
 * Pseudonyms are HMAC-SHA-256 of the text in lower case under the key, cut to 40 bits: nobody without the key can try names.
 */
export function redact(analysis: LiveAnalysis, options: RedactOptions): LiveAnalysis;
export function redact(analysis: Analysis, options: RedactOptions): Analysis;
export function redact(analysis: Analysis, options: RedactOptions): Analysis {
  const pseudonyms = new Pseudonyms(options);
  const files = new Map(
    analysis.inputs.map(({ name, side }, index) => {
      const number = analysis.inputs.slice(0, index + 1).filter((input) => input.side === side).length;
      return [name, `${side === "onPremises" ? "on-premises" : side}-${number}`] as const;
    }),
  );
  const fileOf = (name: string): string => files.get(name) ?? "file";
  const walk = (value: unknown, field: string): unknown => {
    if (typeof value === "string") return redactField(value, field, pseudonyms, fileOf);
    if (Array.isArray(value)) return value.map((one) => walk(one, field));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, walk(one, key === "name" ? "file" : key)]),
    );
  };
  const { softMatchDependent, accepted, ...rest } = analysis;
  const redacted: Analysis = {
    ...rest,
    inputs: analysis.inputs.map((input) => redactInput(input, fileOf)),
    settings: redactSettings(analysis.settings, pseudonyms),
    ...(softMatchDependent === undefined
      ? {}
      : { softMatchDependent: walk(softMatchDependent, "") as NonNullable<typeof softMatchDependent> }),
    ...(accepted === undefined
      ? {}
      : { accepted: { hidden: accepted.hidden, gone: walk(accepted.gone, "") as readonly Mismatch[] } }),
    mismatches: walk(analysis.mismatches, "") as readonly Mismatch[],
  };
  if (!isLive(analysis)) return redacted;
  const { comparison } = analysis;
  const redactDirectory = (directory: Directory): Directory =>
    createDirectory([{ users: usersOf(directory, pseudonyms, fileOf), fields: [...directory.fields] }]);
  const { tenant } = comparison;
  return holdUsers(redacted, {
    ...comparison,
    directories: {
      onPremises: redactDirectory(comparison.directories.onPremises),
      online: redactDirectory(comparison.directories.online),
    },
    tenant: {
      ...tenant,
      verifiedDomains: new Set([...tenant.verifiedDomains].map((domain) => pseudonyms.domain(domain))),
      initialDomain: tenant.initialDomain === undefined ? undefined : pseudonyms.domain(tenant.initialDomain),
    },
    baseline: undefined,
  });
}

function redactField(value: string, field: string, pseudonyms: Pseudonyms, fileOf: (name: string) => string): string {
  if (OWN_WORDS.has(field)) return value;
  if (field === "file") return fileOf(value);
  return field === "displayName" ? pseudonyms.name(value) : pseudonyms.text(value);
}

function redactInput({ diagnostics, ...input }: Input, fileOf: (name: string) => string): Input {
  return {
    ...input,
    name: fileOf(input.name),
    diagnostics: diagnostics.map(({ code, line }) => diagnose(code, line === undefined ? {} : { line })),
  };
}

function redactSettings(settings: Settings, pseudonyms: Pseudonyms): Settings {
  const { initialDomain, verifiedDomains, ...rest } = settings;
  return {
    ...rest,
    ...(initialDomain === undefined ? {} : { initialDomain: pseudonyms.domain(initialDomain) }),
    verifiedDomains: verifiedDomains.map((domain) => pseudonyms.domain(domain)).sort(),
  };
}

function usersOf(directory: Directory, pseudonyms: Pseudonyms, fileOf: (name: string) => string): readonly User[] {
  return Array.from({ length: directory.size }, (_, index) => {
    const { origin, type, isLicensed, isEnabled, isGuest, proxyAddresses, ...texts } = directory.user(index);
    const { slices: _slices, whenChanged: _whenChanged, ...names } = texts;
    return {
      ...(Object.fromEntries(
        Object.entries(names).map(([field, value]) => [field, redactField(String(value), field, pseudonyms, fileOf)]),
      ) as Pick<User, "id">),
      type,
      origin: { ...origin, name: fileOf(origin.name) },
      ...(isLicensed === undefined ? {} : { isLicensed }),
      ...(isEnabled === undefined ? {} : { isEnabled }),
      ...(isGuest === undefined ? {} : { isGuest }),
      ...(proxyAddresses === undefined
        ? {}
        : { proxyAddresses: proxyAddresses.map((one) => parseProxyAddress(pseudonyms.text(formatProxyAddress(one)))) }),
    };
  });
}

/** Gives each text its pseudonym. */
class Pseudonyms {
  readonly #key: Uint8Array;
  readonly #keepDomains: boolean;
  readonly #known = new Map<string, Uint8Array>();

  constructor({ key, keepDomains = false }: RedactOptions) {
    this.#key = new TextEncoder().encode(key);
    this.#keepDomains = keepDomains;
  }

  /** The pseudonym of any text, in the shape that it has: address, distinguished name, GUID, anchor or word. */
  text(value: string): string {
    if (value === "") return value;
    const { type, address } = parseProxyAddress(value);
    if (type !== "" && TYPES.has(type)) return `${value.trim().slice(0, type.length + 1)}${this.text(address)}`;
    if (/^(?:CN|OU|DC|O|L|C|UID)=/i.test(value)) return this.#distinguishedName(value);
    if (value.includes("@")) return this.#address(value);
    if (/^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i.test(value)) return this.#guid(value);
    if (/^[A-Za-z0-9+/]{22}==$/.test(value)) return encodeBase64(this.#digest(`anchor ${value}`).subarray(0, 16));
    return this.#word("p", value);
  }

  /** The pseudonym of a display name. */
  name(value: string): string {
    return value === "" ? value : `Person ${this.#word("n", value)}`;
  }

  /** The pseudonym of a domain: label by label, so that a subdomain stays one; the service's own endings and the last label stay. */
  domain(value: string): string {
    if (this.#keepDomains || value === "") return value;
    const ending =
      /(?:\.mail)?\.(?:onmicrosoft|microsoftonline)\.com$/i.exec(value)?.[0] ?? /\.[^.]*$/.exec(value)?.[0] ?? "";
    const labels = value.slice(0, value.length - ending.length).split(".");
    return labels.map((label) => (label === "" ? "" : this.#word("d", label))).join(".") + ending.toLowerCase();
  }

  #address(value: string): string {
    const at = value.lastIndexOf("@");
    const [localPart, domain] = [value.slice(0, at), value.slice(at + 1)];
    const named = localPart === "" ? "" : this.#word("p", localPart);
    // What makes an address malformed stays, so that the rules judge it as before.
    const strange =
      parseSmtpAddress(`${localPart}@x.com`) === undefined ? (/[\s<>();,[\]":@]/.exec(localPart)?.[0] ?? "") : "";
    return `${named}${strange}@${this.domain(domain)}`;
  }

  #distinguishedName(value: string): string {
    const parts = value.split(/(?<!\\),/);
    const domain = this.domain(parts.flatMap((part) => /^\s*DC=(.*)$/is.exec(part)?.[1] ?? []).join(".")).split(".");
    return parts
      .map((part) => {
        const [type = "", ...rest] = part.split("=");
        if (/^\s*DC$/i.test(type)) return `${type}=${domain.shift() ?? ""}`;
        const mark = /\\0A(?:CNF|DEL):/i.exec(part)?.[0] ?? "";
        return `${type}=${this.#word("p", rest.join("="))}${mark}`;
      })
      .join(",");
  }

  #guid(value: string): string {
    const hex = Array.from(this.#digest(`guid ${value.toLowerCase()}`).subarray(0, 16), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /** Eight letters and digits; a capital where the original has one, so that a difference in case alone can be seen. */
  #word(prefix: string, value: string): string {
    const digest = this.#digest(`${prefix} ${value.toLowerCase()}`);
    const letters = Array.from(digest.subarray(0, 8), (byte) => ALPHABET[byte & 31]).join("");
    const hasCapital = value !== value.toLowerCase();
    return `${hasCapital ? prefix.toUpperCase() : prefix}-${letters}`;
  }

  #digest(text: string): Uint8Array {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const digest = hmac(sha256, this.#key, new TextEncoder().encode(text));
    this.#known.set(text, digest);
    return digest;
  }
}

/** Without letters that are taken for others. */
const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

/** Types of addresses that are no part of anybody's name. */
const TYPES = new Set(["SMTP", "SIP", "X500", "X400", "EUM", "SPO", "MS", "MSMAIL", "CCMAIL", "NOTES", "GWISE", "FAX"]);
