import { endpoints } from 'virtual:endpoints'
import { createPinia, setActivePinia } from 'pinia'
import { expect, onTestFinished, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { bringEndpoints } from '../../../web/base/call.ts'
import { useCity } from '../../../web/base/live/store.ts'
import { useRaise } from '../../../web/desk/rectifications/raise/useRaise.ts'
import { alert, level, snapshot } from '../../base/live/made.ts'
import { until } from '../../support/until.ts'

bringEndpoints(endpoints)

test("of a portal that the board does not hold, the term is a portal's, and people of its own district are offered", async () => {
  setActivePinia(createPinia())
  const asked: string[] = []
  let tell: (site: object) => void = () => undefined
  const told = new Promise<object>((resolve) => {
    tell = resolve
  })
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    return Response.json(path === '/api/sites/7' ? await told : [])
  })
  onTestFinished(() => void vi.unstubAllGlobals())
  const alerts = [alert(3, { siteId: 7, rule: 'DOWN' }), alert(4, { siteId: 7, rule: 'V2' })]
  useCity().load(snapshot(7, [], { level: level(), alerts }))
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const { standard, chosen, people } = scope.run(() => useRaise(() => 7, 3))!
  await until('the site is asked for', () => asked.length > 0)
  expect([standard.value, asked], 'nobody of the whole nation').toEqual([undefined, ['/api/sites/7']])

  tell({ id: 7, level: 'nation_portal', district: '110000' })
  await until('people are there', () => people.data.value !== undefined)
  expect(asked.slice(1)).toEqual(['/api/users?assignable=true&district=110000'])
  expect(standard.value).toEqual({ hours: 4 })
  chosen.value = [4]
  expect(standard.value, 'that of what is chosen').toEqual({ workdays: 2 })
})
