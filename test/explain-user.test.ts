import { describe, expect, it } from "vitest";
import { explainUser, renderStory, UsageError } from "../src/index.ts";
import { ldif, online } from "./reading.ts";

const tell = (ad: Parameters<typeof ldif>, users: Parameters<typeof online>, name: string, options = {}) =>
  explainUser(
    {
      onPremises: [{ name: "ad.ldf", data: ldif(...ad) }],
      online: [{ name: "users.csv", data: online(...users) }],
      upnFlow: "always",
      ...options,
    },
    name,
  );

const ana = {
  dn: "CN=Ana,DC=x",
  displayName: "Ana Andrade",
  sAMAccountName: "anaa",
  userPrincipalName: "ana@x.com",
  proxyAddresses: ["SMTP:ana@x.com", "smtp:a@x.com", "x400:C=US;"],
};
const anaOnline = {
  UserPrincipalName: "a@x.com",
  DisplayName: "Ana A.",
  ObjectId: "1",
  IsLicensed: "True",
  ProxyAddresses: "SMTP:a@x.com;smtp:ana@x.com;smtp:old@x.com;smtp:ana@x.onmicrosoft.com",
};

describe("the story of one user", () => {
  it.each(["ana@x.com", "A@X.com", "anaa", "Ana Andrade", "Ana A.", "cn=ana,dc=x", "1", "old@x.com"])(
    "is found by %s",
    async (name) => {
      const story = await tell([ana], [anaOnline], name);
      expect(story).toMatchObject({
        onPremises: { id: "CN=Ana,DC=x" },
        online: { id: "1" },
        match: { method: "soft-smtp", basis: "primary-to-alias" },
        after: { userPrincipalName: "ana@x.com", mail: "ana@x.com" },
      });
      expect(story.rules.map((rule) => rule.name)).toEqual([
        "upn-flows",
        "addresses-from-proxy-addresses",
        "legacy-type-discarded",
        "marked-primary",
        "moera-kept",
        "upn-is-an-address",
        "attributes-overwritten",
      ]);
      for (const { source } of story.rules) expect(source).not.toBe("");
      expect(story.mismatches.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(["primary-smtp-change", "upn-change", "alias-removed", "address-discarded"]),
      );
    },
  );

  it("is told in words, with what stays, goes and comes", async () => {
    const text = renderStory(await tell([ana], [anaOnline], "ana@x.com"));
    expect(text).toContain("On-premises  ad.ldf:1");
    expect(text).toContain("Online  users.csv:2");
    expect(text).toMatch(/soft-smtp: the on-premises primary address is an alias online\s+\(ana@x\.com\)/);
    expect(text).toContain("sign-in     a@x.com → ana@x.com");
    expect(text).toContain("± smtp:ana@x.com → SMTP:ana@x.com");
    expect(text).toContain("- smtp:old@x.com");
    expect(text).toContain("KB 3190357");
    expect(text).toContain("✖ primary-smtp-change: a@x.com → ana@x.com");
  });

  it.each([
    [
      "bound to another object",
      [{ ...ana, objectGUID: "d08f810b-a35c-49a8-a4cd-c6923dfc031e" }],
      [{ ...anaOnline, ImmutableId: "MyIRAFVEd2aImaq7zN3u/w==" }],
      {},
      /bound to another object \(ImmutableId MyIR/,
    ],
    [
      "an alias under the stricter rule",
      [ana],
      [{ ...anaOnline, ProxyAddresses: "SMTP:a@x.com" }],
      { softMatch: "primary-smtp" },
      /only an on-premises alias is shared/,
    ],
    [
      "the sign-in name alone",
      [ana],
      [{ UserPrincipalName: "ana@x.com", ProxyAddresses: "SMTP:z@x.com" }],
      {},
      /links only with upnSoftMatch/,
    ],
    [
      "ambiguous",
      [ana, { dn: "CN=Two", proxyAddresses: "SMTP:a@x.com" }],
      [anaOnline],
      {},
      /nobody can tell who is who/,
    ],
  ])("what was rejected, and why: %s", async (_, ad, users, options, reason) => {
    const story = await tell(ad, users, "CN=Ana,DC=x", options);
    expect(story.match).toBeUndefined();
    expect(story.rejected[0]?.reason).toMatch(reason);
    expect(renderStory(story)).toMatch(/Rejected\n/);
  });

  it("a new user, and one whom the run leaves alone", async () => {
    expect(renderStory(await tell([ana], [{ UserPrincipalName: "z@x.com" }], "anaa"))).toContain(
      "a new online object is made",
    );
    const alone = await tell([ana], [{ UserPrincipalName: "z@x.com" }], "z@x.com");
    expect(alone.after).toBeUndefined();
    expect(renderStory(alone)).toContain("the run leaves the online user alone");
  });

  it("nobody, or several, of that name", async () => {
    await expect(tell([ana], [anaOnline], "zoe")).rejects.toThrow(UsageError);
    await expect(
      tell(
        [ana, { ...ana, dn: "CN=Other", userPrincipalName: "o@x.com", proxyAddresses: "SMTP:o@x.com" }],
        [anaOnline],
        "Ana Andrade",
      ),
    ).rejects.toThrow(/several are called "Ana Andrade"; name one of them: CN=Ana,DC=x; CN=Other/);
  });
});
