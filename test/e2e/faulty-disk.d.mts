/** What fails, and how: see faulty-disk.mjs. */
export interface Fault {
  readonly on: string;
  readonly code?: string;
  readonly action?: string;
  readonly path?: string;
  readonly after?: number;
}

export function failAs(fault: Fault): () => void;
