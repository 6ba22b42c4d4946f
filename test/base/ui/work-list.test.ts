import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { filtersFrom, queryFrom } from '../../../web/base/ui/lists/useUrlFilters.ts'
import { useCursor } from '../../../web/base/ui/lists/worklist/useCursor.ts'
import { countChanges, useHeldRows } from '../../../web/base/ui/lists/worklist/useHeldRows.ts'
import { useSelection } from '../../../web/base/ui/lists/worklist/useSelection.ts'
import { layoutOf, visibleSlice } from '../../../web/base/ui/lists/worklist/useVirtualRows.ts'
import { AUDIT_FILTERS, queryOf } from '../../../web/people/audit/filters.ts'

describe('rows that do not jump', () => {
  it('counts what came, went and changed places, and a move as one', () => {
    expect(countChanges([1, 2, 3], [1, 2, 3])).toBe(0)
    expect(countChanges([1, 2, 3, 4, 5], [5, 1, 2, 3, 4])).toBe(1)
    expect(countChanges([1, 2, 3], [2, 4])).toBe(3)
  })

  it('keeps every row in its place while somebody is on the list, and offers the changes', async () => {
    const scope = effectScope()
    const source = shallowRef([
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ])
    const held = ref(false)
    const asked = ref('')
    const list = scope.run(() =>
      useHeldRows(
        () => source.value,
        held,
        () => asked.value,
      ),
    )!
    held.value = true
    source.value = [
      { id: 3, name: 'new' },
      { id: 2, name: 'B' },
    ]
    await nextTick()
    expect(list.rows.value.map((row) => row.name)).toEqual(['a', 'B'])
    expect(list.pending.value).toBe(2)
    list.update()
    expect(list.rows.value.map((row) => row.id)).toEqual([3, 2])
    expect(list.pending.value).toBe(0)
    scope.stop()
  })

  it('follows at once when the pointer leaves, and when the user asks for something else', async () => {
    const scope = effectScope()
    const source = shallowRef([{ id: 1 }])
    const held = ref(true)
    const asked = ref('')
    const list = scope.run(() =>
      useHeldRows(
        () => source.value,
        held,
        () => asked.value,
      ),
    )!
    source.value = [{ id: 2 }]
    asked.value = '天河'
    await nextTick()
    expect(list.rows.value).toEqual([{ id: 2 }])
    source.value = [{ id: 3 }]
    await nextTick()
    expect(list.rows.value).toEqual([{ id: 2 }])
    held.value = false
    await nextTick()
    expect(list.rows.value).toEqual([{ id: 3 }])
    scope.stop()
  })

  it('draws only what can be seen of 84,000 rows', () => {
    const country = layoutOf(84_000, 40)
    expect(visibleSlice(200, 1000, country)).toEqual({ start: 0, end: 28 })
    expect(visibleSlice(-400_000, 1000, country)).toEqual({ start: 9_992, end: 10_033 })
    expect(visibleSlice(-4_000_000, 1000, country)).toEqual({ start: 84_000, end: 84_000 })
    expect(visibleSlice(0, 1000, layoutOf(3, 40))).toEqual({ start: 0, end: 3 })
  })

  it('reckons with heads of groups that are lower than the cards between them', () => {
    // A head of 40 px, nine cards of 100 px, and so on: 940 px a group.
    const heads = Array.from({ length: 100 }, (_, group) => group * 10)
    const layout = layoutOf(1_000, 100, heads, 40)
    expect([layout.offset(1), layout.offset(10), layout.offset(11), layout.offset(1_000)]).toEqual([
      40, 940, 980, 94_000,
    ])
    expect([layout.lineAt(39), layout.lineAt(40), layout.lineAt(940), layout.lineAt(979)]).toEqual([
      0, 1, 10, 10,
    ])
    expect(visibleSlice(-9_400, 940, layout, 0)).toEqual({ start: 100, end: 110 })
  })
})

describe('selection and cursor', () => {
  const rows = shallowRef([{ id: 1 }, { id: 2 }, { id: 3 }])

  it('does not act on what has left the list', () => {
    const selection = useSelection(() => rows.value)
    selection.toggleAll()
    rows.value = [{ id: 2 }, { id: 3 }]
    expect(selection.selected.value).toEqual([{ id: 2 }, { id: 3 }])
    selection.toggle(2)
    expect(selection.selected.value).toEqual([{ id: 3 }])
    selection.clear()
    expect(selection.selected.value).toEqual([])
  })

  it('stays with its row when the list moves, and starts at the top', () => {
    rows.value = [{ id: 1 }, { id: 2 }, { id: 3 }]
    const cursor = useCursor(() => rows.value, shallowRef<number | string | null>(null))
    cursor.move(1)
    expect(cursor.row.value).toEqual({ id: 1 })
    cursor.move(1)
    rows.value = [{ id: 2 }, { id: 1 }, { id: 3 }]
    expect(cursor.row.value).toEqual({ id: 2 })
    cursor.move(-1)
    expect(cursor.row.value).toEqual({ id: 2 })
    rows.value = [{ id: 3 }]
    expect(cursor.row.value).toBe(null)
  })
})

describe('filters in the address', () => {
  const defaults = { status: 'live', district: '', q: '' }

  it('leaves defaults out of it, and reads back what it has written', () => {
    const filters = { ...defaults, district: '440106' }
    expect(queryFrom(filters, defaults)).toEqual({ district: '440106' })
    expect(filtersFrom({ district: '440106', open: '7' }, defaults)).toEqual(filters)
    expect(queryFrom(defaults, defaults)).toEqual({})
  })

  it('takes the first of a name that stands twice', () => {
    expect(filtersFrom({ q: ['a', 'b'], status: null }, defaults)).toEqual({ ...defaults, q: 'a' })
  })

  it('ask the audit for whole days of Shanghai, and not for a day that there never was', () => {
    expect(queryOf({ ...AUDIT_FILTERS, from: '2015-02-27', to: '2015-02-28' })).toEqual({
      from: '2015-02-26T16:00:00.000Z',
      to: '2015-02-28T16:00:00.000Z',
    })
    expect(queryOf({ ...AUDIT_FILTERS, from: '2015-02-30', to: '2015-13-01' })).toEqual({})
  })
})
