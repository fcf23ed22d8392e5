import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareSides, underOtherService } from "../../src/comparison.ts";
import { analyze } from "../../src/index.ts";
import { compareServices } from "../../src/run/compare-services.ts";
import type { OnPremisesOutcome } from "../../src/run/outcome.ts";
import { Outcomes } from "../../src/run/outcomes.ts";
import { people, toObjects, toRows } from "../invented-people.ts";
import { ldif, online } from "../reading.ts";
import { times, whole } from "../real-parts.ts";

describe("who fares otherwise under the other service", () => {
  it.each([
    ["the one that he has on-premises", "ana@contoso.com", 0],
    ["another one", "a.ana@contoso.com", 1],
    ["the same in other letters", "Ana@contoso.com", 0],
  ])("is somebody licensed whose sign-in name is %s: %s", async (_what, userPrincipalName, count) => {
    const { service } = await analyze({
      onPremises: [
        {
          name: "ad.ldf",
          data: ldif({
            dn: "CN=Ana,OU=Staff,DC=contoso,DC=com",
            objectClass: "user",
            displayName: "Ana",
            userPrincipalName: "ana@contoso.com",
            proxyAddresses: ["SMTP:ana@contoso.com", "smtp:a.ana@contoso.com", "smtp:ana.new@contoso.com"],
          }),
        },
      ],
      online: [
        {
          name: "users.csv",
          data: online({
            UserPrincipalName: userPrincipalName,
            ProxyAddresses: "SMTP:ana@contoso.com;smtp:a.ana@contoso.com;smtp:ana@contoso.onmicrosoft.com",
            isLicensed: "True",
          }),
        },
      ],
    });
    expect(service.otherwise).toBe(count);
  });

  const fateOf = ({ outcome, online: partner, after }: OnPremisesOutcome) => ({
    outcome,
    partner,
    userPrincipalName: after?.userPrincipalName,
    primarySmtpAddress: after?.primarySmtpAddress,
  });

  it("are those whose outcomes differ in what is done, with whom, under which names: shortcuts miss nobody", async () => {
    let differing = 0;
    await fc.assert(
      fc.asyncProperty(people, people, async (left, right) => {
        const options = {
          onPremises: [{ name: "ad.ldf", data: ldif(...toObjects(left)) }],
          online: [{ name: "users.csv", data: online(...toRows(right)) }],
        };
        const compared = await compareSides(options);
        const [one, other] = [compared.comparison, underOtherService(compared, options)];
        const [ofOne, ofOther] = [new Outcomes(one), new Outcomes(other)];
        const expected = [...ofOne.onPremises()].flatMap((outcome, index) => {
          const now = fateOf(outcome);
          const then = fateOf(ofOther.ofOnPremises(index));
          const isSame = JSON.stringify(now) === JSON.stringify(then);
          return outcome.type !== "user" || isSame ? [] : [index];
        });
        const told = [...compareServices(one, other)];
        expect(told.map(({ onPremises }) => onPremises)).toEqual(expected);
        for (const { onPremises, fates } of told) {
          expect(fates()[0].outcome).toBe(ofOne.ofOnPremises(onPremises).outcome);
          expect(fates()[1].outcome).toBe(ofOther.ofOnPremises(onPremises).outcome);
        }
        differing += told.length;
      }),
      { numRuns: times(300) },
    );
    // In small there may be none.
    if (whole) expect(differing).toBeGreaterThan(5);
  });
});
