/** Puts a value at the end of the list of a key; a list that is copied for each value costs its square. */
export function appendTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Puts values at the end of a list; `push(...values)` ends at about 120,000 of them, for each is an argument. */
export function appendAll<Value>(list: Value[], values: Iterable<Value>): void {
  for (const value of values) list.push(value);
}
