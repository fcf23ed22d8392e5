import type { Phase } from "../options.ts";

/** Takes the time of each step, and the memory that the process had at most; tells them on standard error, if it is to. */
export class PhaseClock {
  readonly #tells: boolean;
  #current: { readonly phase: Phase | "report"; readonly start: number } | undefined;

  constructor(tells: boolean) {
    this.#tells = tells;
  }

  /** Ends the step before, and begins another one. */
  begin(phase: Phase | "report"): void {
    this.#endStep();
    this.#current = { phase, start: performance.now() };
  }

  /** Ends the last step. */
  end(): void {
    this.#endStep();
    this.#tell("memory at most", `${(process.resourceUsage().maxRSS / 1024).toFixed(0).padStart(8)} MB`);
  }

  #endStep(): void {
    if (this.#current === undefined) return;
    const { phase, start } = this.#current;
    this.#tell(phase, `${((performance.now() - start) / 1000).toFixed(2).padStart(8)} s`);
  }

  #tell(what: string, figure: string): void {
    // On a terminal how far reading has come may stand on the line.
    if (this.#tells) process.stderr.write(`${process.stderr.isTTY ? "\r\u001b[K" : ""}${what.padEnd(18)}${figure}\n`);
  }
}
