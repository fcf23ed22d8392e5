import { GrowingBytes, joinBytes } from "./bytes.ts";
import { fault, type TextFault } from "./fault.ts";

/** As much is kept of the end of what is passed over, and of its beginning. */
const LONGEST_END = 64 * 1024;
const LONGEST_BEGINNING = 160;

/** What is passed over between two objects: behind damage that was told, or text that is none of theirs and is to be told. */
export class PassedOver {
  #isOpen = false;
  #line: number | undefined;
  #beginning: Uint8Array[] = [];
  #beginningLength = 0;
  readonly #end = new GrowingBytes();

  /** Whether the reader is passing over bytes. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Begins to pass over; with a line what is passed over is told when it ends. */
  open(line?: number): void {
    this.#isOpen = true;
    this.#line = line;
    this.#beginning = [];
    this.#beginningLength = 0;
    this.#end.truncate(0);
  }

  add(bytes: Uint8Array): void {
    if (this.#beginningLength < LONGEST_BEGINNING) {
      this.#beginning.push(bytes.slice(0, LONGEST_BEGINNING - this.#beginningLength));
      this.#beginningLength += bytes.length;
    }
    if (this.#end.length >= 2 * LONGEST_END) this.#end.drop(this.#end.length - LONGEST_END);
    this.#end.append(bytes.subarray(-LONGEST_END));
  }

  /** The end of what was passed over. */
  get text(): string {
    return new TextDecoder().decode(this.#end.bytes());
  }

  /** Ends it; gives what is to be told. */
  close(): TextFault | undefined {
    const line = this.#line;
    this.#isOpen = false;
    this.#line = undefined;
    if (line === undefined) return undefined;
    return fault("json-stray-text", line, new TextDecoder().decode(joinBytes(this.#beginning)));
  }
}
