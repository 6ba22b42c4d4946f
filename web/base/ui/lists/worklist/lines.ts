/** A thing that a list is of. */
export interface ListRow {
  readonly id: number
}

/** The head of rows that belong together. */
export interface GroupLine<T> {
  readonly id: string
  /** What the group is of, and how it is called. */
  readonly key: string
  readonly name: string
  readonly isOpen: boolean
  readonly rows: readonly T[]
}

/** A line of a list: one of its rows, or the head of a group of them. */
export type ListLine<T> = T | GroupLine<T>

export function isGroup<T extends ListRow>(line: ListLine<T>): line is GroupLine<T> {
  return typeof line.id === 'string'
}

/** The rows that a line stands for. */
export function rowsOf<T extends ListRow>(line: ListLine<T>): readonly T[] {
  return isGroup(line) ? line.rows : [line]
}

/** The group that a row belongs to; null: none. */
export type GroupOf<T> = (row: T) => { readonly key: string; readonly name: string } | null

/**
 * A list in groups, in the order of the first row of each, and those that belong to none last.
 * @param rows in their order, which holds within each group.
 * @param rest name of the group of those that belong to none.
 * @param closed ids of groups whose rows are not shown.
 */
export function groupLines<T extends ListRow>(
  rows: readonly T[],
  groupOf: GroupOf<T>,
  rest: string,
  closed: ReadonlySet<string>,
): ListLine<T>[] {
  const groups = new Map<string, { key: string; name: string; rows: T[] }>()
  const others: T[] = []
  for (const row of rows) {
    const of = groupOf(row)
    if (of === null) others.push(row)
    else {
      const group = groups.get(of.key)
      if (group) group.rows.push(row)
      else groups.set(of.key, { ...of, rows: [row] })
    }
  }
  const all = [...groups.values()].map((group) => ({ id: `group ${group.key}`, ...group }))
  if (others.length > 0) all.push({ id: 'group', key: '', name: rest, rows: others })
  return all.flatMap((group): ListLine<T>[] => {
    const head = { ...group, isOpen: !closed.has(group.id) }
    return head.isOpen ? [head, ...head.rows] : [head]
  })
}
