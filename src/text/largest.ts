/** The largest of numbers, 0 if there is none; `Math.max(...numbers)` ends at about 120,000 of them, for each is an argument. */
export function largest(numbers: Iterable<number>): number {
  let most: number | undefined;
  for (const number of numbers) if (most === undefined || number > most) most = number;
  return most ?? 0;
}
