import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareSides, underOtherService } from "../../src/comparison.ts";
import { compareServices } from "../../src/run/compare-services.ts";
import type { OnPremisesOutcome } from "../../src/run/outcome.ts";
import { Outcomes } from "../../src/run/outcomes.ts";
import { people, toObjects, toRows } from "../invented-people.ts";
import { ldif, online } from "../reading.ts";
import { times } from "../real-parts.ts";

describe("who fares otherwise under the other service", () => {
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
    expect(differing).toBeGreaterThan(0);
  });
});
