import type { Directory } from "../../directory/directory.ts";
import type { ExportedField, Side } from "../../model/user.ts";
import type { MismatchKind, MismatchKindDeclaration } from "../index.ts";

/** A kind that was not checked, because an export lacks what it needs. */
export interface NotChecked {
  readonly kind: MismatchKind;
  readonly side: Side;
  readonly missing: readonly ExportedField[];
}

const SIDES: readonly Side[] = ["onPremises", "online"];

/** The fields that a kind needs and an export lacks. */
export function missingFields(
  { kind, needs }: MismatchKindDeclaration,
  directories: Readonly<Record<Side, Pick<Directory, "fields">>>,
): readonly NotChecked[] {
  return SIDES.flatMap((side) => {
    const wanted: readonly ExportedField[] = (needs as Partial<Record<Side, readonly ExportedField[]>>)[side] ?? [];
    const { fields } = directories[side];
    const missing = wanted.filter(
      (field) => !fields.has(field) && !(isMarkOnly(field) && !fields.has("proxyAddresses")),
    );
    return missing.length === 0 ? [] : [{ kind, side, missing }];
  });
}

/** Where the addresses themselves are missing, the mark of the primary one needs no mention. */
function isMarkOnly(field: ExportedField): boolean {
  return field === "primarySmtpAddress";
}

/** A kind that looks at people can be checked on one side alone; any other needs both. */
export function isCheckable({ kind, over }: MismatchKindDeclaration, notChecked: readonly NotChecked[]): boolean {
  const lacking = notChecked.filter((entry) => entry.kind === kind).length;
  return over === "people" ? lacking < SIDES.length : lacking === 0;
}
