/**
 * Tells whether a cell holds the name of a .NET type in place of its values: Export-Csv writes every property with
 * `ToString()`, and a collection that nobody joined says only what it is. The values cannot be brought back.
 *
 * Meant for columns of collections; a display name may well be `Microsoft.com`.
 */
export function isLostCollection(cell: string): boolean {
  return /^(?:System|Microsoft|Deserialized)\.[\w.]+(?:`\d+)?(?:\[.*\])?$/i.test(cell.trim());
}
