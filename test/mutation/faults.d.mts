/** A fault to seed: a piece of a file of `src/`, and what to put in its place. */
export interface SeededFault {
  /** The folder beside whose tests it stands; `.` for `test/` itself. */
  readonly room: string;
  /** From `src/` on. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export function listFaults(): readonly SeededFault[];
