import { describe, expect, it } from "vitest";
import {
  type Analysis,
  analyze,
  hideAccepted,
  type Mismatch,
  redact,
  renderReport,
  renderReportPieces,
  streamAnalysis,
  UsageError,
} from "../src/index.ts";
import { contosoFiles } from "./fixtures/write-contoso.ts";
import { analyzeText, ldif, online } from "./reading.ts";

const users = (primary: string) =>
  online(
    { UserPrincipalName: "a@x.com", ProxyAddresses: `SMTP:${primary};smtp:a@x.com` },
    { UserPrincipalName: "z@x.com", ProxyAddresses: "SMTP:z@x.com" },
  );
const ad = (first: string) => `${first}${ldif({ userPrincipalName: "a@x.com", proxyAddresses: "SMTP:a@x.com" })}`;
const kindsOf = (mismatches: readonly Mismatch[]) => mismatches.map(({ kind }) => kind);

describe("findings that were accepted", () => {
  it("are hidden as long as they say the same, whatever the line", async () => {
    const before = await analyzeText(ad(""), users("b@x.com"));
    const moved = await analyzeText(ad("# a comment\n\n"), users("b@x.com"));
    expect(moved.mismatches[0]?.onPremises?.source.line).not.toBe(before.mismatches[0]?.onPremises?.source.line);
    const { mismatches, accepted, summary } = hideAccepted(moved, before);
    expect(mismatches).toEqual([]);
    expect(accepted).toEqual({ hidden: before.mismatches.length, gone: [] });
    expect(Object.values(summary.byKind).every((count) => count === 0)).toBe(true);
  });

  it("come back when they say something else", async () => {
    const before = await analyzeText(ad(""), users("b@x.com"));
    const now = await analyzeText(ad(""), users("c@x.com"));
    const { mismatches, accepted } = hideAccepted(now, before);
    expect(kindsOf(mismatches)).toEqual(["primary-smtp-change", "upn-smtp-misalignment", "alias-removed"]);
    expect(accepted?.gone).toEqual([]);
    expect(accepted?.hidden).toBe(now.mismatches.length - 3);
  });

  it("are told as gone when they are no more", async () => {
    const before = await analyzeText(ad(""), users("b@x.com"));
    const now = await analyzeText(ad(""), users("a@x.com"));
    const { accepted } = hideAccepted(now, before);
    expect(kindsOf(accepted?.gone ?? [])).toEqual(["primary-smtp-change", "upn-smtp-misalignment", "alias-removed"]);
  });
});

describe("of an analysis that is streamed", () => {
  const contoso = {
    onPremises: [{ name: "ad.ldf", data: contosoFiles["ad.ldf"] ?? "" }],
    online: [{ name: "msolusers.csv", data: contosoFiles["msolusers.csv"] ?? "" }],
  };
  const textOf = async (...args: Parameters<typeof renderReportPieces>) => {
    let text = "";
    for await (const piece of renderReportPieces(...args)) text += String(piece);
    return text;
  };
  const key = "a key of this test";

  it("the same is hidden, redacted and written, to the letter", async () => {
    const [held, streamed] = [await analyze(contoso), await streamAnalysis(contoso)];
    const accepted = { mismatches: held.mismatches.filter((_, index) => index % 3 === 0) };
    const changed = accepted.mismatches.map((one, index) =>
      index > 1 || one.online === undefined ? one : { ...one, online: { ...one.online, id: `x${index}` } },
    );
    for (const format of ["json", "ndjson", "csv"] as const) {
      expect(await textOf(streamed, format)).toBe(renderReport(held, format));
      expect(await textOf(hideAccepted(streamed, { mismatches: changed }), format)).toBe(
        renderReport(hideAccepted(held, { mismatches: changed }), format),
      );
      expect(await textOf(redact(hideAccepted(streamed, accepted), { key }), format)).toBe(
        renderReport(redact(hideAccepted(held, accepted), { key }), format),
      );
    }
    expect(hideAccepted(streamed, held).worst).toBeUndefined();
    expect(hideAccepted(streamed, accepted).worst).toBe("error");
  });

  it("is refused where all findings are needed at once", async () => {
    const streamed = await streamAnalysis(contoso);
    await expect(textOf(streamed, "html")).rejects.toThrow(UsageError);
    expect(() => renderReport(streamed as unknown as Analysis, "json")).toThrow(UsageError);
  });
});

describe("findings that were accepted under pseudonyms", () => {
  const options = { key: "a key of this test" };

  it("are known again under the same key", async () => {
    const before = redact(await analyzeText(ad(""), users("b@x.com")), options);
    const now = await analyzeText(ad("# a comment\n\n"), users("b@x.com"));
    expect(hideAccepted(redact(now, options), before).accepted).toEqual({ hidden: before.mismatches.length, gone: [] });
    const other = redact(await analyzeText(ad(""), users("c@x.com")), options);
    expect(kindsOf(hideAccepted(other, before).mismatches)).toContain("primary-smtp-change");
  });

  it("are not compared with names, or with pseudonyms of another kind", async () => {
    const clear = await analyzeText(ad(""), users("b@x.com"));
    const before = redact(clear, options);
    for (const [analysis, accepted, message] of [
      [clear, before, /known again only under the key/],
      [before, clear, /hide first, then redact/],
      [redact(clear, { key: "another" }), before, /known again only under the key/],
      [redact(clear, { ...options, keepDomains: true }), before, /redact it in the same way/],
    ] as const) {
      expect(() => hideAccepted(analysis, accepted)).toThrow(UsageError);
      expect(() => hideAccepted(analysis, accepted)).toThrow(message);
    }
  });
});
