import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plantedAnswer } from '../../server/demo/planted/answer.ts'
import { planOf } from '../../server/demo/planted/plan.ts'
import { giveAnswer, pathOf } from '../../server/demo/planted/serve.ts'
import { truthOfTestSite } from '../../server/demo/planted/truth.ts'
import { VARIANTS } from '../../server/demo/planted/variants.ts'
import { lookAtTestSite } from '../../server/monitor/quality/look.ts'
import { createProber, type Prober } from '../../server/monitor/visit/visit.ts'
import en from '../../shared/locales/en/quality.json'
import zh from '../../shared/locales/zh-CN/quality.json'

const NOW = Date.parse('2026-03-10T03:00:00+08:00')

let server: Server
let prober: Prober
let address: string
/** Every variant stands at its own page, in their order. */
beforeAll(async () => {
  server = createServer((request, response) => {
    const path = pathOf(request)
    const [, slot, below] = /^\/case\/(\d+)\/(.*)$/.exec(path) ?? []
    const variant = VARIANTS[Number(slot) - 1]
    const links = VARIANTS.map((_, n) => `<a href="/case/${n + 1}/">${n + 1}</a>`).join('')
    const index = { status: 200, body: `<html><body><h1>校验站</h1>${links}</body></html>` }
    const answer = variant ? variant.show({ day: '2026-03-10', salt: Number(slot) }, below ?? '') : index
    giveAnswer(request, response, answer, 60)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  prober = createProber({ userAgent: 'test', deadlineMs: 900, allowAddresses: ['127.0.0.0/8'] })
})
afterAll(() => {
  prober.close()
  server.closeAllConnections()
  server.close()
})

test('the monitor finds each planted fault, and nothing on a page that only looks like one', async () => {
  const looks = await lookAtTestSite(prober, address, NOW, new AbortController().signal)
  const said = new Map(looks.map(({ slot, rule, outcome }) => [`${slot} ${rule}`, outcome]))
  const wrong = VARIANTS.flatMap(({ rule, what, isFault }, n) => {
    const outcome = said.get(`${n + 1} ${rule}`)
    return outcome === (isFault ? 'found' : 'clear') ? [] : [`${rule} ${what}: ${outcome}`]
  })
  expect(wrong).toEqual([])
})

describe('the plan of a night', () => {
  test('is the same for whoever knows the seed, and another each night', () => {
    const names = (seed: number, night: string) => planOf(seed, night).map(({ variant }) => variant.what)
    expect(names(640, '2026-03-10')).toEqual(names(640, '2026-03-10'))
    expect(names(640, '2026-03-10')).not.toEqual(names(640, '2026-03-11'))
    expect(names(640, '2026-03-10')).not.toEqual(names(641, '2026-03-10'))
  })
  test('has faults and look-alikes of each rule, and each fault its time within the night', () => {
    for (const rule of new Set(VARIANTS.map((one) => one.rule))) {
      const own = planOf(640, '2026-03-10').filter(({ variant }) => variant.rule === rule)
      expect(own.filter(({ variant }) => variant.isFault).length, rule).toBe(4)
      expect(own.filter(({ variant }) => !variant.isFault).length, rule).toBe(5)
    }
    for (const { variant, fromMinute, toMinute } of planOf(640, '2026-03-10').filter(
      (one) => one.variant.isFault,
    )) {
      expect(toMinute - fromMinute, variant.what).toBeGreaterThanOrEqual(45)
      expect([fromMinute > 60, toMinute <= 300]).toEqual([true, true])
    }
  })
  test('is shown by the site for as long as it says, and a good page before and after', () => {
    const fault = truthOfTestSite(640, '2026-03-10').find(({ what }) => /^status/.test(what))
    if (!fault) throw new Error('no page of this night fails')
    const statusAt = (atMs: number) => plantedAnswer(640, `/case/${fault.slot}/`, atMs).status
    expect([fault.fromMs - 1, fault.fromMs, fault.toMs - 1, fault.toMs].map(statusAt)).toEqual([
      200,
      Number(fault.what.slice(-3)),
      Number(fault.what.slice(-3)),
      200,
    ])
  })
  test('answers whatever is asked for', () => {
    for (const path of ['/case/0/', '/case/9999/', '/nothing', '/case//', '/case/1'])
      expect(plantedAnswer(640, path, NOW).status, path).toBe(404)
  })
})

test('each way of going wrong has its words', () => {
  const missing = VARIANTS.filter(({ what }) => !(what in zh.quality.what) || !(what in en.quality.what))
  expect(missing.map(({ what }) => what)).toEqual([])
})
