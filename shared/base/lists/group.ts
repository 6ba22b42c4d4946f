/**
 * Items by what they have in common, groups and items in the order in which they come; each item costs the same,
 * however many are in its group. (`Map.groupBy`, which Node.js 20 lacks.)
 * @param take what is kept of an item; without it the item itself
 */
export function groupBy<K, T>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]>
export function groupBy<K, T, V>(items: Iterable<T>, keyOf: (item: T) => K, take: (item: T) => V): Map<K, V[]>
export function groupBy<K, T>(
  items: Iterable<T>,
  keyOf: (item: T) => K,
  take: (item: T) => unknown = (item) => item,
): Map<K, unknown[]> {
  const groups = new Map<K, unknown[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(take(item))
    else groups.set(key, [take(item)])
  }
  return groups
}
