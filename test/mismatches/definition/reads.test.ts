import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDirectory, type Directory } from "../../../src/directory/directory.ts";
import { findMismatches } from "../../../src/mismatches/definition/find-mismatches.ts";
import { readsOnly } from "../../../src/mismatches/definition/finder.ts";
import { distinguishingTexts } from "../../../src/mismatches/definition/finding-key.ts";
import { type MismatchKindDeclaration, mismatchKinds } from "../../../src/mismatches/index.ts";
import { fieldNames } from "../../../src/model/fields.ts";
import { ordinaryPersonKnows } from "../../../src/model/ordinary-person.ts";
import type { User, UserField } from "../../../src/model/user.ts";
import { quietPairKnows } from "../../../src/predict/quiet.ts";
import { people, settings, toObjects, toRows } from "../../invented-people.ts";
import { analyzeText, ldif, online } from "../../reading.ts";
import { times } from "../../real-parts.ts";

type Comparison = Awaited<ReturnType<typeof analyzeText>>["comparison"];

/** By these an object is named in a finding; no kind compares them. */
const IDENTITY: readonly UserField[] = ["distinguishedName", "objectId"];

/** The same directory with another value in one field of everybody. */
function withOther(directory: Directory, field: UserField): Directory {
  const users = Array.from({ length: directory.size }, (_, index): User => {
    const user = directory.user(index);
    return { ...user, [field]: otherValue(field, user[field], index) };
  });
  return createDirectory([{ users, fields: [...directory.fields, field] }]);
}

function otherValue(field: UserField, value: User[UserField], index: number): User[UserField] {
  if (typeof value === "boolean") return !value;
  if (field === "proxyAddresses") return [{ type: "SMTP", address: `other${index}@contoso.com`, primary: true }];
  return `other${index}@contoso.com`;
}

/** What one kind says, without whom it names. */
function saidOf(kind: MismatchKindDeclaration["kind"], comparison: Comparison): readonly string[] {
  return findMismatches(comparison, [kind], { passOver: "nobody" })
    .mismatches.map((mismatch) => JSON.stringify([mismatch.severity, distinguishingTexts(mismatch)]))
    .sort();
}

describe("what a kind says that it reads", () => {
  it.each(mismatchKinds)("$kind reads nothing else: what stands in other fields changes no finding", async (kind) => {
    const reads: readonly UserField[] = kind.reads;
    const others = fieldNames.filter((field) => !reads.includes(field) && !IDENTITY.includes(field));
    expect(others.length).toBeGreaterThan(0);
    await fc.assert(
      fc.asyncProperty(people, people, settings, fc.constantFrom(...others), async (left, right, options, field) => {
        const { comparison } = await analyzeText(ldif(...toObjects(left)), online(...toRows(right)), options);
        const { onPremises, online: cloud } = comparison.directories;
        const directories = { onPremises: withOther(onPremises, field), online: withOther(cloud, field) };
        expect(saidOf(kind.kind, { ...comparison, directories })).toEqual(saidOf(kind.kind, comparison));
      }),
      { numRuns: times(80) },
    );
  });
});

describe("a shortcut", () => {
  it("is taken only if it knows every field that is read", () => {
    expect(readsOnly({ reads: ["mail", "proxyAddresses"] }, ordinaryPersonKnows)).toBe(true);
    expect(readsOnly({ reads: ["mail", "whenChanged"] as never }, ordinaryPersonKnows)).toBe(false);
  });

  it.each(mismatchKinds.filter(({ over }) => over !== "everything"))("is taken for $kind", (kind) => {
    expect(readsOnly(kind, kind.over === "people" ? ordinaryPersonKnows : quietPairKnows)).toBe(true);
  });
});
