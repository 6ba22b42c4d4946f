import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'

const call = vi.hoisted(() => vi.fn())
vi.mock('../../../web/base/call.ts', async (original) => ({
  ...(await original<typeof import('../../../web/base/call.ts')>()),
  call,
}))
const { useAnnouncements } = await import('../../../web/desk/announcements/useAnnouncements.ts')

type State = 'current' | 'coming' | 'past'
let stand: Record<State, number[]>
const settle = () => new Promise<void>((resolve) => setTimeout(resolve))
const idsOf = (items: readonly { id: number }[] | undefined) => items?.map(({ id }) => id)

beforeEach(() => {
  setActivePinia(createPinia())
  call.mockReset().mockImplementation((_, { query }: { query: { state: State } }) => {
    const items = stand[query.state].map((id) => ({ id }))
    return Promise.resolve({ items, nextCursor: null, total: items.length })
  })
})

test('what ends by the clock stands among those of before as soon as it is shown no longer', async () => {
  stand = { current: [1, 2], coming: [3], past: [] }
  const { live, past } = effectScope().run(useAnnouncements)!
  await settle()
  expect(idsOf(live.data.value?.current)).toEqual([1, 2])
  stand = { current: [2], coming: [3], past: [1] }
  // As each minute does.
  await live.reload()
  await settle()
  expect(idsOf(live.data.value?.current)).toEqual([2])
  expect(idsOf(past.items.value)).toEqual([1])
})

test('while nothing begins or ends, what was is asked for once', async () => {
  stand = { current: [1], coming: [], past: [] }
  const { live } = effectScope().run(useAnnouncements)!
  await settle()
  await live.reload()
  await settle()
  expect(call.mock.calls.filter(([, { query }]) => query.state === 'past')).toHaveLength(1)
})
