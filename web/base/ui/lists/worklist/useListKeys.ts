import type { NameIn } from '../../../../../shared/locales/keys.ts'
import { useWords } from '../../../i18n.ts'
import { type PageKey, usePageKeys } from '../../keys/usePageKeys.ts'
import { isGroup, type ListRow } from './lines.ts'
import type { WorkList } from './useWorkList.ts'

export interface ListKeyOptions<T extends ListRow> {
  /** What the help calls the list. */
  readonly title: () => string
  open(row: T): void
  /** The cursor has come to a row. */
  readonly follow?: (row: T) => unknown
  /** Leaves what is open beside the list. @returns whether something was. */
  readonly leave?: () => boolean
  /** Whether rows can be selected, for whatever is done to many. */
  readonly canSelect?: () => boolean
  /** The keys of what can be done to a row, and of the list's own. */
  readonly also?: readonly PageKey[]
  readonly isEnabled?: () => boolean
}

/** A list without the mouse: the same keys for every list, and `also` those of its own. */
export function useListKeys<T extends ListRow>(
  list: WorkList<T>,
  { title, open, follow, leave, canSelect = () => false, also = [], isEnabled }: ListKeyOptions<T>,
): void {
  const { t } = useWords()
  const { cursor, selection, current } = list
  function move(by: number): void {
    cursor.move(by)
    cursor.isFocusAsked.value = true
    if (current.value) follow?.(current.value)
  }
  function enter(): void {
    const line = cursor.row.value
    if (line) isGroup(line) ? list.toggleGroup(line.id) : open(line)
  }
  function select(): void {
    const line = cursor.row.value
    if (!line) return
    if (isGroup(line)) selection.toggleMany(line.rows.map(({ id }) => id))
    else selection.toggle(line.id)
  }
  function selectRange(): void {
    if (!current.value) return
    const shown = list.lines.value.flatMap((line) => (isGroup(line) ? [] : [line.id]))
    selection.extend(current.value.id, shown)
  }
  /**
   * One thing after the other: what is open, what is selected, then the cursor, which lets the list move again. The
   * focus stays in the list: on its line, or without one on the whole.
   */
  function goBack(): void {
    if (leave?.()) cursor.isFocusAsked.value = true
    else if (selection.selected.value.length > 0) selection.clear()
    else {
      cursor.set(null)
      list.panel.value?.focus({ preventScroll: true })
    }
  }
  const does = (word: NameIn<'list.keys'>) => () => t(`list.keys.${word}`)
  const keys: readonly PageKey[] = [
    { keys: ['j', 'ArrowDown'], shown: 'j ↓', does: does('next'), press: () => move(1) },
    { keys: ['k', 'ArrowUp'], shown: 'k ↑', does: does('previous'), press: () => move(-1) },
    { keys: ['x'], does: does('select'), press: select, isThere: canSelect },
    { keys: ['X'], shown: 'Shift x', does: does('range'), press: selectRange, isThere: canSelect },
    { keys: ['Enter'], does: does('open'), press: enter },
    ...also,
    { keys: ['.'], does: does('update'), press: list.update },
    { keys: ['/'], does: does('search'), press: search, isThere: () => searchField() !== null },
    { keys: ['Escape'], shown: 'Esc', does: does('leave'), press: goBack },
  ]
  usePageKeys(title, keys, isEnabled)
}

const searchField = () => document.querySelector<HTMLElement>('.filter-bar [type=search]')

function search(): void {
  searchField()?.focus()
}
