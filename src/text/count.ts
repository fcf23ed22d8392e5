/** Writes a whole number with thousands separators, the same in every locale. */
export function formatNumber(count: number): string {
  const digits = String(count);
  const first = digits.length % 3 || 3;
  let text = digits.slice(0, first);
  for (let at = first; at < digits.length; at += 3) text += `,${digits.slice(at, at + 3)}`;
  return text;
}

/** Writes a number with thousands separators, and the noun that goes with it. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}
