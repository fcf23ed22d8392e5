/** Gives numbers below a limit, the same for the same seed. */
export function randomNumbers(seed: number): (limit: number) => number;
