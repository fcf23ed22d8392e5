import type { Page } from "playwright-core";

/** What a test can do with the answers of the page's workers. */
export interface HeldAnswers {
  /** Keeps answers of a type from the page, as if they were still on their way. */
  readonly hold: (type: string) => Promise<void>;
  /** Lets go what was held, and says once more what the ended workers said: whatever can arrive late has now arrived. */
  readonly release: () => Promise<void>;
  /** How many answers of a type were said so far, held or not. */
  readonly count: (type: string) => Promise<number>;
}

interface State {
  readonly held: Set<string>;
  readonly said: { readonly worker: Worker; readonly data: { readonly type: string }; isLate: boolean }[];
}

/** Stands between a page, as it was just opened, and the workers that it will start. */
export async function holdAnswers(page: Page): Promise<HeldAnswers> {
  const state = await page.evaluateHandle((): State => {
    const held = new Set<string>();
    const said: State["said"] = [];
    globalThis.Worker = class extends Worker {
      constructor(address: string | URL) {
        super(address);
        // The first listener of all: what it stops, nobody else hears.
        this.addEventListener("message", (event) => {
          if (!event.isTrusted) return;
          const isLate = held.has(event.data.type);
          said.push({ worker: this, data: event.data, isLate });
          if (isLate) event.stopImmediatePropagation();
        });
      }

      override terminate(): void {
        super.terminate();
        for (const one of said) one.isLate ||= one.worker === this;
      }
    };
    return { held, said };
  });
  return {
    hold: (type) => state.evaluate(({ held }, name) => void held.add(name), type),
    release: () =>
      state.evaluate(({ held, said }) => {
        held.clear();
        for (const { worker, data } of said.filter(({ isLate }) => isLate)) {
          worker.dispatchEvent(new MessageEvent("message", { data }));
        }
      }),
    count: (type) => state.evaluate(({ said }, name) => said.filter(({ data }) => data.type === name).length, type),
  };
}
