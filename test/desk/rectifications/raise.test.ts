import { endpoints } from 'virtual:endpoints'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { effectScope, ref, shallowRef } from 'vue'
import { bringEndpoints } from '../../../web/base/call.ts'
import { useCity } from '../../../web/base/live/store.ts'
import { useRaise } from '../../../web/desk/rectifications/raise/useRaise.ts'
import { type ChosenSite, useSiteChoice } from '../../../web/desk/rectifications/raise/useSiteChoice.ts'
import { alert, level, snapshot } from '../../base/live/made.ts'
import { until } from '../../support/until.ts'

bringEndpoints(endpoints)
beforeEach(() => setActivePinia(createPinia()))

function serve(answer: (path: string) => unknown): void {
  vi.stubGlobal('fetch', async (path: string) => Response.json(await answer(path)))
  onTestFinished(() => void vi.unstubAllGlobals())
}
function inScope<T>(work: () => T): T {
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  return scope.run(work)!
}

test("of a portal that the board does not hold, the term is a portal's, and people of its own district are offered", async () => {
  const asked: string[] = []
  let tell: (site: object) => void = () => undefined
  const told = new Promise<object>((resolve) => {
    tell = resolve
  })
  serve((path) => {
    asked.push(path)
    return path === '/api/sites/7' ? told : []
  })
  const alerts = [alert(3, { siteId: 7, rule: 'DOWN' }), alert(4, { siteId: 7, rule: 'V2' })]
  useCity().load(snapshot(7, [], { level: level(), alerts }))
  const { standard, chosen, people } = inScope(() => useRaise(() => 7, 3))
  await until('the site is asked for', () => asked.length > 0)
  expect([standard.value, asked], 'nobody of the whole nation').toEqual([undefined, ['/api/sites/7']])

  tell({ id: 7, level: 'nation_portal', district: '110000' })
  await until('people are there', () => people.data.value !== undefined)
  expect(asked.slice(1)).toEqual(['/api/users?assignable=true&district=110000'])
  expect(standard.value).toEqual({ hours: 4 })
  chosen.value = [4]
  expect(standard.value, 'that of what is chosen').toEqual({ workdays: 2 })
})

test('sites that the board does not hold are found, and those chosen keep their names while others are looked for', async () => {
  const register = [
    { id: 1, name: '广东省教育厅', district: '440000', lifecycle: 'normal' },
    { id: 2, name: '广东省教育考试院（已并入）', district: '440000', lifecycle: 'merged' },
    { id: 3, name: '广东省公安厅', district: '440000', lifecycle: 'normal' },
  ]
  serve((path) => {
    const { pathname, searchParams } = new URL(path, 'http://x')
    expect(pathname).toBe('/api/sites')
    const items = register.filter(({ name }) => name.includes(searchParams.get('q') ?? ''))
    return { items, nextCursor: null, total: items.length + 70 }
  })
  useCity().load(snapshot(7, [], { level: level() }))
  const q = ref('')
  const chosen = shallowRef<readonly ChosenSite[]>([])
  const { rows, beyond } = inScope(() =>
    useSiteChoice(
      () => q.value,
      () => chosen.value,
    ),
  )
  const names = () => rows.value.map(({ name }) => name)
  expect([names(), beyond.value]).toEqual([[], 0])
  q.value = '教育'
  await until('it is found', () => names().length > 0)
  expect([names(), beyond.value], 'none that was merged').toEqual([['广东省教育厅'], 70])

  chosen.value = rows.value
  q.value = '公安'
  await until('another is found', () => names().length > 1)
  expect(names()).toEqual(['广东省教育厅', '广东省公安厅'])
  q.value = ''
  await until('only what is chosen is left', () => names().length === 1)
  expect([names(), beyond.value]).toEqual([['广东省教育厅'], 0])
})

test('of more sites than are listed, the next ones are there once the first are chosen', async () => {
  const register = Array.from({ length: 45 }, (_, n) => ({
    id: n + 1,
    name: `天河区第${n + 1}号站`,
    district: '440106',
  }))
  serve((path) => {
    const limit = Number(new URL(path, 'http://x').searchParams.get('limit'))
    return { items: register.slice(0, limit), nextCursor: null, total: register.length }
  })
  useCity().load(snapshot(7, [], { level: level() }))
  const chosen = shallowRef<readonly ChosenSite[]>([])
  const { rows, beyond } = inScope(() =>
    useSiteChoice(
      () => '天河',
      () => chosen.value,
    ),
  )
  await until('the first are listed', () => rows.value.length === 30)
  expect(beyond.value).toBe(15)
  chosen.value = rows.value
  await until('the rest is listed, too', () => rows.value.length === 45)
  expect(beyond.value).toBe(0)
})
