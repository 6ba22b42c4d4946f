import { afterEach, describe, expect, it } from 'vitest'
import { computed, type EffectScope, effectScope, nextTick, ref, shallowRef } from 'vue'
import { isGroup, type ListLine } from '../../../web/base/ui/lists/worklist/lines.ts'
import { useWorkList } from '../../../web/base/ui/lists/worklist/useWorkList.ts'

interface Letter {
  readonly id: number
  readonly stage: string
}
let scope: EffectScope
afterEach(() => scope.stop())

/** A list of letters by stage; `held` is what a form that is open does. */
function listOf(first: readonly Letter[]) {
  scope = effectScope()
  const source = shallowRef(first)
  const held = ref(false)
  const work = scope.run(() =>
    useWorkList<Letter>({
      rows: () => source.value,
      isHeld: () => held.value,
      grouping: { of: ({ stage }) => ({ key: stage, name: stage }), rest: () => '' },
    }),
  )!
  return { source, held, work }
}
const written = (lines: readonly ListLine<Letter>[]) =>
  lines.map((line) => (isGroup(line) ? `${line.name} ${line.rows.length}` : line.id))

const LETTERS: readonly Letter[] = [
  { id: 1, stage: 'new' },
  { id: 2, stage: 'new' },
  { id: 3, stage: 'answered' },
]

describe('a list that somebody works on', () => {
  it('leaves a row in its group while a form is open, though it has gone over to another', async () => {
    const { source, held, work } = listOf(LETTERS)
    held.value = true
    await nextTick()
    source.value = [LETTERS[1]!, LETTERS[2]!, { id: 1, stage: 'answered' }]
    await nextTick()
    expect(written(work.lines.value)).toEqual(['new 2', 1, 2, 'answered 1', 3])
    expect(work.rows.value[0]).toEqual({ id: 1, stage: 'answered' })
    expect(work.pending.value).toBe(1)
    work.update()
    expect(written(work.lines.value)).toEqual(['new 1', 2, 'answered 2', 3, 1])
  })

  it('holds still for whoever has a row under the cursor, and follows once the cursor is given up', async () => {
    const { source, work } = listOf(LETTERS)
    work.cursor.move(1)
    work.cursor.move(1)
    expect(work.current.value?.id).toBe(1)
    source.value = LETTERS.slice(1)
    await nextTick()
    expect(work.isGone(work.current.value!)).toBe(true)
    expect(written(work.lines.value)).toContain(1)
    work.cursor.set(null)
    await nextTick()
    expect(written(work.lines.value)).not.toContain(1)
  })

  it('acts on the selection, and without one on the line under the cursor, the head of a group being all of it', () => {
    const { work } = listOf(LETTERS)
    expect(work.targets.value).toEqual([])
    work.cursor.move(1)
    expect(work.targets.value.map(({ id }) => id)).toEqual([1, 2])
    work.selection.toggle(3)
    expect(work.targets.value.map(({ id }) => id)).toEqual([3])
  })

  it('keeps the rows of a closed group for what is done to all of it', () => {
    const { work } = listOf(LETTERS)
    work.toggleGroup('group new')
    expect(written(work.lines.value)).toEqual(['new 2', 'answered 1', 3])
    work.cursor.move(1)
    expect(work.targets.value.map(({ id }) => id)).toEqual([1, 2])
  })

  it('shows the next page to whoever is on the list, and still offers what has changed above it', async () => {
    scope = effectScope()
    const page = (from: number) => Array.from({ length: 3 }, (_, i) => ({ id: from + i, stage: 'new' }))
    const source = shallowRef(page(1))
    const answered = shallowRef('district 440106')
    const pages = {
      answered: computed(() => answered.value),
      total: computed(() => 84_000),
      hasMore: computed(() => true),
      isBusy: () => false,
      more: async () => undefined,
    }
    const work = scope.run(() => useWorkList<Letter>({ rows: () => source.value, pages }))!
    work.cursor.move(1)
    source.value = [...page(1), ...page(4)]
    await nextTick()
    expect(work.rows.value.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6])
    expect(work.pending.value).toBe(0)
    source.value = [{ id: 9, stage: 'new' }, ...page(1)]
    await nextTick()
    expect(work.rows.value.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6])
    expect(work.pending.value).toBe(4)
    // What was asked for is shown at once, when its answer is there.
    answered.value = 'district 440104'
    source.value = page(21)
    await nextTick()
    expect(work.rows.value.map(({ id }) => id)).toEqual([21, 22, 23])
  })

  it('shows each row once, and calls none gone, while those further down are not read', async () => {
    scope = effectScope()
    const page = (from: number) => Array.from({ length: 3 }, (_, i) => ({ id: from + i, stage: 'new' }))
    const source = shallowRef([...page(1), ...page(4)])
    const hasMore = ref(true)
    const pages = {
      answered: computed(() => 'all'),
      total: computed(() => 9),
      hasMore: computed(() => hasMore.value),
      isBusy: () => false,
      more: async () => undefined,
    }
    const work = scope.run(() => useWorkList<Letter>({ rows: () => source.value, pages }))!
    work.cursor.move(1)
    source.value = page(1)
    await nextTick()
    expect(work.rows.value.map((row) => work.isGone(row))).toEqual(Array(6).fill(false))
    source.value = [...page(1), ...page(4), ...page(7)]
    await nextTick()
    expect(work.rows.value.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    hasMore.value = false
    source.value = [...page(1), ...page(4), ...page(7)].slice(1)
    await nextTick()
    expect(work.isGone(work.rows.value[0]!)).toBe(true)
  })

  it('takes the 84,000 rows of the whole country', () => {
    const rows = Array.from({ length: 84_000 }, (_, i) => ({ id: i + 1, stage: `s${i % 30}` }))
    const { work } = listOf(rows)
    expect(work.lines.value).toHaveLength(84_030)
    for (let n = 0; n < 20; n++) work.cursor.move(1)
    expect(work.current.value?.stage).toBe('s0')
    work.selection.toggleAll()
    expect(work.selection.isAll.value).toBe(true)
  })
})
