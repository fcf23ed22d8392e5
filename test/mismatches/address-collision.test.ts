import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/index.ts";
import { describeMismatch } from "../../src/mismatches/definition/describe-mismatch.ts";
import { analyzeByService, analyzeText, ldif, online } from "../reading.ts";

const kinds = ["address-collision"] as const;
const GUID = "d08f810b-a35c-49a8-a4cd-c6923dfc031e";
const ANCHOR = "C4GP0FyjqEmkzcaSPfwDHg==";

describe("address-collision", () => {
  const ad = ldif({ userPrincipalName: "a@x.com", proxyAddresses: ["SMTP:a@x.com", "smtp:info@x.com"] });
  const desk = { UserPrincipalName: "desk@x.com", DisplayName: "Desk", ProxyAddresses: "SMTP:info@x.com" };

  it("the trap of the stricter rule: an alias is taken, and the primary links nobody", async () => {
    const users = online({ ...desk });
    const strict = await analyzeText(ad, users, { softMatch: "primary-smtp" });
    expect(strict.mismatches.filter(({ kind }) => kind === "address-collision")).toMatchObject([
      {
        address: "info@x.com",
        holder: { displayName: "Desk" },
        severity: "error",
        onPremises: { userPrincipalName: "a@x.com" },
      },
    ]);
    // Told once: there is no new account to be announced.
    expect(strict.summary.byKind["unmatched-on-premises"]).toBe(0);
    const wide = await analyzeText(ad, users, { softMatch: "any-smtp", kinds });
    expect(wide.mismatches).toEqual([]);
    expect(wide.summary.matched).toBe(1);
  });

  it("a matched user may collide, too", async () => {
    const users = online({ UserPrincipalName: "a@x.com", ProxyAddresses: "SMTP:a@x.com" }, desk);
    const { mismatches } = await analyzeText(ad, users, { softMatch: "primary-smtp", kinds });
    expect(mismatches).toMatchObject([{ online: { userPrincipalName: "a@x.com" }, address: "info@x.com" }]);
  });

  it("what else is said of the pair waits until the collision is gone: all of it in 2012, the value alone today", async () => {
    const users = online({ UserPrincipalName: "b@x.com", ProxyAddresses: "SMTP:b@x.com;smtp:a@x.com" }, desk);
    const said = ["primary-smtp-change", "alias-added", "upn-change"] as const;
    const contestedUnder = async (service: "dirsync-v2" | "entra-connect") => {
      const analysis = await analyzeByService(ad, users, { service, softMatch: "primary-smtp", kinds: [...said] });
      expect(renderReport(analysis, "text")).toContain("until the collision is gone");
      return Object.fromEntries(analysis.mismatches.map(({ kind, contested }) => [kind, contested]));
    };
    expect(await contestedUnder("dirsync-v2")).toEqual({
      "primary-smtp-change": "refused",
      "upn-change": "refused",
      "alias-added": "refused",
    });
    expect(await contestedUnder("entra-connect")).toEqual({
      "primary-smtp-change": undefined,
      "upn-change": undefined,
      "alias-added": "held-back",
    });
  });

  it("so does what is said of a pair whose address another's object has too, though the duplicate tells it", async () => {
    const both = ldif(
      { dn: "CN=a", userPrincipalName: "a@x.com", proxyAddresses: ["SMTP:a@x.com", "smtp:info@x.com"] },
      { dn: "CN=d", userPrincipalName: "desk@x.com", proxyAddresses: ["SMTP:desk@x.com", "smtp:info@x.com"] },
    );
    const users = online(
      { UserPrincipalName: "a@x.com", ProxyAddresses: "SMTP:b@x.com;smtp:a@x.com" },
      { UserPrincipalName: "desk@x.com", ProxyAddresses: "SMTP:desk@x.com;smtp:info@x.com" },
    );
    const said = ["primary-smtp-change", "address-collision"] as const;
    const options = { service: "dirsync-v2", softMatch: "primary-smtp", kinds: [...said] } as const;
    const { mismatches } = await analyzeByService(both, users, options);
    expect(mismatches).toMatchObject([{ kind: "primary-smtp-change", after: "a@x.com", contested: "refused" }]);
  });

  it("from a holder that loses the address in the same run it moves, and what is said of both refers to it", async () => {
    const both = ldif(
      { dn: "CN=a", userPrincipalName: "a@x.com", proxyAddresses: ["SMTP:a@x.com", "smtp:info@x.com"] },
      { dn: "CN=d", userPrincipalName: "desk@x.com", objectGUID: GUID, proxyAddresses: "SMTP:desk@x.com" },
    );
    const users = (ProxyAddresses: string) =>
      online(
        { UserPrincipalName: "a@x.com", ProxyAddresses: "SMTP:a@x.com" },
        { UserPrincipalName: "desk@x.com", DisplayName: "Desk", ImmutableId: ANCHOR, ProxyAddresses },
      );
    const loses = await analyzeText(both, users("SMTP:desk@x.com;smtp:info@x.com"), {
      softMatch: "primary-smtp",
      kinds,
    });
    const moves = { severity: "warning", because: "moves", address: "info@x.com", holder: { displayName: "Desk" } };
    expect(loses.mismatches).toMatchObject([{ ...moves, onPremises: { userPrincipalName: "a@x.com" } }]);
    const all = await analyzeText(both, users("SMTP:desk@x.com;smtp:info@x.com"), { softMatch: "primary-smtp" });
    const aliases = all.mismatches.filter(({ kind }) => kind === "alias-removed" || kind === "alias-added");
    expect(aliases.map(({ kind, contested }) => [kind, contested])).toEqual([
      ["alias-removed", "moves"],
      ["alias-added", "moves"],
    ]);
    // It is no collision: nobody is refused, and nothing is held back.
    expect(all.outcomes().ofOnPremises(0)).toMatchObject({ outcome: "linked" });
    expect(all.outcomes().ofOnPremises(0).heldBack).toBeUndefined();
  });

  it("two on-premises objects with one address are a duplicate, not this", async () => {
    const both = ldif(
      { dn: "CN=a", userPrincipalName: "a@x.com", proxyAddresses: ["SMTP:a@x.com", "smtp:info@x.com"] },
      { dn: "CN=d", userPrincipalName: "desk@x.com", objectGUID: GUID, proxyAddresses: "SMTP:info@x.com" },
    );
    const users = online(
      { UserPrincipalName: "a@x.com", ProxyAddresses: "SMTP:a@x.com" },
      { UserPrincipalName: "desk@x.com", ImmutableId: ANCHOR, ProxyAddresses: "SMTP:info@x.com" },
    );
    expect((await analyzeText(both, users, { softMatch: "primary-smtp", kinds })).mismatches).toEqual([]);
  });

  it("a sign-in name may be taken as well", async () => {
    const { mismatches } = await analyzeText(
      ldif({ userPrincipalName: "desk@x.com", proxyAddresses: "SMTP:a@x.com" }),
      online(
        { UserPrincipalName: "a@x.com", ProxyAddresses: "SMTP:a@x.com" },
        { UserPrincipalName: "desk@x.com", ProxyAddresses: "SMTP:d@x.com" },
      ),
      { kinds },
    );
    expect(mismatches).toMatchObject([{ address: "desk@x.com", online: { userPrincipalName: "a@x.com" } }]);
  });

  it("a contact on-premises with the address of a mailbox online collides with it", async () => {
    const { mismatches } = await analyzeText(
      ldif({ dn: "CN=Desk", objectClass: "contact", proxyAddresses: "SMTP:info@x.com" }),
      online(desk),
      { kinds },
    );
    expect(mismatches).toMatchObject([{ onPremises: { type: "contact" }, address: "info@x.com" }]);
  });

  it("an address that does not arrive collides with nobody", async () => {
    const { mismatches } = await analyzeText(
      ldif({ userPrincipalName: "a@x.com", proxyAddresses: ["SMTP:a@x.com", "smtp:desk@y.onmicrosoft.com"] }),
      online(
        { UserPrincipalName: "a@x.com", ProxyAddresses: "SMTP:a@x.com" },
        { ...desk, ProxyAddresses: "SMTP:desk@y.onmicrosoft.com" },
      ),
      { kinds },
    );
    expect(mismatches).toEqual([]);
  });

  it("where nobody can tell who is who nothing collides besides", async () => {
    const { summary } = await analyzeText(
      ldif(
        { dn: "CN=a", userPrincipalName: "a@x.com", proxyAddresses: ["SMTP:a@x.com"] },
        { dn: "CN=b", userPrincipalName: "b@x.com", proxyAddresses: ["SMTP:b@x.com"] },
        { dn: "CN=c", objectClass: "contact", proxyAddresses: ["SMTP:c@x.com"] },
      ),
      online({ UserPrincipalName: "z@x.com", ProxyAddresses: "SMTP:a@x.com;smtp:b@x.com;smtp:c@x.com" }),
    );
    expect(summary.byKind).toMatchObject({ "ambiguous-match": 1, "address-collision": 0 });
  });

  it.each(["dirsync-v2", "entra-connect"] as const)(
    "the address names one and the sign-in name another (%s)",
    async (service) => {
      const karin = {
        dn: "CN=Karin",
        userPrincipalName: "karin@x.com",
        displayName: "Karin",
        proxyAddresses: ["SMTP:sales@x.com", "smtp:karin@x.com"],
      };
      const sales = { UserPrincipalName: "sales@x.com", DisplayName: "Sales", ProxyAddresses: "SMTP:sales@x.com" };
      const own = { UserPrincipalName: "karin@x.com", DisplayName: "Karin", ProxyAddresses: "SMTP:k@x.com" };
      const both = await analyzeByService(ldif(karin), online(sales, own), { service });
      const [found] = both.mismatches.filter(({ kind }) => kind === "address-collision");
      expect(found).toMatchObject({
        because: "other-counterpart",
        online: { displayName: "Sales" },
        holder: { displayName: "Karin" },
      });
      expect(found === undefined ? "" : describeMismatch(found)).toContain("Karin is left behind");
      // Neither that Sales will sign in as Karin, nor that Karin stays as she is.
      expect(both.summary.byKind).toMatchObject({ "upn-change": 0, "unmatched-online": 0, "address-collision": 1 });
      expect(JSON.stringify(both.mismatches)).not.toContain('"madeByRun":true');
      // Somebody who has her name as an address alone is no counterpart.
      const info = { ...own, UserPrincipalName: "info@x.com", ProxyAddresses: "SMTP:info@x.com;smtp:karin@x.com" };
      const other = await analyzeByService(
        ldif({ ...karin, proxyAddresses: "SMTP:sales@x.com" }),
        online(sales, info),
        { service },
      );
      expect(JSON.stringify(other.mismatches)).not.toContain("other-counterpart");
      expect(other.summary.byKind).toMatchObject({ "upn-change": 1, "unmatched-online": 1 });
    },
  );

  describe("a chat address", () => {
    const ana = {
      dn: "CN=Ana",
      userPrincipalName: "a@x.com",
      displayName: "Ana",
      proxyAddresses: ["SMTP:a@x.com", "SIP:chat@x.com"],
    };
    const own = {
      UserPrincipalName: "a@x.com",
      DisplayName: "Ana",
      ProxyAddresses: "SMTP:a@x.com;smtp:a@x.onmicrosoft.com",
    };
    const other = {
      UserPrincipalName: "b@x.com",
      DisplayName: "Bo",
      ProxyAddresses: "SMTP:b@x.com;smtp:b@x.onmicrosoft.com;SIP:Chat@x.com",
    };

    it.each(["dirsync-v2", "entra-connect"] as const)(
      "that somebody else has online refuses the object: %s",
      async (service) => {
        const analysis = await analyzeByService(ldif(ana), online(own, other), { service });
        expect(analysis.mismatches.filter(({ kind }) => kind === "address-collision")).toMatchObject([
          { address: "sip:chat@x.com", because: "kept", holder: { displayName: "Bo" } },
        ]);
        expect(analysis.outcomes().ofOnPremises(0)).toMatchObject({
          outcome: "refused",
          error: "AttributeValueMustBeUnique",
        });
      },
    );

    it("collides by the attribute of its own too", async () => {
      const { proxyAddresses: _, ...rest } = ana;
      const lync = { ...rest, proxyAddresses: ["SMTP:a@x.com"], "msRTCSIP-PrimaryUserAddress": "sip:chat@x.com" };
      const { mismatches } = await analyzeText(ldif(lync), online(own, other), { kinds });
      expect(mismatches).toMatchObject([{ address: "sip:chat@x.com" }]);
    });

    it("moves where the holder gets another one, and is no collision of one's own, or where mail says it", async () => {
      const bo = { dn: "CN=Bo", userPrincipalName: "b@x.com", proxyAddresses: ["SMTP:b@x.com", "SIP:b@x.com"] };
      const moved = await analyzeText(ldif(ana, bo), online(own, other), { kinds });
      expect(moved.mismatches).toMatchObject([{ address: "sip:chat@x.com", because: "moves", severity: "warning" }]);

      const mine = { ...own, ProxyAddresses: `${own.ProxyAddresses};sip:CHAT@x.com` };
      expect((await analyzeText(ldif(ana), online(mine, other), { kinds })).mismatches).toEqual([]);

      const both = { ...ana, proxyAddresses: [...ana.proxyAddresses, "smtp:chat@x.com"] };
      const holder = { ...other, ProxyAddresses: "SMTP:b@x.com;smtp:chat@x.com;SIP:chat@x.com" };
      const options = { kinds, softMatch: "primary-smtp" } as const;
      const { mismatches } = await analyzeText(ldif(both), online(own, holder), options);
      expect(mismatches).toMatchObject([{ address: "chat@x.com" }]);

      const shared = { ...bo, proxyAddresses: ["SMTP:b@x.com", "SIP:chat@x.com"] };
      const two = await analyzeText(ldif(ana, shared), online(own, other), {});
      expect(two.summary.byKind).toMatchObject({ "address-collision": 0, "duplicate-address": 1 });
    });

    it("does not arrive at a guest", async () => {
      const guest = { ...own, UserPrincipalName: "a_x.com#EXT#@x.onmicrosoft.com", UserType: "Guest" };
      expect((await analyzeText(ldif(ana), online(guest, other), { kinds })).mismatches).toEqual([]);
    });
  });

  describe("a target address", () => {
    const ana = {
      dn: "CN=Ana",
      userPrincipalName: "a@x.com",
      mailNickname: "a",
      targetAddress: "SMTP:Desk@y.com",
      proxyAddresses: "SMTP:a@x.com",
    };
    const own = { UserPrincipalName: "a@x.com", ProxyAddresses: "SMTP:a@x.com;smtp:a@x.onmicrosoft.com" };
    const holder = {
      UserPrincipalName: "desk@x.com",
      DisplayName: "Desk",
      ProxyAddresses: "SMTP:desk@x.com;smtp:desk@y.com",
    };
    const found = async (objects: readonly (typeof ana)[], ...rows: Parameters<typeof online>) => {
      const { mismatches } = await analyzeText(ldif(...objects), online(...rows), { kinds });
      return mismatches;
    };

    it("that somebody else online keeps is told", async () => {
      const [one, ...more] = await found([ana], own, holder);
      expect(one).toMatchObject({
        address: "desk@y.com",
        because: "target",
        severity: "warning",
        holder: { displayName: "Desk" },
      });
      expect(one === undefined ? "" : describeMismatch(one)).toBe(
        "desk@y.com is the targetAddress, and an address of Desk",
      );
      expect(more).toEqual([]);
    });

    it("is nobody's where the user has no mailNickname, or the holder is the person, a guest, or loses it", async () => {
      expect(await found([{ ...ana, mailNickname: "" }], own, holder)).toEqual([]);
      expect(await found([ana], { ...own, ProxyAddresses: `${own.ProxyAddresses};smtp:desk@y.com` })).toEqual([]);
      const guest = { UserPrincipalName: "desk_y.com#EXT#@x.onmicrosoft.com", ProxyAddresses: "SMTP:desk@y.com" };
      expect(await found([ana], own, guest)).toEqual([]);
      const desk = { dn: "CN=Desk", userPrincipalName: "desk@x.com", proxyAddresses: "SMTP:desk@x.com" };
      expect(await found([ana, { ...ana, targetAddress: "", mailNickname: "desk", ...desk }], own, holder)).toEqual([]);
    });

    it("is told once where the address itself collides, or stands on both in Active Directory", async () => {
      const both = { ...ana, proxyAddresses: ["SMTP:a@x.com", "smtp:desk@y.com"] as never };
      const { mismatches } = await analyzeText(ldif(both), online(own, holder), { kinds, softMatch: "primary-smtp" });
      expect(mismatches).toMatchObject([{ because: "kept" }]);
      const desk = { ...ana, dn: "CN=Desk", userPrincipalName: "desk@x.com", targetAddress: "", mailNickname: "desk" };
      const listed = { ...desk, proxyAddresses: ["SMTP:desk@x.com", "smtp:desk@y.com"] as never };
      expect(await found([ana, listed], own, holder)).toEqual([]);
    });
  });

  describe("what a failed run left", () => {
    const kim = {
      dn: "CN=Kim",
      "objectGUID:": ANCHOR,
      displayName: "Kim",
      title: "Head",
      userPrincipalName: "kim@x.com",
      mailNickname: "kim",
      proxyAddresses: ["SMTP:kim@x.com", "smtp:kim.berg@x.com", "smtp:k.berg@x.com"],
    };
    const original = {
      UserPrincipalName: "kim@x.com",
      DisplayName: "Kim",
      ProxyAddresses: "SMTP:kim@x.com;smtp:kim.berg@x.com;smtp:kim@x.onmicrosoft.com",
    };
    const left = {
      UserPrincipalName: "kim1234@x.onmicrosoft.com",
      DisplayName: "Kim B.",
      Title: "none",
      ImmutableId: ANCHOR,
      ProxyAddresses: "SMTP:kim1234@x.onmicrosoft.com",
    };

    it.each(["dirsync-v2", "entra-connect"] as const)("is one finding with the way out: %s", async (service) => {
      const analysis = await analyzeByService(ldif(kim), online(left, original), { service });
      expect(analysis.mismatches).toMatchObject([
        {
          kind: "address-collision",
          because: "leftover",
          onPremises: { displayName: "Kim" },
          online: { userPrincipalName: left.UserPrincipalName },
          holder: { userPrincipalName: "kim@x.com" },
        },
      ]);
      const [found] = analysis.mismatches;
      expect(found === undefined ? "" : describeMismatch(found)).toMatch(
        /out of scope, delete that one, in the recycle bin too/,
      );
      const outcomes = analysis.outcomes();
      const held = ["kim@x.com", "SMTP:kim@x.com", "smtp:kim.berg@x.com"].sort();
      expect(outcomes.ofOnPremises(0)).toMatchObject(
        service === "dirsync-v2"
          ? { outcome: "refused", error: "AttributeValueMustBeUnique" }
          : { outcome: "linked", online: left.UserPrincipalName },
      );
      const kept = outcomes
        .ofOnPremises(0)
        .heldBack?.map(({ value }) => value)
        .sort();
      if (service === "entra-connect") expect(kept).toEqual(held);
      expect([...outcomes.online()].map(({ outcome }) => outcome)).toEqual(["taken-over", "cloud-only"]);
    });

    it("is told by the primary address alone, where that was taken", async () => {
      const other = { ...original, UserPrincipalName: "k.berg@x.com", ProxyAddresses: "SMTP:k.berg@x.com" };
      const renamed = { ...kim, proxyAddresses: ["SMTP:k.berg@x.com", "smtp:kim@x.com"] };
      const named = { ...left, UserPrincipalName: "kim@x.com", ProxyAddresses: "SMTP:kim1234@x.onmicrosoft.com" };
      const { mismatches } = await analyzeText(ldif(renamed), online(named, other), { kinds });
      expect(mismatches).toMatchObject([{ because: "leftover", address: "k.berg@x.com" }]);
    });

    const because = async (ad: typeof kim, ...rows: (typeof original)[]) => {
      const { mismatches } = await analyzeText(ldif(ad), online(...rows), { kinds });
      return mismatches.map((one) => (one.kind === "address-collision" ? one.because : "")).sort();
    };

    it("is not told of a bound holder, of an alias, of other digits, or of a name that is no one made up", async () => {
      const kept = ["kept", "kept"];
      const plain = "SMTP:k.b@x.com;smtp:k.b@x.onmicrosoft.com";
      expect(await because(kim, left, { ...original, ImmutableId: "AAAAAAAAAAAAAAAAAAAAAA==" } as never)).toEqual(kept);
      expect(
        await because(kim, { ...left, UserPrincipalName: "kim1234@x.com", ProxyAddresses: plain }, original),
      ).toEqual(kept);
      const short = { ...left, UserPrincipalName: "kim123@x.onmicrosoft.com", ProxyAddresses: plain };
      expect(await because(kim, short, original)).toEqual(kept);
      const alias = { ...original, UserPrincipalName: "desk@x.com", ProxyAddresses: "SMTP:k.berg@x.com" };
      expect(await because(kim, left, alias)).toEqual(["kept"]);
    });

    it("tells the rest as ever where the online export has no addresses", async () => {
      const rows = `UserPrincipalName,ImmutableId\nkim@x.com,\nkim1234@x.onmicrosoft.com,${ANCHOR}\n`;
      const { summary } = await analyzeText(ldif(kim), rows);
      expect(summary.byKind["upn-change"]).toBe(1);
    });
  });
});
