/** Signals that end a program, and their status as shells have it: 128 and the number. */
const SIGNALS = [
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const;

/**
 * Does a work during which a program that is ended must take something away first.
 *
 * At all other times nobody listens: the system then ends the program at once, however long it computes. Here the answer has to
 * wait for a turn of the event loop, so that such a work must not compute for long without one.
 */
export async function withCleanUp<Result>(cleanUp: () => void, work: () => Promise<Result>): Promise<Result> {
  const listeners = SIGNALS.map(([signal, status]) => [signal, () => end(signal, status)] as const);
  const stopListening = (): void => {
    process.off("exit", cleanUp);
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
  const end = (signal: NodeJS.Signals, status: number): void => {
    cleanUp();
    stopListening();
    endAs(signal, status);
  };
  process.on("exit", cleanUp);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  try {
    return await work();
  } finally {
    // A signal that has come already is answered while somebody listens.
    await new Promise(setImmediate);
    stopListening();
  }
}

/** Lets the program be ended by Ctrl-C where the system would not: signals without a listener do not reach the first process. */
export function listenAsFirstProcess(): void {
  if (process.pid !== 1) return;
  for (const [signal, status] of SIGNALS) process.on(signal, () => process.exit(status));
}

/** Ends the program by the signal itself: a shell that waits for it goes on after a mere status. */
function endAs(signal: NodeJS.Signals, status: number): void {
  if (process.platform === "win32" || process.pid === 1) process.exit(status);
  process.kill(process.pid, signal);
}
