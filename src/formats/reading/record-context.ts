import type { Diagnostic } from "../../model/diagnostic.ts";
import type { UserField } from "../../model/fields.ts";
import type { TextReader } from "../../text/encoding.ts";
import type { ReadingSettings } from "./reading-options.ts";

/** What a format may use while it reads the records of one source. */
export interface RecordContext extends ReadingSettings {
  /** Whether an object of this name is synchronized; absent if all are. */
  readonly isInScope?: ((distinguishedName: string) => boolean) | undefined;
  readonly text: TextReader;
  /** The command that makes a full export in the format being read, for hints. */
  readonly exportCommand: string;
  readonly diagnose: (diagnostic: Diagnostic) => void;
  /** Counts a further record, found in the one that is read, and tells why it cannot be read. */
  readonly refuse: (diagnostic: Diagnostic) => void;
  /** Notes that the export has values of a field; for a format whose header tells it, that is known beforehand. */
  readonly noteField: (field: UserField) => void;
  /** Notes that a cell held the name of a type in place of the values of a field. */
  readonly noteLost: (field: UserField) => void;
  /** Notes that a line break stood inside a name or an address, and was taken out. */
  readonly noteWrapped: () => void;
  /** Notes that a value of a field says nothing that is known: it is told once. */
  readonly noteStrange: (field: UserField, value: string) => void;
}
