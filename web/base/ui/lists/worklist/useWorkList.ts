import { type ComputedRef, computed, type ShallowRef, shallowRef } from 'vue'
import { isGroup, type ListLine, type ListRow, rowsOf } from './lines.ts'
import { type Cursor, useCursor } from './useCursor.ts'
import { type Grouping, useGroups } from './useGroups.ts'
import { useHeldRows } from './useHeldRows.ts'
import { useHold } from './useHold.ts'
import { type Selection, useSelection } from './useSelection.ts'

/** More rows than those that are here: what is fetched page by page. */
export interface MoreRows {
  /** What the rows that are here answer. */
  readonly answered: ComputedRef<string | undefined>
  readonly total: ComputedRef<number>
  readonly hasMore: ComputedRef<boolean>
  isBusy(key: 'more'): boolean
  more(): Promise<void>
}

export interface WorkListOptions<T> {
  /** The rows as they should be by now, in their order. */
  readonly rows: () => readonly T[]
  /**
   * What the user has asked for (filters, order): a change of it is shown at once. Not needed with `pages`, which say
   * what they answer.
   */
  readonly asked?: () => unknown
  /** Something else, such as a form that is open, for which the rows stay where they are. */
  readonly isHeld?: () => boolean
  readonly grouping?: Grouping<T>
  readonly pages?: MoreRows
}

/**
 * A list as somebody works on it: its rows hold still meanwhile, one of them is under the cursor, some are selected.
 * `ListPanel` and `ListTable` show it, `useListKeys` gives it its keys.
 */
export interface WorkList<T extends ListRow> {
  /** What the pointer or the focus is on while somebody works on the list; `ListPanel` puts it here. */
  readonly panel: ShallowRef<HTMLElement | null>
  /** Rows to show, live; one that has left the list meanwhile is shown as it last was. */
  readonly rows: ComputedRef<readonly T[]>
  /** The rows and the heads of their groups. */
  readonly lines: ComputedRef<readonly ListLine<T>[]>
  /** How many changes of order and membership wait. */
  readonly pending: ComputedRef<number>
  /** How many of them are rows that have come. */
  readonly come: ComputedRef<number>
  /** Takes the waiting changes over. */
  update(): void
  readonly selection: Selection<T>
  readonly cursor: Cursor<ListLine<T>>
  /** The row under the cursor; null also on the head of a group. */
  readonly current: ComputedRef<T | null>
  /** What a key acts on: the selection, or without one the line under the cursor. */
  readonly targets: ComputedRef<readonly T[]>
  /** It has left the list since, and its row stays until the list is updated. */
  isGone(row: T): boolean
  /** Opens or closes a group. */
  toggleGroup(id: string): void
  readonly pages: MoreRows | null
}

export function useWorkList<T extends ListRow>({
  rows,
  asked = () => null,
  isHeld = () => false,
  grouping,
  pages,
}: WorkListOptions<T>): WorkList<T> {
  const panel = shallowRef<HTMLElement | null>(null)
  const place = shallowRef<number | string | null>(null)
  // Who has a row under the cursor is working on the list, wherever the mouse is.
  const hold = useHold(panel, () => place.value !== null || isHeld())
  const held = useHeldRows(rows, hold, () => [asked(), pages?.answered.value], pages !== undefined)
  const groups = useGroups(
    () => held.rows.value,
    () => held.taken.value,
    grouping,
  )
  const present = computed(() => new Set(rows().map((row) => row.id)))
  const selection = useSelection(() => held.rows.value)
  const cursor = useCursor<ListLine<T>>(() => groups.lines.value, place)
  return {
    panel,
    rows: held.rows,
    lines: groups.lines,
    pending: held.pending,
    come: held.come,
    update: held.update,
    selection,
    cursor,
    current: computed(() => {
      const line = cursor.row.value
      return line === null || isGroup(line) ? null : line
    }),
    targets: computed(() => {
      if (selection.selected.value.length > 0) return selection.selected.value
      return cursor.row.value ? rowsOf(cursor.row.value) : []
    }),
    // Where there are more pages it may be on one of those.
    isGone: (row) => !pages?.hasMore.value && !present.value.has(row.id),
    toggleGroup: groups.toggle,
    pages: pages ?? null,
  }
}
