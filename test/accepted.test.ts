import { describe, expect, it } from "vitest";
import { hideAccepted, type Mismatch } from "../src/index.ts";
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
