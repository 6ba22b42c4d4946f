import { endpoints } from 'virtual:endpoints'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { effectScope, reactive } from 'vue'
import { bringEndpoints } from '../../../web/base/call.ts'
import { useCity } from '../../../web/base/live/store.ts'
import { useRectificationCounts } from '../../../web/desk/rectifications/list/useRectificationCounts.ts'
import { useUnitChoice } from '../../../web/desk/rectifications/list/useUnitChoice.ts'
import { level, rectification, snapshot } from '../../base/live/made.ts'
import { until } from '../../support/until.ts'

bringEndpoints(endpoints)
beforeEach(() => setActivePinia(createPinia()))

const by = { id: 9, name: '陈立' }
const pause = { since: '2026-03-09', until: '2999-12-31', workdays: 10, reason: '迁移', by }
/** Of two units of two districts. */
const held = [
  rectification(1, { unitId: 1, unit: '天河区教育局', batchId: 1 }),
  rectification(2, { unitId: 1, unit: '天河区教育局', batchId: 1, pause }),
  rectification(3, { unitId: 2, unit: '海珠区教育局', district: '440105', stage: 'submitted' }),
]
function inScope<T>(work: () => T): T {
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  return scope.run(work)!
}

test('each choice says how many it holds, of a board that has all rectifications', () => {
  useCity().load(snapshot(7, [], { rectifications: held }))
  const { stages, inBatch } = inScope(() => useRectificationCounts(() => '1'))
  expect(stages.value).toMatchObject({ open: 3, asked: 0, waiting: 0, paused: 1, verifying: 1 })
  expect(inBatch.value).toBe(2)
})

test('of a board that has a part of them, choices say what is known of all, and otherwise no number', () => {
  const progress = { raised: 9_000, closed: 1_100, overdue: 310, returned: 7, verifying: 40 }
  const figures = { rectifications: 7_900, requests: 12, progress }
  useCity().load(snapshot(7, [], { level: level(figures), rectifications: held }))
  const { stages, inBatch } = inScope(() => useRectificationCounts(() => '1'))
  expect(stages.value).toEqual({ open: 7_900, asked: 12, overdue: 310, verifying: 40, returned: 7 })
  expect(inBatch.value).toBeNull()
})

test('units to choose from are those with a rectification in the district that is chosen', async () => {
  useCity().load(snapshot(7, [], { rectifications: held }))
  const filters = reactive({ district: '', unit: '2' })
  const { isOffered, chosen, find } = inScope(() => useUnitChoice(() => filters))
  expect(isOffered.value).toBe(true)
  expect(chosen.value).toEqual({ id: 2, name: '海珠区教育局' })
  expect((await find('教育')).map(({ id }) => id).sort()).toEqual([1, 2])
  filters.district = '440106'
  expect((await find('')).map(({ name }) => name)).toEqual(['天河区教育局'])
  expect(isOffered.value, 'there is only one').toBe(false)
})

test('of a board that has a part of them, units are found by the server, and the chosen one has its name from there', async () => {
  const unit = { id: 90, name: '广东省教育厅' }
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(decodeURIComponent(path))
    return Response.json(path === '/api/units/90' ? unit : { items: [unit], nextCursor: null, total: 1 })
  })
  onTestFinished(() => void vi.unstubAllGlobals())
  useCity().load(snapshot(7, [], { level: level({ rectifications: 7_900 }), rectifications: held }))
  const filters = reactive({ district: '440000', unit: '' })
  const { isOffered, chosen, find } = inScope(() => useUnitChoice(() => filters))
  expect([isOffered.value, chosen.value]).toEqual([true, null])
  expect(await find('教育')).toEqual([unit])
  expect(asked).toEqual(['/api/units?q=教育&district=440000&limit=20'])
  filters.unit = '90'
  await until('its name is known', () => chosen.value !== null)
  expect(chosen.value).toEqual(unit)
})
