import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { showViews, ViewBatch } from "../../src/directory/view-batch.ts";
import { readView, UserView } from "../../src/model/user-view.ts";

const described = fc.record({
  type: fc.integer({ min: 0, max: 3 }),
  states: fc
    .array(fc.nat(2), { maxLength: 14 })
    .map((list) => list.reduce((states, state, code) => states | (state << (2 * code)), 0)),
  hasAddresses: fc.boolean(),
  hasSlice: fc.boolean(),
  record: fc.integer({ min: 1, max: 2 ** 30 }),
  line: fc.integer({ min: 1, max: 2 ** 30 }),
  texts: fc.array(
    fc.tuple(
      fc.integer({ min: 0, max: 25 }),
      fc.oneof(fc.string({ unit: "binary" }), fc.constant(""), fc.constant("x".repeat(70_000))),
    ),
    { maxLength: 100, size: "max" },
  ),
});

type Described = typeof described extends fc.Arbitrary<infer Value> ? Value : never;

function fill(view: UserView, { texts, ...rest }: Described): UserView {
  view.clear();
  Object.assign(view, rest);
  for (const [code, text] of texts) view.append(code, text);
  return view;
}

/** All that a view shows. */
function shown(view: UserView): object {
  const { type, states, hasAddresses, hasSlice, isAscii, record, line, entries } = view;
  const texts = Array.from({ length: entries }, (_, entry) => [
    view.codes[entry],
    Buffer.from(view.bytes.subarray(view.starts[entry], view.starts[entry + 1])).toString("base64"),
  ]);
  return { type, states, hasAddresses, hasSlice, isAscii, record, line, texts };
}

describe("users handed from one thread to another", () => {
  it("are shown as they were, whatever they have, in a batch that was used before", () => {
    const shownView = new UserView();
    const batch = new ViewBatch();
    fc.assert(
      fc.property(fc.array(described, { maxLength: 6 }), (people) => {
        batch.clear();
        const before: object[] = [];
        const users: object[] = [];
        const view = new UserView();
        for (const person of people) {
          batch.add(fill(view, person));
          before.push(shown(view));
          users.push(readView(view, "ad.ldf"));
        }
        const after: object[] = [];
        const readAfter: object[] = [];
        showViews(batch.bytes.subarray(0, batch.length), shownView, (one) => {
          after.push(shown(one));
          readAfter.push(readView(one, "ad.ldf"));
        });
        expect(after).toEqual(before);
        expect(readAfter).toEqual(users);
      }),
      { numRuns: 60 },
    );
  });
});
