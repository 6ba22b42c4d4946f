import { type ComputedRef, computed, type ShallowRef, shallowRef } from 'vue'
import { type GroupOf, groupLines, type ListLine, type ListRow } from './lines.ts'

/** How a list is grouped. */
export interface Grouping<T> {
  readonly of: GroupOf<T>
  /** Name of the group of those that belong to none. */
  readonly rest: () => string
  /** Without it, always. */
  readonly isOn?: () => boolean
}

export interface Groups<T> {
  readonly lines: ComputedRef<readonly ListLine<T>[]>
  /** Opens or closes a group. */
  toggle(id: string): void
}

/**
 * The lines of a list, in the groups that are asked for.
 * @param taken the same rows as they were when they took their places: one that goes over to another group meanwhile
 * stays where it is.
 */
export function useGroups<T extends ListRow>(
  rows: () => readonly T[],
  taken: () => readonly T[],
  grouping: Grouping<T> | undefined,
): Groups<T> {
  const closed: ShallowRef<ReadonlySet<string>> = shallowRef(new Set())
  const isOn = () => grouping !== undefined && (grouping.isOn?.() ?? true)
  const places = computed(() => new Map(taken().map((row) => [row.id, grouping?.of(row) ?? null])))
  return {
    lines: computed(() => {
      if (!grouping || !isOn()) return rows()
      return groupLines(rows(), ({ id }) => places.value.get(id) ?? null, grouping.rest(), closed.value)
    }),
    toggle(id) {
      const next = new Set(closed.value)
      if (!next.delete(id)) next.add(id)
      closed.value = next
    },
  }
}
